import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { quoteName, quoteString } from '../../src/core/dialect/kuzu-names';
import { MigrateError } from '../../src/core/errors';
import type { Driver, Session } from '../../src/engine/driver';
import { createDrivers } from '../../src/engine/drivers';
import { withSession } from '../../src/engine/with-session';
import { prove } from '../../src/workflow/export/prove';
import { withTempDir } from '../support/kuzu-script';
import { dist } from '../support/project';
import { type TypedValues, typedValues } from '../support/tricky-values';

interface RandomDatabase {
  readonly format: 'csv' | 'parquet';
  readonly statements: readonly string[];
  readonly tables: readonly {
    readonly name: string;
    readonly kind: 'node' | 'rel';
    readonly columns: readonly string[];
  }[];
}

const tableName = fc.constantFrom(
  'T',
  'my table',
  "it's",
  'a/b',
  'a"b',
  'a\\b',
  'a[b]',
  'a*',
  'ключ',
  'order',
  'T_T',
  '日本',
  'con',
);
const columnName = fc.constantFrom('v', 'my v', "it's", 'from', 'To', 'order', 'a.b', 'é', 'x:y', 'NULL');
const key: fc.Arbitrary<TypedValues> = fc.constantFrom(
  { type: 'INT64', texts: ['0', '-7', '9007199254740993', '5'] },
  { type: 'STRING', texts: ["''", "' '", "'a,\nb'", "'\\\\N'", "'NULL'", "'it\\'s'", "'x'"] },
  { type: 'INT128', texts: ['9007199254740993', '-1', '2'].map((text) => `CAST('${text}' AS INT128)`) },
  { type: 'DATE', texts: ["date('0000-12-31')", "date('2020-02-29')"] },
  { type: 'UUID', texts: ["uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')"] },
  { type: 'DOUBLE', texts: ['0.1 + 0.2', '1e300', '-5.0'] },
);

const database: fc.Arbitrary<RandomDatabase> = fc
  .record({
    values: typedValues,
    more: typedValues,
    key,
    rows: fc.array(fc.nat({ max: 8 }), { maxLength: 5 }),
    format: fc.constantFrom<'csv' | 'parquet'>('csv', 'parquet'),
    kind: fc.constantFrom<'node' | 'rel'>('node', 'rel'),
    table: tableName,
    names: fc.uniqueArray(columnName, { minLength: 3, maxLength: 3 }),
  })
  .map(({ values, more, key: id, rows, format, kind, table, names }): RandomDatabase => {
    const [idName = '', first = '', second = ''] = names.map(quoteName);
    const name = quoteName(table);
    // Each third value is NULL.
    const pick = ({ texts }: TypedValues, row: number) =>
      row % 3 === 2 ? 'NULL' : (texts[row % texts.length] ?? 'NULL');
    const value = (row: number) => `${first}: ${pick(values, row)}, ${second}: ${pick(more, row + 1)}`;
    const columns = `${first} ${values.type}, ${second} ${more.type}`;
    const ids = id.texts.slice(0, rows.length);
    if (kind === 'node') {
      return {
        format,
        tables: [{ name: table, kind, columns: names }],
        statements: [
          `CREATE NODE TABLE ${name}(${idName} ${id.type}, ${columns}, PRIMARY KEY(${idName}))`,
          ...ids.map((text, at) => `CREATE (:${name} {${idName}: ${text}, ${value(rows[at] ?? 0)}})`),
        ],
      };
    }
    return {
      format,
      tables: [{ name: table, kind, columns: names.slice(1) }],
      statements: [
        `CREATE NODE TABLE N(${idName} ${id.type}, PRIMARY KEY(${idName}))`,
        `CREATE REL TABLE ${name}(FROM N TO N, ${columns})`,
        ...ids.map((text) => `CREATE (:N {${idName}: ${text}})`),
        ...(ids.length === 0
          ? []
          : rows.map((row) => {
              const end = ids[row % ids.length];
              return `MATCH (a:N), (b:N) WHERE a.${idName} = ${ids[0]} AND b.${idName} = ${end} CREATE (a)-[:${name} {${value(row)}}]->(b)`;
            })),
      ],
    };
  });

/** The engine alone, too, reads the folder: each column as it was, or NULL in each row. */
async function isPlainlyRead(driver: Driver, source: Session, folder: string, tables: RandomDatabase['tables']) {
  const file = `${folder}.plain.kuzu`;
  await withSession(driver, { path: file, readOnly: false }, async (plain) => {
    await plain.run([{ text: `IMPORT DATABASE ${quoteString(folder)}` }]);
    for (const { name, kind, columns } of tables) {
      const rows = kind === 'node' ? `MATCH (t:${quoteName(name)})` : `MATCH ()-[t:${quoteName(name)}]->()`;
      const count = async (session: Session, condition = '') => {
        const [answer] = await session.run([{ text: `${rows} ${condition} RETURN count(*)`, rows: 1 }]);
        return answer?.rows[0]?.[0];
      };
      const isEmpty = kind === 'rel' && columns.some((column) => /^(?:from|to)$/i.test(column));
      assert.equal(await count(plain), isEmpty ? 0 : await count(source));
      const [before, after] = [await driver.columnsOf(source, name), await driver.columnsOf(plain, name)];
      for (const column of columns) {
        const id = `${name}.${column}`;
        if (after.get(id) === before.get(id)) continue;
        assert.equal(await count(plain, `WHERE t.${quoteName(column)} IS NOT NULL`), 0, id);
      }
    }
  });
}

/** Writes a version of a database and proves it. @returns false where the engine does not take the database itself */
async function isKept(driver: Driver, dir: string, made: RandomDatabase): Promise<boolean> {
  return withSession(driver, { path: path.join(dir, 'db.kuzu'), readOnly: false }, async (session) => {
    try {
      await session.run(made.statements.map((text) => ({ text })));
    } catch (error) {
      if (MigrateError.is(error, 'STATEMENT_FAILED')) return false;
      throw error;
    }
    const folder = path.join(dir, 'version');
    await mkdir(folder);
    const written = await driver.writeVersion(session, folder, { format: made.format, schemaOnly: false });
    for (const [name, text] of written.scripts) await writeFile(path.join(folder, name), text);
    const database = {
      name: 'db',
      path: path.join(dir, 'db.kuzu'),
      engine: 'kuzu' as const,
      protected: false,
      readOnly: false,
    };
    const { beside } = written;
    const proof = await prove(driver, session, { dir: folder, database, version: 'v', schemaOnly: false, beside }, {});
    const { tables } = await driver.contentOf(session);
    assert.deepEqual(proof.tables, tables);
    await isPlainlyRead(driver, session, folder, made.tables);
    return true;
  });
}

/** The same ones in each test run; the torture says how many and which. */
const options = {
  numRuns: Number(process.env.KUZU_MIGRATE_LOSS_RUNS ?? 80),
  seed: Number(process.env.KUZU_MIGRATE_SEED ?? 20_250_801),
  // A smaller case takes minutes to find.
  endOnFailure: true,
};

describe('a version of random values of random types in random names', () => {
  const drivers = createDrivers(dist, { idleMs: 60_000, log: () => undefined });
  after(() => drivers.dispose());

  it('restores to an equal database, whatever they are', async function () {
    this.timeout(3_600_000);
    await fc.assert(
      fc.asyncProperty(database, (made) =>
        withTempDir(async (dir) => {
          fc.pre(await isKept(drivers.get('kuzu'), dir, made));
        }),
      ),
      options,
    );
  });
});
