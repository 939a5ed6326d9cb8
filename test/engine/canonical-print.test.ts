import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Column, Schema, Table } from '../../src/core/schema/model';
import { equalSchemas, normaliseSchema } from '../../src/core/schema/normalise';
import { printPair, printSchema } from '../../src/core/schema/print';
import { scanStatements } from '../../src/core/script/scan';
import { shadowSchema } from '../../src/engine/shadow';
import { withDrivers } from '../support/project';

const name = (prefix: string) =>
  fc.constantFrom('plain', 'order', 'with space', '名前', 'Ünïcode', 'x-y', 'UPPER').map((text) => `${prefix}${text}`);

const column: fc.Arbitrary<Omit<Column, 'name'>> = fc.constantFrom(
  { type: 'INT64' },
  { type: 'INT64', default: '42' },
  { type: 'STRING', default: "'it\\'s'" },
  { type: 'STRING[]' },
  { type: 'DECIMAL(10, 2)' },
  { type: 'STRUCT(a INT64, b STRING[])' },
  { type: 'MAP(STRING, INT64)' },
  { type: 'UNION(n INT64, s STRING)' },
  { type: 'INT64[3]' },
  { type: 'TIMESTAMP' },
  { type: 'UUID' },
  { type: 'SERIAL' },
  { type: 'BOOL', default: 'true' },
);

const columns = fc.uniqueArray(fc.tuple(name('c_'), column), {
  maxLength: 4,
  selector: ([text]) => text.toLowerCase(),
});
const comment = fc.constantFrom(undefined, "what it's for; // and more", 'コメント');

/** Node tables with a key of their own, rel tables between them, and what may stand beside them. */
const schema: fc.Arbitrary<Schema> = fc
  .record({
    nodes: fc.uniqueArray(
      fc.record({ name: name('N_'), columns, comment, key: fc.constantFrom('INT64', 'STRING', 'UUID') }),
      {
        minLength: 1,
        maxLength: 3,
        selector: (one) => one.name.toLowerCase(),
      },
    ),
    rels: fc.uniqueArray(
      fc.record({
        name: name('R_'),
        columns,
        comment,
        multiplicity: fc.constantFrom('MANY_MANY' as const, 'MANY_ONE' as const, 'ONE_ONE' as const),
        storageDirection: fc.constantFrom('both' as const, 'fwd' as const),
        pairs: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), {
          minLength: 1,
          maxLength: 3,
          selector: (pair) => pair.join(),
        }),
      }),
      { maxLength: 2, selector: (one) => one.name.toLowerCase() },
    ),
    sequence: fc.option(fc.record({ start: fc.integer({ min: 1, max: 9 }), cycle: fc.boolean() })),
    macro: fc.constantFrom(undefined, '(x + y) * 2', '(x OR y) AND false', "concat(x, ';')"),
    type: fc.constantFrom(undefined, 'INT64', 'STRING[]'),
  })
  .map(({ nodes, rels, sequence, macro, type }) => {
    const nodeTables: Table[] = nodes.map((one) => ({
      kind: 'node',
      name: one.name,
      columns: [{ name: 'key', type: one.key }, ...one.columns.map(([text, rest]) => ({ name: text, ...rest }))],
      primaryKey: 'key',
      ...(one.comment === undefined ? {} : { comment: one.comment }),
    }));
    const nth = (at: number) => nodeTables[at % nodeTables.length]?.name ?? '';
    const relTables: Table[] = rels.map((one) => ({
      kind: 'rel',
      name: one.name,
      columns: one.columns
        .filter(([, rest]) => rest.type !== 'SERIAL')
        .map(([text, rest]) => ({ name: text, ...rest })),
      connections: [
        ...new Map(one.pairs.map(([a, b]) => [`${nth(a)}>${nth(b)}`, { from: nth(a), to: nth(b) }])).values(),
      ],
      multiplicity: one.multiplicity,
      storageDirection: one.storageDirection,
      ...(one.comment === undefined ? {} : { comment: one.comment }),
    }));
    return {
      tables: [...nodeTables, ...relTables],
      sequences: sequence
        ? [
            {
              name: 'numbers',
              start: String(sequence.start),
              increment: '2',
              min: '1',
              max: '99',
              cycle: sequence.cycle,
            },
          ]
        : [],
      macros: macro === undefined ? [] : [{ name: 'TWICE', parameters: 'x, y := 3', body: macro }],
      types: type === undefined ? [] : [{ name: 'own', definition: type }],
      indexes: [],
    };
  });

describe('the canonical text of a schema', () => {
  it('runs as it stands on the engine and comes back as the same text', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('kuzu');
      await fc.assert(
        fc.asyncProperty(schema, async (wanted) => {
          const text = printSchema(wanted);
          const statements = scanStatements(text).map((one) => ({ ...one, file: 'printed.cypher' }));
          const found = await shadowSchema(driver, statements);
          const pair = printPair(normaliseSchema(wanted), found);
          assert.equal(pair.after, pair.before);
          assert.ok(equalSchemas(wanted, found));
        }),
        { numRuns: 60 },
      );
    });
  });
});
