import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withTempDir } from '../support/kuzu-script';
import { runCli, runJson } from './run-cli';

describe('kuzu-migrate create', () => {
  it('prints the script that it made', async () => {
    await withTempDir(async (dir) => {
      const { code, stdout, stderr } = await runCli(dir, ['create', 'Add user email']);
      assert.deepEqual([code, stderr], [0, '']);
      const [, file = ''] = /^Created (migrations\/\d{8}_\d{6}_add_user_email\.cypher)\.\n$/.exec(stdout) ?? [];
      assert.match(await readFile(path.join(dir, file), 'utf8'), /-- UP\n[\s\S]*-- DOWN\n/);
    });
  });

  it('makes a pair, or code, and says so as JSON', async () => {
    await withTempDir(async (dir) => {
      const pair = await runJson(dir, ['--engine', 'duckdb', 'create', 'x', '--kind', 'pair']);
      assert.equal(pair.code, 0);
      const { ok, files } = pair.json as unknown as { ok: boolean; files: string[] };
      assert.equal(ok, true);
      assert.match(files.join(' '), /^migrations\/(\d{14})_x\.up\.sql migrations\/\1_x\.down\.sql$/);
      const code = await runJson(dir, ['create', 'バックフィル', '--kind', 'ts']);
      const [made = ''] = (code.json as unknown as { files: string[] }).files;
      assert.match(made, /^migrations\/\d{8}_\d{6}_バックフィル\.ts$/);
      assert.match(await readFile(path.join(dir, made), 'utf8'), /export async function up\(/);
      assert.equal((await readdir(path.join(dir, 'migrations'))).length, 3);
    });
  });

  it('notes on stderr, beside JSON, that another id is later', async () => {
    await withTempDir(async (dir) => {
      await writeFile(path.join(dir, 'kuzu-migrate.json'), '{"databases":{},"migrations":"."}');
      await writeFile(path.join(dir, '99990101_000000_x.cypher'), '');
      const { json, stderr } = await runJson(dir, ['create', 'y']);
      assert.equal(json.ok, true);
      assert.match(stderr, /^note: .*99990101000000.*\n$/);
    });
  });

  it('refuses a name, a missing one and an unknown kind as a wrong call', async () => {
    await withTempDir(async (dir) => {
      const bad = await runJson(dir, ['create', '../x']);
      assert.equal(bad.code, 2);
      assert.equal((bad.json as unknown as { error: { code: string } }).error.code, 'MIGRATION_NAME_INVALID');
      for (const args of [['create'], ['create', 'x', '--kind', 'go'], ['create', 'two', 'words']]) {
        const { code, stderr } = await runCli(dir, args);
        assert.deepEqual([code, /\(USAGE\)/.test(stderr)], [2, true], args.join(' '));
      }
      assert.deepEqual(await readdir(dir), []);
    });
  });

  it('explains itself', async () => {
    await withTempDir(async (dir) => {
      const { code, stdout } = await runCli(dir, ['create', '--help']);
      assert.equal(code, 0);
      assert.match(
        stdout,
        /Usage: kuzu-migrate create .*<name>[\s\S]*--kind[\s\S]*\$ kuzu-migrate create "add user email"/,
      );
    });
  });
});
