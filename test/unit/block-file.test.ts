import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeHead, encodeHead, HEADERS, isWhole } from '../../src/engine/duckdb/block-file';

const head = fc.record(
  {
    blockSize: fc.constantFrom(16_384, 32_768, 262_144),
    headers: fc.nat(255).map((value) => Buffer.alloc(HEADERS, value)),
    ids: fc.array(fc.nat(1_000_000), { maxLength: 600 }),
  },
  { noNullPrototype: true },
);

describe('the head of the blocks that are kept before a checkpoint', () => {
  it('is read as it was written, whatever stands behind it', () => {
    fc.assert(
      fc.property(head, fc.uint8Array(), (written, behind) => {
        assert.deepEqual(decodeHead(Buffer.concat([encodeHead(written), behind])), written);
      }),
    );
  });

  it('is nothing once a bit of it is another one, or bytes are missing', () => {
    fc.assert(
      fc.property(head, fc.nat(), fc.boolean(), (written, at, isCut) => {
        const bytes = encodeHead(written);
        const place = at % (8 + 16 + HEADERS + written.ids.length * 8 + 32);
        if (!isCut) bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
        assert.equal(decodeHead(isCut ? bytes.subarray(0, place) : bytes), undefined);
      }),
    );
  });

  it('is nothing where its blocks would have a size that the engine knows not', () => {
    const headers = Buffer.alloc(HEADERS);
    for (const blockSize of [0, 8192, 2 ** 40]) {
      assert.equal(decodeHead(encodeHead({ blockSize, headers, ids: [1] })), undefined);
    }
  });
});

describe('the checksum of a block', () => {
  it('is wrong for what bears none, and for nothing at all', () => {
    assert.equal(isWhole(Buffer.alloc(16_384)), false);
    assert.equal(isWhole(Buffer.alloc(0)), false);
  });
});
