import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CatalogFormatError } from '../../src/core/catalog/errors';
import { readCatalog } from '../../src/core/catalog/read';
import { removeEntry } from '../../src/core/catalog/remove-entry';
import { catalogOfSets, writtenSets } from '../support/catalog-writer';

const PLACE = { macro: 2, type: 3 } as const;
const kinds = fc.constantFrom<'macro' | 'type'>('macro', 'type');

describe('a catalog without one of its entries', () => {
  it('is as long as before, ends in zeros, and reads as if the entry had never been', () => {
    fc.assert(
      fc.property(writtenSets, kinds, fc.nat(), (sets, kind, choice) => {
        const entries = sets[PLACE[kind]] ?? [];
        fc.pre(entries.length > 0);
        const chosen = entries[choice % entries.length];
        assert.ok(chosen);
        const bytes = catalogOfSets(sets);
        const untouched = bytes.slice();
        const removal = removeEntry(bytes, { kind, name: chosen.name });
        assert.ok(removal.outcome === 'removed');
        assert.deepEqual(bytes, untouched);
        assert.equal(removal.bytes.length, bytes.length);
        assert.equal(removal.entry.name, chosen.name);
        const without = sets.map((set, at) => (at === PLACE[kind] ? set.filter((one) => one !== chosen) : set));
        assert.deepEqual(readCatalog(removal.bytes), readCatalog(catalogOfSets(without)));
        assert.deepEqual(removal.bytes.subarray(-chosen.bytes.length), new Uint8Array(chosen.bytes.length));
      }),
      { numRuns: 500 },
    );
  });

  it('can’t be made where there is no such entry, or one of another kind', () => {
    fc.assert(
      fc.property(writtenSets, kinds, (sets, kind) => {
        const name = 'not there, whatever the others are called';
        assert.deepEqual(removeEntry(catalogOfSets(sets), { kind, name }), { outcome: 'missing' });
        const other = sets[PLACE[kind === 'macro' ? 'type' : 'macro']]?.[0];
        const isBoth = sets[PLACE[kind]]?.some((one) => one.name.toLowerCase() === other?.name.toLowerCase());
        if (!other || isBoth) return;
        assert.deepEqual(removeEntry(catalogOfSets(sets), { kind, name: other.name }).outcome, 'missing');
      }),
    );
    assert.deepEqual(removeEntry(new Uint8Array(), { kind: 'macro', name: 'f' }), { outcome: 'missing' });
  });

  it('is not made of bytes that end in the middle', () => {
    fc.assert(
      fc.property(writtenSets, fc.nat(), (sets, choice) => {
        const types = sets[PLACE.type] ?? [];
        fc.pre(types.length > 0);
        const bytes = catalogOfSets(sets.slice(0, 4)).slice(0, 40 + (choice % 20));
        assert.throws(() => removeEntry(bytes, { kind: 'type', name: types.at(-1)?.name ?? '' }), CatalogFormatError);
      }),
    );
  });
});
