import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { findDangers } from '../../src/core/danger/find';
import { writeSqlName } from '../../src/core/dialect/sql-names';
import { changeRows } from '../../src/core/report/changes';
import type { Rename } from '../../src/core/schema/change';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Schema } from '../../src/core/schema/model';
import { planSql } from '../../src/core/schema/plan/sql';
import { invertRenames } from '../../src/core/schema/rename';
import { parseScript } from '../../src/core/script/parse';
import type { Driver, Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';
import { inserts } from '../support/random-duckdb-rows';
import { duckdbPair, type RandomPair } from '../support/random-duckdb-schema';
import { column, fullName, type Spec, type SpecColumn, statementsOf } from '../support/random-duckdb-spec';

const RUNS = Number(process.env.KUZU_MIGRATE_PLAN_RUNS ?? 250);
/** The same ones in each test run; the torture says which. */
const SEED = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
const TIME_LIMIT_MS = 120_000 + RUNS * 2000;

/** Runs the way as a migration does: as one script, in one transaction, into the file where the engine needs that. */
async function walk(driver: Driver, session: Session, before: Schema, after: Schema, renames: readonly Rename[]) {
  const way = planSql({ before, after, renames });
  assert.deepEqual(way.left, []);
  const script = way.statements.map(({ text }) => `${text};\n`).join('');
  const { up, problems } = parseScript(script, 'sql', 'up');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    up.statements.map(({ text }) => text),
    way.statements.map(({ text }) => text),
  );
  const found = findDangers(up.statements, { dialect: 'sql', transactional: way.transactional });
  assert.deepEqual(found.dangers, [], script);
  const around = found.commitToFile && driver.commitToFile ? driver.commitToFile : { before: [], after: [] };
  const run = way.transactional
    ? [{ text: driver.begin }, ...way.statements, { text: driver.commit }]
    : [...way.statements];
  try {
    await session.run([...around.before, ...run, ...around.after]);
  } catch (error) {
    throw new Error(`${String(error)} ${JSON.stringify((error as { params?: unknown }).params)}\n${script}`, {
      cause: error,
    });
  }
  const reached = await driver.introspect(session);
  assert.deepEqual(changeRows(diffSchemas(reached, after)), [], script);
  for (const { schema, name } of reached.views ?? []) {
    await session.run([{ text: `SELECT count(*) FROM ${writeSqlName(schema)}.${writeSqlName(name)}` }]);
  }
  return script;
}

/** The rows of the columns that both schemas have with one type, in order, as text. */
async function keptRows(session: Session, one: Spec, other: Spec): Promise<string[]> {
  const found: string[] = [];
  for (const table of [...one.tables].sort((a, b) => a.id - b.id)) {
    const twin = other.tables.find(({ id }) => id === table.id);
    if (twin === undefined) continue;
    const same = (a: SpecColumn, b: SpecColumn | undefined) =>
      b && !a.generated && !b.generated && plainType(a.type) === plainType(b.type);
    const shared = table.columns.filter((own) => same(own, column(twin, own.id))).sort((a, b) => a.id - b.id);
    const items = shared.map(({ name }) => `CAST(${writeSqlName(name)} AS VARCHAR)`);
    const query = `SELECT ${['0', ...items].join(', ')} FROM ${fullName(table)} ORDER BY ALL`;
    const [answer] = await session.run([{ text: query, rows: 100 }]);
    found.push(`${table.id}: ${JSON.stringify(answer?.rows)}`);
  }
  return found;
}

const plainType = (type: string) =>
  type
    .replace(/ COLLATE .*/, '')
    .replace('moods0', 'mood0[]')
    .replace('pair0', 'STRUCT(m mood0, l mood0[])')
    .replace(/\bmood0\b|ENUM\([^)]*\)/g, 'ENUM');

async function check(driver: Driver, file: string | undefined, pair: RandomPair): Promise<void> {
  const memory = { readOnly: false };
  const run = (session: Session, texts: readonly string[]) => session.run(texts.map((text) => ({ text })));
  const after = await withSession(driver, memory, async (session) => {
    await run(session, statementsOf(pair.after));
    return driver.introspect(session);
  });
  try {
    await withSession(driver, file === undefined ? memory : { path: file, readOnly: false }, async (session) => {
      await run(session, [driver.begin, ...statementsOf(pair.before), driver.commit]);
      const before = await driver.introspect(session);
      await run(session, [driver.begin, ...inserts(pair.before, pair.after), driver.commit]);
      const rows = await keptRows(session, pair.before, pair.after);
      const up = await walk(driver, session, before, after, pair.renames);
      assert.deepEqual(await keptRows(session, pair.after, pair.before), rows, up);
      const down = await walk(driver, session, after, before, invertRenames(pair.renames));
      assert.deepEqual(await keptRows(session, pair.before, pair.after), rows, `${up}\n${down}`);
      // Keys that lead to a table by a name that it no longer has fail only when rows go.
      const self = (id: number, one: { readonly foreign: readonly { readonly table: number }[] }) =>
        one.foreign.some(({ table }) => table === id);
      const tables = [...pair.before.tables].reverse();
      const stop = tables.findIndex((one) => self(one.id, one));
      await run(
        session,
        tables.slice(0, stop < 0 ? undefined : stop).map((table) => `DELETE FROM ${fullName(table)}`),
      );
    });
  } finally {
    if (file !== undefined) await Promise.all([file, `${file}.wal`].map((one) => rm(one, { force: true })));
  }
}

describe('a plan for DuckDB', () => {
  it('leads any schema to any related one and back, and keeps what both have', async function () {
    this.timeout(TIME_LIMIT_MS);
    await withTempDir((dir) =>
      withDrivers(async (drivers) => {
        const driver = drivers.get('duckdb');
        await fc.assert(
          fc.asyncProperty(duckdbPair, fc.nat(3), (pair, at) =>
            // A file takes several times as long, and only what is committed to one depends on it.
            check(driver, at === 0 ? path.join(dir, 'pair.duckdb') : undefined, pair),
          ),
          {
            // A smaller case takes minutes to find, and the script in the error says enough.
            endOnFailure: true,
            numRuns: RUNS,
            seed: SEED,
            interruptAfterTimeLimit: TIME_LIMIT_MS - 20_000,
            markInterruptAsFailure: true,
          },
        );
      }),
    );
  });
});
