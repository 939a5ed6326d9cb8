import assert from 'node:assert/strict';
import { literal, ParameterError, type ParameterFault } from '../../src/core/dialect/literal';
import { fillParameters } from '../../src/core/dialect/parameters';

const fault = (parameter: string, wanted: ParameterFault) => (error: unknown) =>
  error instanceof ParameterError && error.fault === wanted && error.parameter === parameter;

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('the parameters of a statement', () => {
  it('are written as the dialect writes them', () => {
    const values = { id: 1, name: "O'Hara", at: new Date('2020-01-02T03:04:05.678Z'), tags: ['a'], at2: { x: 0.5 } };
    assert.equal(
      fillParameters('CREATE (:P {id: $id, name: $name, at: $at, tags: $tags, at2: $at2})', values, 'cypher'),
      "CREATE (:P {id: 1, name: 'O\\'Hara', at: CAST('2020-01-02 03:04:05.678' AS TIMESTAMP), tags: ['a'], " +
        "at2: {`x`: CAST('0.5' AS DOUBLE)}})",
    );
    assert.equal(
      fillParameters('INSERT INTO p VALUES ($id, $name, $at, $tags, $at2)', values, 'sql'),
      "INSERT INTO p VALUES (1, 'O''Hara', CAST('2020-01-02 03:04:05.678' AS TIMESTAMP), ['a'], {'x': CAST('0.5' AS DOUBLE)})",
    );
  });

  it('stand apart from a word before them', () => {
    assert.equal(fillParameters('RETURN 1 LIMIT$n', { n: 5 }, 'cypher'), 'RETURN 1 LIMIT 5');
  });

  it('may stand several times, have numbers for names, and names in letters of all languages', () => {
    assert.equal(fillParameters('SELECT $1, $größe, $1', { 1: true, größe: null }, 'sql'), 'SELECT true, NULL, true');
    assert.equal(fillParameters('RETURN $`a b`', { 'a b': 1n }, 'cypher'), 'RETURN 1');
  });

  it('are not looked for in what is open to the end', () => {
    for (const open of ["'$v", '"$v', '`$v', '/* $v', '// $v']) {
      assert.equal(fillParameters(`RETURN ${open}`, {}, 'cypher'), `RETURN ${open}`);
    }
    for (const open of ["'$v", '"$v', '$$ $v', '/* /* $v */', '-- $v']) {
      assert.equal(fillParameters(`SELECT ${open}`, {}, 'sql'), `SELECT ${open}`);
    }
  });

  it('have to be given, and to be there', () => {
    assert.throws(() => fillParameters('RETURN $a, $b', { a: 1 }, 'cypher'), fault('b', 'parameterMissing'));
    assert.throws(() => fillParameters('RETURN $toString', {}, 'cypher'), fault('toString', 'parameterMissing'));
    assert.throws(() => fillParameters("RETURN '$a', $b", { a: 1, b: 2 }, 'cypher'), fault('a', 'parameterUnused'));
  });
});

describe('a value without a literal', () => {
  const cases: readonly (readonly [what: string, value: unknown, fault: ParameterFault])[] = [
    ['undefined', undefined, 'parameterUndefined'],
    ['undefined in a list', [1, undefined], 'parameterUndefined'],
    ['undefined in an object', { a: undefined }, 'parameterUndefined'],
    ['a function', () => 1, 'parameterType'],
    ['a symbol', Symbol('s'), 'parameterType'],
    ['a Map', new Map(), 'parameterType'],
    ['an object of a class', new (class A {})(), 'parameterType'],
    ['an invalid date', new Date(Number.NaN), 'parameterRange'],
    ['an integer of more than 128 bits', 2n ** 130n, 'parameterRange'],
    ['half of a surrogate pair', 'a\ud800', 'parameterText'],
    ['a key without a name', { '': 1 }, 'parameterKey'],
    ['an object without a key', {}, 'parameterEmpty'],
    ['a list of several types', [1, 'a'], 'parameterMixed'],
    ['a large integer beside a fraction', [2n ** 60n, 0.5], 'parameterMixed'],
    ['a nest of lists', nested(40), 'parameterDepth'],
  ];
  for (const [what, value, wanted] of cases) {
    it(`is refused: ${what}`, () => {
      for (const dialect of ['cypher', 'sql'] as const) {
        assert.throws(() => literal(value, dialect, 'p'), fault('p', wanted));
      }
    });
  }

  it('is refused where only one engine can’t have it', () => {
    assert.throws(() => literal({ 'a`b': 1 }, 'cypher', 'p'), fault('p', 'parameterKey'));
    assert.throws(() => literal(new Date('-000001-01-01T00:00:00Z'), 'cypher', 'p'), fault('p', 'parameterRange'));
    assert.throws(() => literal(2n ** 127n, 'cypher', 'p'), fault('p', 'parameterRange'));
    assert.equal(literal(2n ** 127n, 'sql', 'p'), String(2n ** 127n));
  });
});
