import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBlocks, encodeBlocks, HEADERS } from '../../src/engine/duckdb/kept-blocks';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

const PLAIN = { noNullPrototype: true } as const;

const kept = fc.nat(8).chain((eighths) =>
  fc.record(
    {
      blockSize: fc.constant(eighths * 8),
      headers: fc.nat(255).map((value) => Buffer.alloc(HEADERS, value)),
      blocks: fc.array(fc.record({ id: fc.maxSafeNat(), bytes: bytes(eighths * 8) }, PLAIN), { maxLength: 5 }),
    },
    PLAIN,
  ),
);

describe('blocks that are kept before a checkpoint', () => {
  it('are read as they were written', () => {
    fc.assert(fc.property(kept, (blocks) => assert.deepEqual(decodeBlocks(encodeBlocks(blocks)), blocks)));
  });

  it('are nothing once a bit is another one, or bytes are missing', () => {
    fc.assert(
      fc.property(kept, fc.nat(), fc.boolean(), (blocks, at, isCut) => {
        const file = encodeBlocks(blocks);
        const place = at % file.length;
        if (!isCut) file.writeUInt8(file.readUInt8(place) ^ 1, place);
        assert.equal(decodeBlocks(isCut ? file.subarray(0, place) : file), undefined);
      }),
    );
  });
});
