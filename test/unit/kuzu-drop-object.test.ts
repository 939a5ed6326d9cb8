import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { PAGE_SIZE } from '../../src/core/catalog/locate';
import { KUZU_STORAGE_VERSION } from '../../src/core/dialect/file-header';
import { planDrop } from '../../src/engine/kuzu/drop-object';
import { catalogOfSets, type WrittenSets, writtenSets } from '../support/catalog-writer';

/** A database file as far as its header and its catalog go, with other pages around that nothing may touch. */
function fileOf(sets: WrittenSets): Buffer {
  const catalog = catalogOfSets(sets);
  const header = Buffer.alloc(PAGE_SIZE);
  header.write('KUZU');
  header.writeBigUInt64LE(BigInt(KUZU_STORAGE_VERSION), 4);
  header.writeUInt32LE(2, 12);
  header.writeUInt32LE(catalog.length / PAGE_SIZE, 16);
  return Buffer.concat([header, Buffer.alloc(PAGE_SIZE, 1), catalog, Buffer.alloc(PAGE_SIZE, 2)]);
}

describe('dropping a macro from a copy of a database file', () => {
  let dir: string;
  const place = (name: string) => path.join(dir, name);
  const [sets] = fc.sample(
    writtenSets.filter((all) => (all[2]?.length ?? 0) > 2),
    { seed: 39, numRuns: 1 },
  );
  const names = (sets?.[2] ?? []).map(({ name }) => name);
  const [first = '', second = ''] = names;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-drop-'));
    for (const name of ['live', 'copy']) await writeFile(place(name), fileOf(sets ?? []));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('changes the pages of the catalog in the copy and nothing else, and proves it', async () => {
    const plan = await planDrop(place('live'), [
      { kind: 'macro', name: first },
      { kind: 'macro', name: first },
      { kind: 'type', name: 'not there' },
      { kind: 'macro', name: second },
    ]);
    assert.deepEqual(plan.outcomes, ['removed', 'missing', 'missing', 'removed']);
    assert.equal(await plan.isProven(place('copy')), false);
    await plan.apply(place('copy'));
    assert.equal(await plan.isProven(place('copy')), true);
    const [live, copy] = [await readFile(place('live')), await readFile(place('copy'))];
    assert.deepEqual(live, fileOf(sets ?? []));
    assert.equal(copy.length, live.length);
    assert.deepEqual(copy.subarray(0, 2 * PAGE_SIZE), live.subarray(0, 2 * PAGE_SIZE));
    assert.deepEqual(copy.subarray(-PAGE_SIZE), live.subarray(-PAGE_SIZE));
  });

  it('is refused on a file with another catalog, and not proven by one that lacks something else', async () => {
    const plan = await planDrop(place('live'), [{ kind: 'macro', name: first }]);
    const other = await planDrop(place('live'), [{ kind: 'macro', name: second }]);
    await other.apply(place('copy'));
    await assert.rejects(plan.apply(place('copy')), { code: 'DROP_UNPROVEN' });
    assert.equal(await plan.isProven(place('copy')), false);
    const both = await planDrop(place('copy'), [{ kind: 'macro', name: first }]);
    await both.apply(place('copy'));
    assert.equal(await plan.isProven(place('copy')), false);
  });
});
