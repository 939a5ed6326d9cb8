import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import type { Expression } from '../../src/core/catalog/expression';
import type { CatalogMacro } from '../../src/core/catalog/model';
import { schemaOfCatalog } from '../../src/core/catalog/to-schema';
import { quoteName, quoteString, writeName } from '../../src/core/dialect/kuzu-names';
import type { Column, Multiplicity, Schema, StorageDirection, Table } from '../../src/core/schema/model';
import { catalogOf } from '../support/catalog-of';
import { queryKuzu, withTempDir } from '../support/kuzu-script';

/** Text of an expression in which every operand stands in parentheses, so that its tree is the one that was meant. */
const { expression: expressionText } = fc.letrec<{ expression: string; deeper: string }>((tie) => {
  const leaf = fc.constantFrom('x', 'y', '1', '0', '-3', '2.5', '-2.5', '1e3', "'a'", "'it\\'s'", 'true', 'NULL', '[]');
  const one = tie('expression').map((text) => `(${text})`);
  const two = fc.tuple(one, one);
  const binary = fc.constantFrom(
    ...'+ - * / % ^ | & << >> = <> < <= > >= AND OR XOR IN CONTAINS =~'.split(' '),
    ...['STARTS WITH', 'ENDS WITH'],
  );
  const unary = fc.constantFrom<(text: string) => string>(
    (e) => `NOT ${e}`,
    (e) => `-${e}`,
    (e) => `--${e}`,
    (e) => `${e}!`,
    (e) => `-${e}!`,
    (e) => `${e} IS NULL`,
    (e) => `${e} IS NOT NULL`,
    (e) => `${e}.a`,
    (e) => `${e}.\`order by\``,
    (e) => `abs(${e})`,
    (e) => `toString(${e})`,
    (e) => `\`order\`(${e})`,
    (e) => `CAST(${e} AS DECIMAL(4, 1)[])`,
    (e) => `cast(${e}, 'INT64')`,
    (e) => `count(DISTINCT ${e})`,
    (e) => `COUNT(*) + ${e}`,
    (e) => `list_transform(${e}, v -> v + (1 - x))`,
    (e) => `ALL(v IN ${e} WHERE v > (x - 1))`,
    (e) => `struct_pack(a := ${e}, \`b c\` := 1)`,
    (e) => `STRUCT_PACK(a := ${e})`,
    (e) => `{a: ${e}, 'b c': 2}`,
    (e) => `[1, ${e}, 3]`,
    (e) => `${e}[:]`,
    (e) => `${e}[2][1:-1]`,
    (e) => `LIST_EXTRACT(${e}, 1)`,
  );
  const pair = fc.constantFrom<(a: string, b: string) => string>(
    (a, b) => `${a}[${b}]`,
    (a, b) => `${a}[:${b}]`,
    (a, b) => `${a}[${b}:]`,
    (a, b) => `${a}[${b}:${a}]`,
    (a, b) => `CASE WHEN ${a} THEN ${b} END`,
    (a, b) => `CASE ${a} WHEN 1 THEN ${b} WHEN ${b} THEN 2 ELSE ${a} END`,
    (a, b) => `LIST_CONTAINS(${a}, ${b})`,
    (a, b) => `concat(${a}, ${b})`,
  );
  return {
    expression: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('deeper')),
    deeper: fc.oneof(
      fc.tuple(two, binary).map(([[a, b], sign]) => `${a} ${sign} ${b}`),
      fc.tuple(one, unary).map(([e, make]) => make(e)),
      fc.tuple(two, pair).map(([[a, b], make]) => make(a, b)),
    ),
  };
});

/** The tree alone: the engine's own text of a node depends on blanks and parentheses; a lambda is nothing but text. */
function treeOf({ raw, children, ...own }: Expression): unknown {
  const inner =
    own.kind === 'case'
      ? {
          operand: own.operand && treeOf(own.operand),
          branches: own.branches.map((branch) => [treeOf(branch.when), treeOf(branch.result)]),
          otherwise: own.otherwise && treeOf(own.otherwise),
        }
      : own;
  const isType = own.kind === 'literal' && raw === '';
  return { ...inner, isType, children: children.map(treeOf), ...(own.kind === 'lambda' ? { raw } : {}) };
}

