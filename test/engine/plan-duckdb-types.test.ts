import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { changeRows } from '../../src/core/report/changes';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Schema } from '../../src/core/schema/model';
import { planSql } from '../../src/core/schema/plan/sql';
import { printSchema } from '../../src/core/schema/print';
import { scan } from '../../src/core/script/scan';
import { english } from '../../src/core/text/english';
import type { Driver, Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';
import { type RandomType, randomType } from '../support/random-duckdb-values';

const run = (session: Session, ...texts: readonly string[]) => session.run(texts.map((text) => ({ text, rows: 100 })));

async function schemaOf(driver: Driver, texts: readonly string[]): Promise<Schema> {
  return withSession(driver, { readOnly: false }, async (session) => {
    await run(session, ...texts);
    return driver.introspect(session);
  });
}

async function walk(driver: Driver, session: Session, after: Schema): Promise<void> {
  const before = await driver.introspect(session);
  const { statements, left } = planSql({ before, after, renames: [] });
  assert.deepEqual(left, []);
  await run(session, driver.begin, ...statements.map(({ text }) => text), driver.commit);
  assert.deepEqual(changeRows(diffSchemas(await driver.introspect(session), after)), []);
}

const column = async (session: Session) =>
  (await run(session, 'SELECT CAST(c AS VARCHAR) FROM t ORDER BY id'))[0]?.rows.map(([value]) => value);

const union = (member: string, value: string) => `union_value(${member} := ${value})`;
const mood = (label: string) => `'${label}'::mood`;

/** What a column is, what it becomes, and its values then; they are the same again on the way back. */
const CHANGES: readonly (readonly [
  before: string,
  after: string,
  values: readonly string[],
  there: readonly unknown[],
])[] = [
  ['mood[]', 'feel[]', [`[${mood('a')}, NULL]`, '[]'], ['[a, NULL]', '[]']],
  ['mood[2]', 'feel[2]', [`[${mood('a')}, ${mood('b')}]`], ['[a, b]']],
  ['STRUCT(m mood, n INTEGER)', 'STRUCT(m feel, n BIGINT)', [`{'m': ${mood('b')}, 'n': 1}`], ["{'m': b, 'n': 1}"]],
  ['MAP(VARCHAR, mood)', 'MAP(VARCHAR, feel)', [`MAP {'k': ${mood('a')}}`, 'MAP {}'], ['{k=a}', '{}']],
  ['MAP(mood, INTEGER)', 'MAP(feel, INTEGER)', [`MAP {${mood('a')}: 1}`], ['{a=1}']],
  ['UNION(m mood, n INTEGER)', 'UNION(m feel, n INTEGER)', [union('m', mood('a')), union('n', '1')], ['a', '1']],
  ['UNION(m mood)[]', 'UNION(n DATE, m feel)[]', [`[${union('m', mood('a'))}]`], ['[a]']],
  ['STRUCT(u UNION(m mood))', 'STRUCT(u UNION(x DATE, m feel))', [`{'u': ${union('m', mood('a'))}}`], ["{'u': a}"]],
  [
    'UNION(m mood[2], n DATE)',
    'UNION(x INTEGER, n DATE, m feel[2])',
    [union('m', `[${mood('a')}, NULL]`)],
    ['[a, NULL]'],
  ],
  [
    'STRUCT(u UNION(n INTEGER), l mood[1])',
    'STRUCT(l mood[1], u UNION(x DATE, n BIGINT))',
    ["{'u': 1, 'l': ['b']}"],
    ["{'l': [b], 'u': 1}"],
  ],
  ['mood', 'UNION(n INTEGER, m mood)', [mood('a')], ['a']],
  ['mood', 'UNION(n INTEGER, m feel)', [mood('a')], ['a']],
  ['VARCHAR', 'UNION(m mood, n INTEGER)', ["'a'", "'7'"], ['a', '7']],
  ['INTEGER', 'UNION(s VARCHAR, n BIGINT)', ['7'], ['7']],
  [
    'MAP(VARCHAR, UNION(m mood, n INTEGER))',
    'MAP(VARCHAR, UNION(n INTEGER))',
    [`MAP {'k': ${union('n', '1')}}`],
    ['{k=1}'],
  ],
  [
    'STRUCT(a UNION(m mood, "n ""n" INTEGER))',
    'STRUCT(b INTEGER, a UNION("n ""n" BIGINT))',
    [`{'a': ${union('"n ""n"', '1')}}`],
    ["{'b': NULL, 'a': 1}"],
  ],
];

describe('a plan for DuckDB with enums and UNIONs inside of types', function () {
  this.timeout(180_000);

  it('keeps the values of a column whose type changes, and gives them back', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const types = ["CREATE TYPE mood AS ENUM ('a', 'b')", "CREATE TYPE feel AS ENUM ('z', 'b', 'a')"];
      await withSession(driver, { readOnly: false }, async (session) => {
        await run(session, ...types);
        for (const [before, after, values, there] of CHANGES) {
          const made = async (type: string) => {
            await run(session, 'DROP TABLE IF EXISTS t', `CREATE TABLE t (id INTEGER, c ${type})`);
            return driver.introspect(session);
          };
          const target = await made(after);
          const source = await made(before);
          await run(session, ...[...values, 'NULL'].map((value, at) => `INSERT INTO t VALUES (${at}, ${value})`));
          const rows = await column(session);
          await walk(driver, session, target);
          assert.deepEqual(await column(session), [...there, null], `${before} → ${after}`);
          await walk(driver, session, source);
          assert.deepEqual(await column(session), rows, `${after} → ${before}`);
        }
      });
    });
  });

  it('rests on what the engine refuses: labels inside of a type in ALTER, other members of a UNION, brackets behind ENUM', async () => {
    await withDrivers((drivers) =>
      withSession(drivers.get('duckdb'), { readOnly: false }, async (session) => {
        await run(
          session,
          'CREATE TABLE t (l VARCHAR[], u UNION(a INTEGER, b VARCHAR), s STRUCT(a INTEGER))',
          "INSERT INTO t(s) VALUES ({'a': 1}), (NULL)",
        );
        for (const [text, message] of [
          ["ALTER TABLE t ALTER l SET DATA TYPE ENUM('a')[]", /Cannot serialize non-constant type parameter/],
          ['SELECT u::UNION(a INTEGER) FROM t', /not present in target union/],
          ["SELECT 'x'::UNION(a INTEGER)", /can't be implicitly cast/],
          ['SELECT s::STRUCT(b INTEGER) FROM t', /at least one matching member/],
          ["CREATE TYPE e AS ENUM('a')[]", /syntax error/],
          ["SELECT 'a'::ENUM('a')::ENUM('b')", /Type UINT8/],
          ['ALTER TABLE t SET SCHEMA app', /Not implemented/],
          ['SELECT CASE WHEN s IS NOT NULL THEN [1]::INTEGER[1] END FROM t', /Unimplemented type for case/],
        ] as const) {
          await assert.rejects(run(session, text), message, text);
        }
        await run(session, `CREATE TYPE e AS "ENUM"('a')[]`);
      }),
    );
  });

  it('stops at a value that has no place in the new type, with the column’s name', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const cases: readonly (readonly [string, string, string, RegExp])[] = [
        ['UNION(n INTEGER, s VARCHAR)', 'UNION(n INTEGER)', "'x'", /t\.c: no value of UNION\(n INTEGER\): x/],
        ['UNION(n INTEGER, s VARCHAR)[]', 'UNION(n INTEGER)[]', "['x']", /t\.c: no value of UNION\(n INTEGER\): x/],
        ['VARCHAR', 'UNION(n INTEGER)', "'007'", /t\.c: no value of UNION\(n INTEGER\): 007/],
        ["ENUM('a', 'b')[]", "ENUM('a')[]", "['b']", /t\.c: no value of ENUM\('a'\): b/],
        ["ENUM('a', 'b')", "ENUM('x', 'a')", "'b'", /t\.c: no value of ENUM\('x', 'a'\): b/],
      ];
      for (const [before, after, value, message] of cases) {
        const target = await schemaOf(driver, [`CREATE TABLE t (id INTEGER, c ${after})`]);
        await withSession(driver, { readOnly: false }, async (session) => {
          await run(session, `CREATE TABLE t (id INTEGER, c ${before})`, `INSERT INTO t VALUES (1, ${value})`);
          const rows = await column(session);
          await assert.rejects(walk(driver, session, target), (error: unknown) =>
            message.test(JSON.stringify((error as MigrateError).params)),
          );
          assert.deepEqual(await column(session), rows);
        });
      }
    });
  });

  it('says what to do where an expression can’t be kept in a file: a cast to labels inside of another type', async () => {
    await withDrivers((drivers) =>
      withTempDir((dir) =>
        withSession(drivers.get('duckdb'), { path: path.join(dir, 'a.duckdb'), readOnly: false }, async (session) => {
          const held = "DEFAULT CAST(['a'] AS ENUM('a')[])";
          const column = `CREATE TABLE t (c ENUM('a')[] ${held})`;
          await assert.rejects(run(session, column), (error: unknown) => {
            assert.ok(MigrateError.is(error, 'STATEMENT_FAILED'));
            assert.match(english('error.STATEMENT_FAILED', error.params), /Give the ENUM a name with CREATE TYPE/);
            assert.equal(error.where.statement, column);
            return true;
          });
          await run(session, "CREATE TYPE m AS ENUM('a')", "CREATE TABLE t (c m[] DEFAULT CAST(['a'] AS m[]))");
        }),
      ),
    );
  });

  it('makes types of types again, whatever they are made of', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const made = (labels: string) => [
        `CREATE TYPE mood AS ENUM (${labels})`,
        'CREATE TYPE moods AS mood[]',
        'CREATE TYPE pair AS STRUCT(m mood, l moods)',
        'CREATE TYPE choice AS UNION(m mood, p pair[])',
        'CREATE MACRO asmood(x) AS x::mood',
        "CREATE TABLE t (id INTEGER, c pair, s choice, d moods DEFAULT ['a'::mood], e VARCHAR DEFAULT asmood('a'))",
        "CREATE VIEW v AS SELECT id, 'a'::mood AS m, c.l::moods AS l FROM t",
      ];
      const target = await schemaOf(driver, made("'a', 'b', 'c'"));
      await withSession(driver, { readOnly: false }, async (session) => {
        await run(session, ...made("'a', 'b'"));
        const source = await driver.introspect(session);
        await run(session, "INSERT INTO t(id, c, s) VALUES (1, {'m': 'b', 'l': ['a', NULL]}, 'a'::mood)");
        const query =
          'SELECT id, c::VARCHAR, s::VARCHAR, d::VARCHAR, e, m::VARCHAR, l::VARCHAR FROM t JOIN v USING (id)';
        const before = (await run(session, query))[0]?.rows;
        for (const side of [target, source]) {
          await walk(driver, session, side);
          assert.deepEqual((await run(session, query))[0]?.rows, before);
        }
      });
      // What it prints makes the same schema.
      const printed = scan(printSchema(target), 'sql').map(({ text }) => text);
      assert.deepEqual(diffSchemas(await schemaOf(driver, printed), target), []);
    });
  });

  it('has statements that the engine takes for every pair of types', async function () {
    const runs = Number(process.env.KUZU_MIGRATE_PLAN_RUNS ?? 40);
    this.timeout(60_000 + runs * 500);
    await withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      await withSession(driver, { readOnly: false }, async (session) => {
        const check = async ([before, after]: readonly [RandomType, RandomType], filled: boolean) => {
          await run(session, 'DROP TABLE IF EXISTS t', `CREATE TABLE t (id INTEGER, c ${after.type})`);
          const target = await driver.introspect(session);
          await run(session, 'DROP TABLE t', `CREATE TABLE t (id INTEGER, c ${before.type})`);
          const values = filled ? before.values : [];
          await run(session, ...values.map((value, at) => `INSERT INTO t VALUES (${at}, ${value})`));
          try {
            await walk(driver, session, target);
          } catch (error) {
            // A value may not fit; a statement has to.
            if (!filled || !/Conversion Error|no value of|out of range/.test(String(error))) throw error;
          }
        };
        await fc.assert(
          fc.asyncProperty(fc.tuple(randomType, randomType), async (pair) => {
            await check(pair, false);
            await check(pair, true);
          }),
          { numRuns: runs, endOnFailure: true },
        );
      });
    });
  });
});
