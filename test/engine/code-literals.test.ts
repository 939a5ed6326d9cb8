import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LiteralValue } from '../../src/core/dialect/literal';
import { fillParameters } from '../../src/core/dialect/parameters';
import type { Cell, Session } from '../../src/engine/driver';
import { createDrivers, type Drivers } from '../../src/engine/drivers';
import { dist } from '../support/project';

const scalar = {
  text: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom("it's", '\\', "\\'", '$v', '\r\n', '\0', '--', '//', '*/', '""', "''", '$$'),
  ),
  whole: fc.maxSafeInteger(),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  boolean: fc.boolean(),
  date: fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  }),
};
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 8 });
const key = fc.constantFrom('a', 'b', 'c-d', 'select', 'it’s', '東', 'with space', '"', 'x\\');

const value = (fields: fc.Arbitrary<string>): fc.Arbitrary<LiteralValue> =>
  fc.letrec<{ any: LiteralValue; list: LiteralValue }>((tie) => ({
    any: fc.oneof(
      { withCrossShrink: true },
      ...Object.values(scalar),
      fc.constant(null),
      tie('list'),
      fc.dictionary(fields, fc.oneof({ maxDepth: 2 }, ...Object.values(scalar), tie('any')), {
        minKeys: 1,
        maxKeys: 3,
      }),
    ),
    list: fc.oneof(
      ...Object.values(scalar).map((of) => fc.array(orNull<LiteralValue>(of), { maxLength: 4 })),
      fc.array(fc.array(orNull(scalar.whole), { maxLength: 3 }), { maxLength: 3 }),
      fc.array(fc.record({ a: scalar.text, b: scalar.whole }), { minLength: 1, maxLength: 3 }),
    ),
  })).any;

/** Whether a cell is the value, as far as a cell can tell: big integers and numbers may come as text. */
function same(cell: Cell | undefined, wanted: LiteralValue): void {
  if (wanted instanceof Date) {
    assert.equal(typeof cell, 'string');
    const text = String(cell).replace(' ', 'T').replace(/Z$/, '');
    assert.equal(Date.parse(`${text}Z`), wanted.getTime());
  } else if (Array.isArray(wanted)) {
    assert.ok(Array.isArray(cell));
    assert.equal(cell.length, wanted.length);
    for (const [at, item] of wanted.entries()) same(cell[at], item);
  } else if (typeof wanted === 'object' && wanted !== null) {
    assert.ok(typeof cell === 'object' && cell !== null && !Array.isArray(cell));
    assert.deepEqual(Object.keys(cell), Object.keys(wanted));
    for (const [name, item] of Object.entries(wanted)) same((cell as Record<string, Cell>)[name], item);
  } else if (typeof wanted === 'number') {
    assert.equal(Number(cell), wanted);
  } else {
    assert.equal(cell, wanted);
  }
}

const engines = [
  {
    engine: 'kuzu',
    dialect: 'cypher',
    select: 'RETURN',
    text: 'STRING',
    epoch: 'to_epoch_ms',
    lowest: '0000-01-01T00:00:00.000Z',
    blanks: ['', ' ', '/* $v */', "/* '$v **/ $v */", '// $v "\n', '/**/'],
    items: [
      ['$v', 'it'],
      ["'$v'", '$v'],
      ['"$v\'"', "$v'"],
      ["'\\\\'", '\\'],
      ["'\\'$v'", "'$v"],
      ['"\\"//$v"', '"//$v'],
      ['{`$v`: $v}.`$v`', 'it'],
    ],
  },
  {
    engine: 'duckdb',
    dialect: 'sql',
    select: 'SELECT',
    text: 'VARCHAR',
    epoch: 'epoch_ms',
    lowest: '-271821-04-20T00:00:00.000Z',
    blanks: ['', ' ', '/* $v */', "/* ' /* $v */ $v */", "-- $v '\n", '/**/'],
    items: [
      ['$v', 'it'],
      ["'$v'", '$v'],
      ["'\\'", '\\'],
      ["'''$v'", "'$v"],
      ["E'\\'$v'", "'$v"],
      ["e'\\\\'", '\\'],
      ['$$ $v $$', ' $v '],
      ['$t$ $v $$ $t$', ' $v $$ '],
      ['$é$$v$é$', '$v'],
      ["{'$v': $v}['$v']", 'it'],
      ['(SELECT a$v FROM (SELECT 1 AS a$v))', 1],
    ],
  },
] as const;

