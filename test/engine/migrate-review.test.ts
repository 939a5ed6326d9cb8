import assert from 'node:assert/strict';
import { readdir, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { holdDatabase } from '../support/hold';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);

async function ourTemporaries(): Promise<string[]> {
  const names = await readdir(os.tmpdir());
  return names.filter((name) => new RegExp(`^kuzu-migrate-(?:copy|shadow)-${process.pid}-`).test(name));
}

describe('migrations that could share a transaction on duckdb', () => {
  it('are copied first as the setting says, and before rows are lost', async () => {
    await withMigrations('duckdb', async ({ write, migrate, words }) => {
      await write('1_a', words.table('A'));
      await migrate('up');
      await write('2_b', words.table('B'));
      await write('3_c', words.table('C'));
      assert.equal((await migrate('up', { backupBefore: 'always' })).backups.length, 2);
      await write('4_b', 'CREATE OR REPLACE TABLE B(x INT)');
      await write('5_c', 'CREATE OR REPLACE TABLE C(x INT)');
      // One copy from before the first loss holds what both of them remove.
      assert.equal((await migrate('up')).backups.length, 1);
    });
  });

  it('run only after what they require', async () => {
    await withMigrations('duckdb', async ({ write, migrate, words, tables }) => {
      await write('1_a', `-- assume: SELECT false\n-- UP\n${words.table('A')};\n`);
      await write('2_b', `-- requires: 1\n-- UP\n${words.table('B')};\n`);
      await write('3_c', words.table('C'));
      await write('4_d', words.table('D'));
      const failed = await migrate('up');
      assert.deepEqual(statuses(failed), ['not-executed', 'error', 'not-executed', 'not-executed']);
      assert.equal(codeOf(failed), 'MIGRATION_REQUIRES');
      assert.deepEqual(await tables(), []);
    });
  });
});

for (const engine of ENGINES) {
  describe(`a run of migrations on ${engine}, looked at closely`, () => {
    it('goes on behind what is done when the header says no more that it runs without a transaction', async () => {
      await withMigrations(engine, async ({ write, migrate, words, count, history }) => {
        const [table, insert] =
          engine === 'kuzu'
            ? ['CREATE NODE TABLE S(id SERIAL, n INT64, PRIMARY KEY(id))', 'CREATE (:S {n: 1})']
            : ['CREATE TABLE S(n INT)', 'INSERT INTO S VALUES (1)'];
        await write('1_s', table);
        await write('2_half', upDown([insert, words.failing], [], '-- transaction: none\n'));
        assert.deepEqual(statuses(await migrate('up')), ['success', 'error']);
        await write('2_half', upDown([insert, insert]));
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.equal(await count('S'), 2);
        assert.deepEqual((await history())[1], { version: '2', status: 'success', done: 2, total: 2 });
      });
    });

    it('runs no statement with a NUL in it, and records an error that has one', async () => {
      await withMigrations(engine, async ({ write, migrate, words, count, history }) => {
        await write('1_a', words.table('A'));
        const text = JSON.stringify(`${words.insert('A', 1)}\0 and more`);
        await write('2_b.ts', `export async function up(db) { await db.run(${text}); }`);
        assert.deepEqual(statuses(await migrate('up')), ['success', 'error']);
        assert.equal(await count('A'), 0);
        await write('2_b.ts', `export async function up() { throw new Error('a\\0b'); }`);
        assert.deepEqual(statuses(await migrate('up')), ['error']);
        assert.deepEqual((await history())[1], { version: '2', status: 'failed', done: 0, total: 0 });
      });
    });

    it('tells its results also when code goes wrong that was never called', async () => {
      await withMigrations(engine, async ({ write, migrate, words }) => {
        await write('1_a', words.table('A'));
        await write('2_b', words.failing);
        const stray = `export async function up() {}\nlet at = 0;\nconst wait = () => (at++ < 50 ? setImmediate(wait) : Promise.reject(new Error('stray')));\nsetTimeout(wait, 1);\n`;
        await write('3_c.ts', stray);
        const failed = await migrate('up');
        assert.deepEqual(statuses(failed), ['success', 'error', 'not-executed']);
        assert.equal(codeOf(failed), 'STATEMENT_FAILED');
      });
    });

    it('leaves no copy behind when a plugin stops a dry run', async () => {
      await withMigrations(engine, async ({ write, migrate, words, configure, dir }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        await writeFile(path.join(dir, 'broken.mjs'), 'throw new Error("broken");\n');
        await configure({ plugins: ['./broken.mjs'] });
        await assert.rejects(migrate('up', { dryRun: true }), { code: 'PLUGIN_FAILED' });
        assert.deepEqual(await ourTemporaries(), []);
      });
    });

    it('locks the file that a link leads to, and rehearses under that lock', async () => {
      await withMigrations(engine, async ({ write, migrate, words, configure, dir, file, states }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        await symlink(file, path.join(dir, 'link.db'));
        await configure({}, { path: 'link.db' });
        await write('2_b', upDown([words.insert('A', 1)]));
        const seen: Promise<string[]>[] = [];
        const onStatement = () => seen.push(readdir(path.dirname(file)));
        await migrate('up', { rehearse: true, onStatement });
        const locks = (await Promise.all(seen)).map((names) => names.filter((name) => name.endsWith('.lock')));
        assert.deepEqual(locks, Array(2).fill([`${path.basename(file)}.migrate.lock`]));
        assert.deepEqual(await states(), ['1 applied', '2 applied']);
      });
    });
  });
}

describe('a run of migrations while another process holds the database', () => {
  for (const scripts of [1, 2]) {
    it(`says so, and calls none of ${scripts} failed`, async () => {
      await withMigrations('kuzu', async ({ write, migrate, words, file, log, events }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        for (let id = 2; id < 2 + scripts; id++) await write(`${id}_b`, words.insert('A', id));
        const holder = await holdDatabase(file);
        try {
          const failed = await migrate('up');
          assert.deepEqual([statuses(failed)[0], codeOf(failed)], ['not-executed', 'DATABASE_HELD']);
          assert.deepEqual(
            log.filter((line) => line.includes('record')),
            [],
          );
        } finally {
          await holder.close();
        }
        assert.deepEqual(await events(), ['up 1 success']);
      });
    });
  }
});
