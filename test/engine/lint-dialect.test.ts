import assert from 'node:assert/strict';
import path from 'node:path';
import { applyEdits } from '../../src/core/lint/apply-edits';
import { lintScript } from '../../src/core/lint/lint-script';
import { scan } from '../../src/core/script/scan';
import { runSteps } from '../support/engine-steps';
import { withTempDir } from '../support/kuzu-script';
import type { TestEngine } from '../support/migrations';

const SETUP: Readonly<Record<TestEngine, readonly string[]>> = {
  kuzu: [
    'CREATE NODE TABLE T(id INT64 PRIMARY KEY, n STRING, at TIMESTAMP)',
    'CREATE REL TABLE R(FROM T TO T)',
    'CREATE SEQUENCE s',
    'CREATE MACRO m(x) AS x',
  ],
  duckdb: ['CREATE TABLE t(id INTEGER, n VARCHAR, "at" TIMESTAMP)', 'CREATE TABLE other(n VARCHAR)'],
};

/** Statements that a rule calls an error: each is refused by the engine itself, and taken where there is a fix. */
const REFUSED: Readonly<Record<TestEngine, readonly (readonly [code: string, text: string])[]>> = {
  kuzu: [
    ['KM401', 'CREATE NODE TABLE U(id INT64 PRIMARY KEY, -- the key\n n STRING)'],
    ['KM401', 'MATCH (a:T)\n-- all of them\nRETURN a.id'],
    ['KM402', 'CREATE NODE TABLE U(id INT64 PRIMARY KEY, n STRING NOT NULL)'],
    ['KM402', 'ALTER TABLE T ADD q STRING NOT NULL'],
    ['KM403', 'CREATE NODE TABLE U(id INT64 PRIMARY KEY, n STRING UNIQUE)'],
    ['KM403', 'CREATE NODE TABLE U(id INT64 PRIMARY KEY, n STRING, UNIQUE (n))'],
    ['KM404', 'DROP TABLE IF EXISTS R CASCADE'],
    ['KM404', 'DROP SEQUENCE s RESTRICT'],
    ['KM405', 'ALTER TABLE T ADD COLUMN q STRING'],
    ['KM405', 'ALTER TABLE T DROP COLUMN n'],
    ['KM405', 'ALTER TABLE T RENAME COLUMN n TO o'],
    ['KM406', 'MATCH (a:T) SET a.at = now()'],
    ['KM407', 'ALTER TABLE T ALTER n TYPE INT64'],
    ['KM408', 'ALTER TABLE T ADD a INT64, ADD b STRING[] DEFAULT []'],
    ['KM408', 'ALTER TABLE T ADD (a INT64, b INT64)'],
    ['KM409', 'CREATE NODE TABLE U(a INT64, b INT64, PRIMARY KEY(a, b))'],
    ['KM410', 'CREATE UNIQUE INDEX i ON T(n)'],
    ['KM411', 'TRUNCATE TABLE T'],
    ['KM412', "COMMENT ON COLUMN T.n IS 'x'"],
    ['KM413', 'ALTER TABLE IF EXISTS T ADD q STRING'],
    ['KM414', 'CREATE OR REPLACE MACRO m(x) AS x'],
    ['KM414', 'CREATE MACRO IF NOT EXISTS m(x) AS x'],
    ['KM414', 'CREATE TYPE IF NOT EXISTS u AS INT64'],
  ],
  duckdb: [
    ['KM408', 'ALTER TABLE t ADD COLUMN a INTEGER, ADD COLUMN b INTEGER'],
    ['KM421', 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (n)'],
    ['KM421', 'ALTER TABLE t ADD CHECK (id > 0)'],
    ['KM421', 'ALTER TABLE t DROP CONSTRAINT u'],
    ['KM421', 'ALTER TABLE t ADD COLUMN z INTEGER NOT NULL'],
    ['KM421', 'ALTER TABLE t ADD COLUMN z INTEGER REFERENCES t(id)'],
    ['KM422', 'CREATE TABLE u(id INTEGER, at TIMESTAMP)'],
    ['KM422', 'INSERT INTO t (at) VALUES (NULL)'],
    ['KM422', 'UPDATE t SET at = NULL'],
    ['KM422', 'ALTER TABLE other RENAME n TO at'],
  ],
};

/** What looks like one of those, and is none: the engine takes it, and no rule finds an error. */
const TAKEN: Readonly<Record<TestEngine, readonly string[]>> = {
  kuzu: [
    'MATCH (a:T)--(b:T) RETURN count(*)',
    'MATCH (a:T) -- (b:T) RETURN count(*)',
    'MATCH (a:T)\n--(b:T) RETURN count(*)',
    'RETURN 5 -- 3',
    'CREATE NODE TABLE U(id INT64 PRIMARY KEY, unique STRING, `not` INT64)',
    'MATCH (a:T) WHERE a.n IS NOT NULL RETURN a.id',
    'ALTER TABLE T ADD tags STRING[] DEFAULT []',
    'ALTER TABLE T ADD IF NOT EXISTS n STRING',
    'CREATE NODE TABLE IF NOT EXISTS T(id INT64 PRIMARY KEY)',
    "COMMENT ON TABLE T IS 'x'",
    'MATCH (a:T) SET a.at = current_timestamp()',
  ],
  duckdb: [
    'ALTER TABLE t ADD PRIMARY KEY (id)',
    'ALTER TABLE t ADD COLUMN z BOOLEAN DEFAULT (1 IS NOT NULL)',
    'SELECT t.at, 1 AS at FROM t',
    'CREATE TABLE u(id INTEGER NOT NULL UNIQUE, n VARCHAR -- a comment\n)',
    'CREATE OR REPLACE TABLE u(a INTEGER, b INTEGER, PRIMARY KEY (a, b))',
    'ALTER TABLE t ALTER n SET NOT NULL',
  ],
};

for (const engine of ['kuzu', 'duckdb'] as const) {
  const dialect = engine === 'kuzu' ? 'cypher' : 'sql';
  const errorsIn = (text: string) =>
    lintScript({ file: 'm', text: `${text};`, dialect, role: 'up' }).filter(({ severity }) => severity === 'error');

  /** The first error of statements, each in a database of its own with the same tables. */
  const refusals = (texts: readonly (readonly string[])[]) =>
    withTempDir(async (dir) => {
      const found: (string | undefined)[] = [];
      for (const [at, statements] of texts.entries()) {
        const all = [...SETUP[engine], ...statements];
        const { answers, exitCode } = await runSteps(engine, path.join(dir, `${at}.db`), all);
        assert.equal(exitCode, 0);
        found.push(answers.find(({ error }) => error !== undefined)?.error);
      }
      return found;
    });

  describe(`what lint calls an error on ${engine}`, () => {
    it('is refused by the engine', async () => {
      const errors = await refusals(REFUSED[engine].map(([, text]) => [text]));
      for (const [at, [code, text]] of REFUSED[engine].entries()) {
        assert.deepEqual(
          errorsIn(text).map((one) => one.code),
          [code],
          text,
        );
        assert.notEqual(errors[at], undefined, text);
      }
    }).timeout(120_000);

    it('is taken by the engine once it is mended', async () => {
      const mended = REFUSED[engine].flatMap(([, text]) => {
        const [found] = errorsIn(text);
        return found?.fix ? [applyEdits(`${text};`, found.fix.edits)] : [];
      });
      assert.ok(mended.length >= 3);
      const errors = await refusals(mended.map((text) => scan(text, dialect).map((one) => one.text)));
      assert.deepEqual(
        mended.filter((_, at) => errors[at] !== undefined),
        [],
      );
    }).timeout(120_000);

    it('is not what the engine takes', async () => {
      const errors = await refusals(TAKEN[engine].map((text) => [text]));
      assert.deepEqual(
        errors.filter((error) => error !== undefined),
        [],
      );
      for (const text of TAKEN[engine]) assert.deepEqual(errorsIn(text), [], text);
    }).timeout(120_000);
  });
}
