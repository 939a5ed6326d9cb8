import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { findDangers } from '../../src/core/danger/find';
import { sameName, writeName } from '../../src/core/dialect/kuzu-names';
import { diffSchemas } from '../../src/core/schema/diff';
import type { NodeTable, RelTable, Schema } from '../../src/core/schema/model';
import { planCypher } from '../../src/core/schema/plan/cypher';
import { Defaults } from '../../src/core/schema/plan/cypher-defaults';
import { originOf, pairTables, type SharedTable } from '../../src/core/schema/plan/cypher-tables';
import type { Way, WayRequest } from '../../src/core/schema/plan/types';
import { printSchema } from '../../src/core/schema/print';
import { applyRenames, invertRenames } from '../../src/core/schema/rename';
import { dropIndex } from '../../src/core/schema/statements';
import { scanStatements } from '../../src/core/script/scan';
import type { Driver } from '../../src/engine/driver';
import { runSteps } from '../support/engine-steps';
import { insertRows, rowsOf } from '../support/kuzu-rows';
import { withTempDir } from '../support/kuzu-script';
import { relatedSchemas } from '../support/mutate-kuzu-schema';
import { withDrivers } from '../support/project';
import { parseWay, WayRunner } from '../support/run-way';

const RUNS = Number(process.env.KUZU_MIGRATE_PLAN_RUNS ?? 250);
/** The same ones in each test run; the torture says which. */
const SEED = Number(process.env.KUZU_MIGRATE_SEED ?? 1);

/** A key that no row has a value for, or all have the same; relationships that nothing moves: it is for tables without rows. */
function needsNoRows({ left, assertions = [] }: Way): boolean {
  return (
    left.some(({ key }) => key === 'plan.left.key' || key === 'plan.left.ends') ||
    assertions.some((query) => query.endsWith('<= 1'))
  );
}

/** The columns, by their names on both sides, whose values no step has touched, with the key where it is one of them. */
function untouched(table: SharedTable): { before: string[]; after: string[] } {
  const kept = table.after.columns.flatMap(({ name, type }) => {
    const origin = originOf(table, name);
    return origin !== undefined && origin.type === type ? [{ before: origin.name, after: name }] : [];
  });
  return { before: kept.map(({ before }) => before), after: kept.map(({ after }) => after) };
}

/** Pairs that are on both sides, their ends told by what no step has touched of them, in the words of each side. */
function keptPairs(shared: readonly SharedTable[], rel: SharedTable<RelTable>) {
  const node = (name: string) => shared.find(({ after }) => after.kind === 'node' && sameName(after.name, name));
  return rel.after.connections.flatMap(({ from, to }) => {
    if (!rel.renamed.connections.some((pair) => sameName(pair.from, from) && sameName(pair.to, to))) return [];
    const [a, b] = [node(from), node(to)];
    assert.ok(a && b);
    const [ofA, ofB] = [untouched(a), untouched(b)];
    return [
      {
        before: { from: a.before.name, to: b.before.name, fromColumns: ofA.before, toColumns: ofB.before },
        after: { from: a.after.name, to: b.after.name, fromColumns: ofA.after, toColumns: ofB.after },
      },
    ];
  });
}

/** Text of all rows that a way must not touch, before it and after it. */
async function keptRows(runner: WayRunner, request: WayRequest, side: 'before' | 'after'): Promise<string[][]> {
  const renamed = applyRenames(request.before, request.renames);
  const { shared } = pairTables(request.before, renamed, request.after);
  const rows: string[][] = [];
  for (const table of shared) {
    const isHidden = [table.before, table.after].some((one) => one.kind === 'rel' && one.storageDirection === 'bwd');
    if (isHidden) continue;
    const isRel = table.after.kind === 'rel';
    const ends = isRel ? keptPairs(shared, table as SharedTable<RelTable>).map((pair) => pair[side]) : [];
    const own: NodeTable | RelTable = table[side];
    rows.push(await rowsOf(runner.session, own, untouched(table)[side], ends));
  }
  return rows;
}

/** How many rows have another value than the default of a column that came, or none. */
async function wrongDefaults(runner: WayRunner, { before, after, renames }: WayRequest): Promise<string[]> {
  const { shared } = pairTables(before, applyRenames(before, renames), after);
  const defaults = new Defaults(after.macros);
  const wrong: string[] = [];
  for (const table of shared) {
    if (table.after.kind === 'rel' && table.after.storageDirection === 'bwd') continue;
    const name = writeName(table.after.name);
    const match = table.after.kind === 'rel' ? `MATCH ()-[t:${name}]->()` : `MATCH (t:${name})`;
    for (const column of table.after.columns) {
      const isNew = originOf(table, column.name) === undefined && column.type !== 'SERIAL';
      if (!isNew || column.default === undefined || defaults.kindOf(column) !== 'constant') continue;
      const value = `t.${writeName(column.name)}`;
      const text = `${match} WHERE ${value} IS NULL OR CAST(${value} AS STRING) <> CAST(CAST(${column.default} AS ${column.type}) AS STRING) RETURN count(*)`;
      const [answer] = await runner.session.run([{ text, rows: 1 }]);
      if (Number(answer?.rows[0]?.[0]) !== 0) wrong.push(`${name}.${column.name}`);
    }
  }
  return wrong;
}