function byName(macros: readonly CatalogMacro[]): Map<string, CatalogMacro> {
  return new Map(macros.map((macro) => [macro.name, macro]));
}

describe('the printed body of a macro', () => {
  it('gives the same tree when the macro is created from it', async () => {
    const bodies = fc.array(expressionText, { minLength: 80, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(bodies, (texts) =>
        withTempDir(async (dir) => {
          const first = path.join(dir, 'first');
          const second = path.join(dir, 'second');
          const create = texts.map((text, i) => `CREATE MACRO m${i}(x, y := 1) AS ${text}`);
          await queryKuzu([{ path: first, statements: create }]);
          const { macros } = await catalogOf(first);
          const again = macros.map((macro) => `CREATE MACRO ${macro.name}(${macro.parameters}) AS ${macro.body}`);
          await queryKuzu([{ path: second, statements: again }]);
          const copies = byName((await catalogOf(second)).macros);
          for (const macro of macros) {
            const copy = copies.get(macro.name);
            assert.ok(copy);
            assert.deepEqual(treeOf(copy.expression), treeOf(macro.expression), macro.body);
            assert.equal(copy.body, macro.body);
            assert.equal(copy.parameters, macro.parameters);
          }
        }),
      ),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it('gives the same values where the engine’s own export gives others', async () => {
    const bodies = [
      '(x + y) * 2',
      '(x - 1) - (x - 2)',
      'x - (y - 1)',
      '(x OR y) AND false',
      'x * -2',
      '-(x + y)',
      '2 ^ (x ^ y)',
    ];
    await withTempDir(async (dir) => {
      const calls = bodies.map((body, i) => (body.includes('OR') ? `m${i}(true, true)` : `m${i}(3, 2)`));
      const question = `RETURN ${calls.map((call, i) => `${call} AS v${i}`).join(', ')}`;
      const create = (texts: readonly string[]) => texts.map((text, i) => `CREATE MACRO m${i}(x, y) AS ${text}`);
      const file = path.join(dir, 'db');
      const [before] = await queryKuzu([{ path: file, statements: [...create(bodies), question] }]);
      const macros = byName((await catalogOf(file)).macros);
      const printed = bodies.map((_, i) => macros.get(`M${i}`)?.body ?? '');
      assert.deepEqual(printed, [bodies[0], 'x - 1 - (x - 2)', ...bodies.slice(2)]);
      const [after] = await queryKuzu([{ path: path.join(dir, 'again'), statements: [...create(printed), question] }]);
      assert.deepEqual(after?.at(-1), before?.at(-1));
    });
  });
});

const names = ['A', 'my table', 'order', '日本', 'a.b', "it's", 'B_1', 'x-y', 'Ünïcode', '1st', 'end'];
const scalar = fc.constantFrom(
  ...'BOOL INT8 INT64 INT128 UINT16 DOUBLE FLOAT DATE TIMESTAMP TIMESTAMP_NS INTERVAL STRING BLOB UUID'.split(' '),
  ...['DECIMAL(10, 2)', 'DECIMAL(38, 0)'],
);

const { type } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    scalar,
    tie('type').map((inner) => `${inner}[]`),
    tie('type').map((inner) => `${inner}[3]`),
    fc.tuple(scalar, tie('type')).map(([key, value]) => `MAP(${key}, ${value})`),
    fc.tuple(tie('type'), tie('type')).map(([a, b]) => `STRUCT(a ${a}, b_2 ${b})`),
    fc.tuple(scalar, scalar).map(([a, b]) => `UNION(n ${a}, s ${b})`),
  ),
}));

const distinctNames = (count: number) => fc.shuffledSubarray(names, { minLength: count, maxLength: count });

const column: fc.Arbitrary<Omit<Column, 'name'>> = fc.oneof(
  type.map((text) => ({ type: text })),
  fc.constantFrom<Omit<Column, 'name'>>(
    { type: 'INT64', default: '-7' },
    { type: 'STRING', default: "'a\\\\b'" },
    { type: 'DOUBLE', default: '(1 + 2) / 3.0' },
    { type: 'INT64[]', default: '[1, 2]' },
  ),
);