for (const { engine, dialect, select, text, epoch, lowest, blanks, items } of engines) {
  describe(`a parameter’s literal for ${engine}`, () => {
    let drivers: Drivers;
    let session: Session;
    before(async () => {
      drivers = createDrivers(dist, { idleMs: 1000, log: () => undefined });
      session = await drivers.get(engine).open({ readOnly: false });
    });
    after(async () => {
      await session.close();
      await drivers.dispose();
    });

    const ask = async (
      expression: string,
      parameters: Readonly<Record<string, LiteralValue>>,
    ): Promise<Cell | undefined> => {
      const [result] = await session.run([
        { text: fillParameters(`${select} ${expression} AS v`, parameters, dialect), rows: 1 },
      ]);
      return result?.rows[0]?.[0];
    };
    const fields = dialect === 'cypher' ? key : fc.oneof(key, fc.constant('`'));

    it('gives back the value that went in', () =>
      fc.assert(
        fc.asyncProperty(value(fields), async (v) => same(await ask('$v', { v }), v)),
        { numRuns: 1000 },
      ));

    it('gives back whole numbers of up to 128 bits', () =>
      fc.assert(
        fc.asyncProperty(fc.bigInt(-(2n ** 127n), 2n ** 127n - 1n), async (v) => {
          assert.equal(await ask(`CAST($v AS ${text})`, { v }), String(v));
        }),
        {
          examples: [[-(2n ** 127n)], [2n ** 127n - 1n], [-(2n ** 63n)], [-(2n ** 63n) - 1n], [2n ** 63n], [0n], [-1n]],
        },
      ));

    it('gives back every double there is', async () => {
      await fc.assert(
        fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (v) => {
          assert.equal(Number(await ask('$v', { v })), v + 0);
        }),
        { examples: [[5e-324], [Number.MAX_VALUE], [2 ** 53], [-(2 ** 63)], [1e21], [0.1], [-1e-7]] },
      );
      assert.match(String(await ask(`CAST($v AS ${text})`, { v: Number.NaN })), /^nan$/i);
      assert.match(String(await ask(`CAST($v AS ${text})`, { v: Number.NEGATIVE_INFINITY })), /^-inf/i);
      assert.match(String(await ask(`CAST($v AS ${text})`, { v: -0 })), /^-0/);
    });

    it('gives back every moment that the engine has, to the millisecond', () =>
      fc.assert(
        fc.asyncProperty(fc.date({ min: new Date(lowest), noInvalidDate: true }), async (v) => {
          assert.equal(Number(await ask(`${epoch}($v)`, { v })), v.getTime());
        }),
        { examples: [[new Date(lowest)], [new Date(8.64e15)], [new Date(0)]] },
      ));

    it('gives back bytes', () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), async (v) => {
          const answer = await ask(dialect === 'sql' ? 'base64($v)' : '$v', { v });
          assert.equal(answer, Buffer.from(v).toString('base64'));
        }),
      ));

    it('stands for the parameter alone, and for nothing in a string, a name or a comment', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom(...blanks), fc.constantFrom(...items)), { minLength: 1 }),
          async (parts) => {
            const list = parts.map(([blank, [item]], at) => `${blank}${item} AS c${at}${blank}`).join(',');
            const used = parts.some(([, [, wanted]]) => wanted === 'it');
            const statement = fillParameters(`${select} ${list}`, used ? { v: 'it' } : {}, dialect);
            const [result] = await session.run([{ text: statement, rows: 1 }]);
            assert.deepEqual(
              result?.rows[0],
              parts.map(([, [, wanted]]) => wanted),
            );
          },
        ),
      ));

    it('stands wherever a value may', async () => {
      assert.equal(Number(await ask('5-$a-$b', { a: -3, b: -2 })), 10);
      assert.equal(Number(await ask('2*$a', { a: -3n })), -6);
    });
  });
}