async function travel(driver: Driver, runner: WayRunner, request: WayRequest): Promise<void> {
  const way = planCypher(request);
  const before = await keptRows(runner, request, 'before');
  await runner.runWay(way);
  const found = await driver.introspect(runner.session);
  assert.deepEqual(diffSchemas(found, request.after), []);
  assert.deepEqual(await keptRows(runner, request, 'after'), before);
  assert.deepEqual(await wrongDefaults(runner, request), []);
}

/** What goes wrong only later: a number that a SERIAL key gives out twice, a table that can't be dropped. */
async function useAndDrop(runner: WayRunner, schema: Schema): Promise<void> {
  const { tables, sequences, indexes } = schema;
  const numbered = tables.filter(
    (table) =>
      table.kind === 'node' && table.columns.some(({ type, name }) => type === 'SERIAL' && name === table.primaryKey),
  );
  const drop = (kind: 'node' | 'rel') =>
    tables.filter((table) => table.kind === kind).map(({ name }) => `DROP TABLE ${writeName(name)}`);
  await runner.run([
    ...numbered.map(({ name }) => `CREATE (:${writeName(name)})`),
    ...[...indexes.map(dropIndex), ...drop('rel'), ...drop('node')],
    ...sequences.map(({ name }) => `DROP SEQUENCE ${writeName(name)}`),
  ]);
  const [left] = await runner.session.run([{ text: 'CALL show_sequences() RETURN name', rows: 10 }]);
  assert.deepEqual(left?.rows, []);
}

async function create(runner: WayRunner, schema: Schema, rows: boolean): Promise<void> {
  const statements = scanStatements(printSchema(schema)).map(({ text }) => text);
  await runner.run([...statements, ...(rows ? insertRows(schema) : [])]);
}

describe('a way between two Kùzu schemas, of which one was made from the other', () => {
  it('leads exactly to the other one, and back again, with the rows of both kept', async function () {
    this.timeout(120_000 + RUNS * 2000);
    await withDrivers(async (drivers) => {
      const driver = drivers.get('kuzu');
      await fc.assert(
        fc.asyncProperty(relatedSchemas, ({ before, after, renames }) =>
          withTempDir(async (dir) => {
            const onDatabase = async (
              name: string,
              schema: Schema,
              rows: boolean,
              work: (run: WayRunner) => Promise<void>,
            ) => {
              const runner = await WayRunner.open(driver, path.join(dir, name));
              try {
                await create(runner, schema, rows);
                await work(runner);
              } finally {
                await runner.close();
                await rm(path.join(dir, name), { force: true });
              }
            };
            const up: WayRequest = { before, after, renames };
            // No statement of the engine takes a macro or a type away.
            const { macros, types } = after;
            const down: WayRequest = {
              before: after,
              after: { ...before, macros, types },
              renames: invertRenames(renames),
            };
            const isForRows = (request: WayRequest) => !needsNoRows(planCypher(request));
            await onDatabase('db', before, isForRows(up), async (runner) => {
              await travel(driver, runner, up);
              if (isForRows(down)) await travel(driver, runner, down);
              await useAndDrop(runner, isForRows(down) ? before : after);
            });
            if (!isForRows(down)) await onDatabase('empty', after, false, (runner) => travel(driver, runner, down));
          }),
        ),
        {
          numRuns: RUNS,
          // A smaller case takes minutes to find.
          endOnFailure: true,
          seed: SEED,
        },
      );
    });
  });

  it('holds after a kill right behind its COMMIT', async function () {
    this.timeout(120_000 + RUNS * 2000);
    await withDrivers(async (drivers) => {
      const driver = drivers.get('kuzu');
      await fc.assert(
        fc.asyncProperty(relatedSchemas, (request) => {
          const way = planCypher(request);
          // With an index each statement is settled before the next one.
          if (!way.transactional || needsNoRows(way)) return Promise.resolve();
          return withTempDir(async (dir) => {
            const file = path.join(dir, 'db');
            const first = await WayRunner.open(driver, file);
            let before: string[][];
            try {
              await create(first, request.before, true);
              before = await keptRows(first, request, 'before');
            } finally {
              await first.close();
            }
            const texts = way.statements.map(({ text }) => text);
            const { statements } = parseWay(way);
            const { commitToFile } = findDangers(statements, { dialect: 'cypher', transactional: true });
            const settle = commitToFile ? ['CHECKPOINT'] : [];
            const run = await runSteps('kuzu', file, ['BEGIN TRANSACTION', ...texts, 'COMMIT', ...settle, 'kill']);
            assert.deepEqual(
              run.answers.flatMap(({ error }) => error ?? []),
              [],
            );
            assert.equal(run.signal, 'SIGKILL', run.stderr);
            const second = await WayRunner.open(driver, file);
            try {
              assert.deepEqual(diffSchemas(await driver.introspect(second.session), request.after), []);
              assert.deepEqual(await keptRows(second, request, 'after'), before);
              await useAndDrop(second, request.after);
            } finally {
              await second.close();
            }
          });
        }),
        { numRuns: Math.ceil(RUNS / 6), endOnFailure: true, seed: SEED },
      );
    });
  });
});