const comment = fc.option(fc.constantFrom('a comment', "it's", 'two\nlines'), { nil: undefined });
const named = (columns: readonly Omit<Column, 'name'>[]): Column[] =>
  columns.map((inner, index) => ({ name: names[names.length - 1 - index] ?? '', ...inner }));

const schema: fc.Arbitrary<Schema> = fc
  .record({
    tables: distinctNames(4),
    columns: fc.array(fc.array(column, { maxLength: 5 }), { minLength: 4, maxLength: 4 }),
    comments: fc.array(comment, { minLength: 4, maxLength: 4 }),
    multiplicity: fc.constantFrom<Multiplicity>('MANY_MANY', 'MANY_ONE', 'ONE_MANY', 'ONE_ONE'),
    storageDirection: fc.constantFrom<StorageDirection>('both', 'fwd', 'bwd'),
    sequence: fc.record({
      name: fc.constantFrom(...names),
      start: fc.bigInt(1n, 5n).map(String),
      increment: fc.constantFrom('1', '3', '9007199254740993'),
      cycle: fc.boolean(),
    }),
    userType: type,
  })
  .map(({ tables, columns, comments, multiplicity, storageDirection, sequence, userType }): Schema => {
    const [first = '', second = ''] = tables;
    const made = tables.map((name, index): Table => {
      const own = named(columns[index] ?? []);
      const text = comments[index];
      const note = text === undefined ? {} : { comment: text };
      if (index < 2) {
        return { kind: 'node', name, columns: [{ name: 'id', type: 'STRING' }, ...own], primaryKey: 'id', ...note };
      }
      const connections = [{ from: first, to: second }, ...(index === 2 ? [{ from: second, to: second }] : [])];
      return { kind: 'rel', name, columns: own, connections, multiplicity, storageDirection, ...note };
    });
    return {
      tables: made,
      sequences: [{ ...sequence, min: '1', max: '9223372036854775807' }],
      macros: [],
      indexes: [],
      types: [{ name: 'user_type', definition: userType }],
    };
  });

function statementsOf({ tables, sequences, types }: Schema): string[] {
  const columnText = (inner: Column) =>
    `${quoteName(inner.name)} ${inner.type}${inner.default === undefined ? '' : ` DEFAULT ${inner.default}`}`;
  return [
    ...types.map((inner) => `CREATE TYPE ${inner.name} AS ${inner.definition}`),
    ...sequences.map(
      (inner) =>
        `CREATE SEQUENCE ${writeName(inner.name)} START ${inner.start} INCREMENT ${inner.increment} ${inner.cycle ? '' : 'NO '}CYCLE`,
    ),
    ...tables.flatMap((table) => {
      const columns = table.columns.map(columnText);
      assert.ok(table.kind !== 'table');
      const body =
        table.kind === 'node'
          ? [...columns, `PRIMARY KEY(${quoteName(table.primaryKey)})`]
          : [
              ...table.connections.map(({ from, to }) => `FROM ${quoteName(from)} TO ${quoteName(to)}`),
              ...columns,
              table.multiplicity,
            ];
      const option = table.kind === 'rel' ? ` WITH (storage_direction='${table.storageDirection}')` : '';
      return [
        `CREATE ${table.kind.toUpperCase()} TABLE ${quoteName(table.name)} (${body.join(', ')})${option}`,
        ...(table.comment === undefined
          ? []
          : [`COMMENT ON TABLE ${quoteName(table.name)} IS ${quoteString(table.comment)}`]),
      ];
    }),
  ];
}

describe('the schema in the catalog of a random database', () => {
  it('is the one that was created', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(schema, { minLength: 6, maxLength: 6 }), (schemas) =>
        withTempDir(async (dir) => {
          const files = schemas.map((_, index) => path.join(dir, `db${index}`));
          await queryKuzu(
            schemas.map((inner, index) => ({ path: files[index] ?? '', statements: statementsOf(inner) })),
          );
          for (const [index, file] of files.entries()) {
            assert.deepEqual(schemaOfCatalog(await catalogOf(file)), schemas[index]);
          }
        }),
      ),
      { numRuns: 8 },
    );
  });
});
