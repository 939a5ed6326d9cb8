import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareIds, idIdentity, idKey, parseId } from '../../src/core/migration/id';

const key = (text: string) => {
  const id = parseId(text);
  return id && idKey(id);
};

describe('the id of a migration', () => {
  it('is read from a date with a time, a number, or numbers with dots', () => {
    assert.deepEqual(parseId('20240115_120000'), ['20240115120000']);
    assert.deepEqual(parseId('20250801120000'), ['20250801120000']);
    assert.deepEqual(parseId('001'), ['1']);
    assert.deepEqual(parseId('3.1.0'), ['3', '1', '0']);
    assert.deepEqual(parseId('000'), ['0']);
  });

  it('is read from a file name, with or without its ending, its folder and its way', () => {
    assert.equal(key('20240115_120000_add_user_email'), '20240115120000');
    assert.equal(key('migrations/20240115_120000_add_user_email.cypher'), '20240115120000');
    assert.equal(key('migrations\\001_x.cypher'), '1');
    assert.equal(key('001.cypher'), '1');
    assert.equal(key('20250801120000_add_x.up.sql'), '20250801120000');
    assert.equal(key('3.1.0_x.cypher'), '3.1.0');
    assert.equal(key('V1.2__x.sql'), '1.2');
    assert.equal(key('U1_2__x'), '1.2');
    assert.equal(key(' 007 '), '7');
  });

  it('is not found where there is none', () => {
    for (const text of ['', 'x', 'latest', 'v4.1.0', '_1', '1x', '1..2', '2024-01-15_x', '１', '-1', '１_x']) {
      assert.equal(parseId(text), undefined, text);
    }
  });

  it('joins a date only with a time of six digits', () => {
    assert.equal(key('20240115_1200'), '20240115');
    assert.equal(key('20240115_1200000'), '20240115');
    assert.equal(key('20240115_120000'), '20240115120000');
  });

  it('is as long as it is written', () => {
    const digits = '9'.repeat(400);
    assert.equal(key(digits), digits);
    const [less, more] = [parseId('90071992547409930') ?? [], parseId('90071992547409931') ?? []];
    assert.equal(compareIds(less, more), -1);
  });

  const part = fc.bigInt({ min: 0n, max: 10n ** 30n });
  const parts = fc.array(part, { minLength: 1, maxLength: 5 });
  const idOf = (numbers: readonly bigint[]) => parseId(numbers.join('.')) ?? [];

  it('sorts by its components as numbers, a missing one being 0', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const at = [0, 1, 2, 3, 4].find((one) => (a[one] ?? 0n) !== (b[one] ?? 0n));
        const expected = at === undefined ? 0 : (a[at] ?? 0n) < (b[at] ?? 0n) ? -1 : 1;
        assert.equal(compareIds(idOf(a), idOf(b)), expected);
        assert.equal(idIdentity(idOf(a)) === idIdentity(idOf(b)), expected === 0);
      }),
    );
  });

  it('is the same with zeros in front of its components and behind all of them', () => {
    const zeros = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(parts, zeros, zeros, (numbers, before, behind) => {
        const padded = [...numbers.map((one) => '0'.repeat(before) + one), ...Array<string>(behind).fill('00')];
        const id = parseId(padded.join('.')) ?? [];
        assert.equal(compareIds(id, idOf(numbers)), 0);
        assert.equal(idIdentity(id), idIdentity(idOf(numbers)));
        assert.deepEqual(parseId(idKey(id)), id);
      }),
    );
  });

  it('keeps in the history what was written, without leading zeros', () => {
    assert.equal(key('03.010.000'), '3.10.0');
    assert.equal(key('3.1'), '3.1');
  });
});
