import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { printSchema } from '../../src/core/schema/print';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import { withSession } from '../../src/engine/with-session';
import { loadProject } from '../../src/project/discovery';
import { compare } from '../../src/workflow/compare/compare';
import { parseSource, sourceSchema } from '../../src/workflow/compare/source';
import { type Context, requireDatabase } from '../../src/workflow/context';
import { withTempDir } from '../support/kuzu-script';
import { dist, withDrivers } from '../support/project';

/** A project whose one database, `data/app.duckdb`, was made by these statements. */
async function withDuckdb(statements: readonly string[], work: (context: Context, dir: string) => Promise<void>) {
  await withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const file = path.join(dir, 'data', 'app.duckdb');
      await mkdir(path.dirname(file));
      await withSession(drivers.get('duckdb'), { path: file, readOnly: false }, (session) =>
        session.run(statements.map((text) => ({ text }))),
      );
      const project = await loadProject({ dir, env: {}, detect: detectFile, database: 'data/app.duckdb' });
      await work(
        {
          project,
          driver: (engine) => drivers.get(engine),
          codeHost: () => createCodeHost(dist, { log: () => undefined }),
          log: () => undefined,
        },
        dir,
      );
    }),
  );
}

describe('a project with a DuckDB database', () => {
  it('shows its schema, also where a schema is called like the file', async () => {
    const statements = [
      'CREATE SCHEMA app',
      "CREATE TYPE app.app.mood AS ENUM ('a')",
      'CREATE MACRO app.app.twice(x, n := 2) AS x * n',
      'CREATE TABLE app.app.t (a INTEGER)',
    ];
    await withDuckdb(statements, async (context) => {
      const { schema, label } = await sourceSchema(context, await parseSource(context, 'db'));
      assert.equal(label, requireDatabase(context.project).name);
      assert.equal(
        printSchema(schema),
        [
          'CREATE SCHEMA app;\n',
          "CREATE TYPE app.mood AS ENUM('a');\n",
          'CREATE MACRO app.twice(x, n := 2) AS (x * n);\n',
          'CREATE TABLE app.t (\n  a INTEGER\n);\n',
        ].join('\n'),
      );
    });
  });

  it('is compared with a file of SQL, and with a folder of them', async () => {
    await withDuckdb(['CREATE TABLE t (a INTEGER)'], async (context, dir) => {
      const text = "-- it's t;\nCREATE TABLE t (a INTEGER, b VARCHAR DEFAULT 'x;y');;\nCREATE VIEW v AS FROM t;\n";
      await writeFile(path.join(dir, 'wanted.sql'), text);
      const ddl = path.join(dir, 'ddl');
      await mkdir(ddl);
      await writeFile(path.join(ddl, '2-view.sql'), 'CREATE VIEW v AS FROM t');
      await writeFile(path.join(ddl, '1-table.sql'), "CREATE TABLE t (a INTEGER, b VARCHAR DEFAULT 'x;y')");
      for (const to of ['file:wanted.sql', 'dir:ddl']) {
        const { changes } = await compare(context, { from: 'db', to });
        assert.deepEqual(
          changes.map(({ kind }) => kind),
          ['add-column', 'add-view'],
        );
      }
    });
  });

  it('runs of such files only what makes a schema, without access to other files', async () => {
    await withDuckdb(['CREATE TABLE t (a INTEGER)'], async (context, dir) => {
      const secret = path.join(dir, 'secret.csv');
      await writeFile(secret, 'a\n1\n');
      const before = await readdir(dir);
      const cases = {
        [`COPY (SELECT 1) TO '${path.join(dir, 'out.csv')}'`]: 'STATEMENT_NOT_ALLOWED',
        [`ATTACH '${path.join(dir, 'other.duckdb')}'`]: 'STATEMENT_NOT_ALLOWED',
        'INSTALL httpfs': 'STATEMENT_NOT_ALLOWED',
        'SET enable_external_access = true': 'STATEMENT_NOT_ALLOWED',
        "CREATE SECRET s (TYPE s3, KEY_ID 'x')": 'STATEMENT_NOT_ALLOWED',
        [`CREATE TABLE t AS FROM '${secret}'`]: 'STATEMENT_FAILED',
        [`CREATE VIEW v AS FROM read_csv('${secret}')`]: 'STATEMENT_FAILED',
      };
      for (const [text, wanted] of Object.entries(cases)) {
        const file = path.join(dir, 'wanted.sql');
        await writeFile(file, `\n  ${text};`);
        await assert.rejects(sourceSchema(context, { kind: 'file', path: file }), (error) => {
          assert.ok(MigrateError.is(error) && error.code === wanted, `${text}: ${String(error)}`);
          assert.equal(error.where.file, file);
          assert.equal(error.where.line, 2);
          return true;
        });
      }
      assert.deepEqual(await readdir(dir), [...before, 'wanted.sql'].sort());
    });
  });
});
