import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withTempDir } from '../support/kuzu-script';
import { runCli, runJson } from './run-cli';

async function write(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
    await writeFile(path.join(dir, name), text);
  }
}

const GOOD = {
  'ddl/core/edges/follows.cypher': 'CREATE REL TABLE Follows (FROM User TO User);',
  'ddl/core/nodes/user.cypher': 'CREATE NODE TABLE User (id INT64 PRIMARY KEY);',
};
const MADE = `// Made by \`kuzu-migrate schema build\` from ddl/core. Do not edit.

// ddl/core/nodes/user.cypher
CREATE NODE TABLE User (id INT64 PRIMARY KEY);

// ddl/core/edges/follows.cypher
CREATE REL TABLE Follows (FROM User TO User);
`;

describe('kuzu-migrate schema build', () => {
  it('makes the file, says so, and leaves it alone when it is up to date', async () => {
    await withTempDir(async (dir) => {
      await write(dir, GOOD);
      const first = await runCli(dir, ['schema', 'build']);
      assert.deepEqual([first.code, first.stdout], [0, 'Made ddl/schema.cypher (objects: 2).\n']);
      assert.equal(await readFile(path.join(dir, 'ddl/schema.cypher'), 'utf8'), MADE);
      const { code, json } = await runJson(dir, ['schema', 'build']);
      assert.equal(code, 0);
      assert.deepEqual(json, {
        ok: true,
        file: 'ddl/schema.cypher',
        changed: false,
        objects: [
          { kind: 'table', name: 'User', file: 'ddl/core/nodes/user.cypher', line: 1 },
          { kind: 'table', name: 'Follows', file: 'ddl/core/edges/follows.cypher', line: 1 },
        ],
      });
    });
  });

  it('answers with 3 whether the file is stale, and prints it, without writing anything', async () => {
    await withTempDir(async (dir) => {
      await write(dir, GOOD);
      const stale = await runCli(dir, ['schema', 'build', '--check', '--no-verify']);
      assert.deepEqual(
        [stale.code, stale.stdout],
        [3, 'ddl/schema.cypher is not up to date. Run `kuzu-migrate schema build`.\n'],
      );
      const printed = await runCli(dir, ['schema', 'build', '--stdout', '--no-verify']);
      assert.deepEqual([printed.code, printed.stdout, printed.stderr], [0, MADE, '']);
      assert.deepEqual(await readdir(path.join(dir, 'ddl')), ['core']);
      await writeFile(path.join(dir, 'ddl/schema.cypher'), MADE.replaceAll('\n', '\r\n'));
      assert.equal((await runCli(dir, ['schema', 'build', '--check', '--no-verify'])).code, 0);
    });
  });

  it('tells everything that is wrong, with file and line, and writes nothing', async () => {
    await withTempDir(async (dir) => {
      await write(dir, {
        ...GOOD,
        'ddl/core/a.cypher':
          '\nCREATE NODE TABLE user (id INT64 PRIMARY KEY);\nCREATE REL TABLE R (FROM User TO Gone);',
      });
      const { code, json } = await runJson(dir, ['schema', 'build']);
      const { error, findings } = json as unknown as { error: { code: string }; findings: Record<string, unknown>[] };
      assert.equal(code, 1);
      assert.equal(error.code, 'DDL_UNDEFINED');
      assert.deepEqual(
        findings.map((one) => [one.code, one.file, one.line, one.column]),
        [
          ['DDL_UNDEFINED', 'ddl/core/a.cypher', 3, 34],
          ['DDL_DUPLICATE', 'ddl/core/nodes/user.cypher', 1, 1],
        ],
      );
      const { stderr } = await runCli(dir, ['schema', 'build', '--check']);
      assert.match(
        stderr,
        /The table User is defined twice: ddl\/core\/a\.cypher:2 and ddl\/core\/nodes\/user\.cypher:1\./,
      );
      assert.match(stderr, /^error: ddl\/core\/a\.cypher:3 needs the table Gone/);
      assert.deepEqual(await readdir(path.join(dir, 'ddl')), ['core']);
    });
  });

  it('keeps a file that somebody wrote by hand', async () => {
    await withTempDir(async (dir) => {
      await write(dir, { ...GOOD, 'ddl/schema.cypher': 'mine' });
      const { stdout } = await runCli(dir, ['schema', 'build', '--no-verify']);
      assert.match(stdout, /^note: .*ddl\/schema\.cypher\.orig\.\nMade /);
      assert.equal(await readFile(path.join(dir, 'ddl/schema.cypher.orig'), 'utf8'), 'mine');
      assert.equal(await readFile(path.join(dir, 'ddl/schema.cypher'), 'utf8'), MADE);
    });
  });

  it('says where DDL is looked for when there is none', async () => {
    await withTempDir(async (dir) => {
      await mkdir(path.join(dir, 'ddl/core'), { recursive: true });
      const { code, json } = await runJson(dir, ['--engine', 'duckdb', 'schema', 'build']);
      const { error } = json as unknown as { error: { code: string; message: string } };
      assert.deepEqual(
        [code, error.code, error.message],
        [1, 'DESIRED_SCHEMA_MISSING', 'There is no DDL in ddl/core (*.sql).'],
      );
    });
  });
});
