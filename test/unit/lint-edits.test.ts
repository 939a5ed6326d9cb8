import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, placeBefore } from '../../src/core/lint/apply-edits';
import { Places } from '../../src/core/lint/places';

describe('places in a text with edits made', () => {
  it('are those of the same characters before', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '\n'), maxLength: 20 }));
    const cuts = fc.array(fc.tuple(fc.nat(60), fc.nat(4), fc.constantFrom('', 'x', ';\nX ', 'xyz')), { maxLength: 4 });
    fc.assert(
      fc.property(lines, cuts, fc.nat(80), (parts, wanted, at) => {
        const text = parts.join('');
        const places = new Places(text);
        // Edits of a script stand apart.
        const sorted = wanted.map(([start, length, written]) => ({ start, end: start + length, written }));
        sorted.sort((a, b) => a.start - b.start);
        const apart = sorted.filter(({ start, end }, index) => {
          return end <= text.length && (sorted[index - 1]?.end ?? -1) < start && sorted.every((one) => one.end < 65);
        });
        const edits = apart
          .filter(({ start }, index) => index === 0 || (apart[index - 1]?.end ?? 0) < start)
          .map(({ start, end, written }) => ({ ...places.range(start, end), text: written }));
        const mended = applyEdits(text, edits);
        if (at >= mended.length) return;
        const { line, column } = new Places(mended).range(at, at);
        const before = placeBefore(text, edits, line, column);
        const offset = places.offset(before.line, before.column);
        // Either the same character, or the beginning of an edit that wrote it.
        const isEdit = edits.some((one) => one.line === before.line && one.column === before.column);
        assert.ok(isEdit || text[offset] === mended[at]);
        assert.equal(edits.length > 0 || offset === at, true);
      }),
    );
  });
});
