import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { catalogOf } from '../../src/core/version/sql/catalog';
import { withMigrations } from '../support/migrations';

describe('a schema that is called like the database file (duckdb)', function () {
  this.timeout(180_000);

  it('is told by generate, lint and up, each with the next step; under another name of the file all is well', () =>
    withMigrations('duckdb', async ({ dir, file, write, json, database }) => {
      const schema = catalogOf(path.basename(file));
      const made = `CREATE SCHEMA "${schema}";\nCREATE TABLE "${schema}".t(id INTEGER PRIMARY KEY);\n`;
      await mkdir(path.join(dir, 'ddl'));
      await writeFile(path.join(dir, 'ddl', 'schema.sql'), made);
      const told = async (args: readonly string[]) => {
        const { code, json: answer } = await json([...args]);
        assert.deepEqual([code, answer.error?.code], [1, 'NAME_AMBIGUOUS'], JSON.stringify(answer));
        assert.match(answer.error?.hint ?? '', /Rename the database file/);
      };
      await told(['generate', 'one']);
      await write('1_a', `-- UP\n${made}`);
      const lint = await json(['lint']);
      assert.equal(lint.code, 3);
      assert.match(JSON.stringify(lint.json), /NAME_AMBIGUOUS.*Rename the database file/s);
      await told(['up', '--dry-run']);
      await told(['up']);
      // Nothing is left of it, so that another name of the file is all that it takes.
      const other = path.join(path.dirname(file), 'another.duckdb');
      await rename(file, other);
      assert.equal((await json(['--db', other, 'up'])).code, 0, database().path);
    }));

  it('is no matter where it is called like one of ours alone', () =>
    withMigrations('duckdb', async ({ dir, json }) => {
      await mkdir(path.join(dir, 'ddl'));
      const made = 'CREATE SCHEMA shadow;\nCREATE TABLE shadow.t(id INTEGER PRIMARY KEY);\n';
      await writeFile(path.join(dir, 'ddl', 'schema.sql'), made);
      assert.equal((await json(['generate', 'one'])).code, 0);
      assert.equal((await json(['up'])).code, 0);
    }));
});
