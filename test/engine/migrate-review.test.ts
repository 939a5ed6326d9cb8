import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { symlink, mkdir, writeFile, access } from 'node:fs/promises';
import path from 'node:path';
import { ENGINES, upDown, withMigrations } from '../support/migrations';
import { holdDatabase } from '../support/hold';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);

describe('EXP duckdb', () => {
  it('E1 backup always in group', async () => {
    await withMigrations('duckdb', async ({ write, migrate, words }) => {
      await write('1_a', words.table('A'));
      await migrate('up');
      await write('2_b', words.table('B'));
      await write('3_c', words.table('C'));
      const done = await migrate('up', { backupBefore: 'always' });
      console.log('E1 backups', done.backups.length, statuses(done));
      await write('4_b', 'CREATE OR REPLACE TABLE B(x INT)');
      await write('5_c', 'CREATE OR REPLACE TABLE C(x INT)');
      const d2 = await migrate('up');
      console.log('E1b backups', d2.backups.length, statuses(d2));
    });
  });
  it('E2 requires in group', async () => {
    await withMigrations('duckdb', async ({ write, migrate, words }) => {
      await write('1_a', `-- assume: SELECT false\n-- UP\n${words.table('A')};\n`);
      await write('2_b', `-- requires: 1\n-- UP\n${words.table('B')};\n`);
      await write('3_c', words.table('C'));
      const done = await migrate('up');
      console.log('E2', statuses(done), codeOf(done));
    });
  });
  it('E5 nul', async () => {
    await withMigrations('duckdb', async ({ write, migrate, history, rows, log }) => {
      await write('1_a.ts', `export async function up(db) { await db.run("CREATE TABLE A(x INT)"); await db.run("INSERT INTO A VALUES (1)\\0, (2)"); }`);
      const done = await migrate('up');
      console.log('E5', statuses(done), String(done.error), await rows('SELECT count(*) AS n FROM A').catch(String));
      await write('2_b.ts', `export async function up(db) { throw new Error('a\\0b'); }`);
      const d2 = await migrate('up');
      console.log('E5b', statuses(d2), JSON.stringify(d2.error?.params), await history(), log);
    });
  });
  it('E6 dry', async () => {
    await withMigrations('duckdb', async ({ write, migrate, dir, run, words }) => {
      await run(words.table('Z'));
      await write('1_a', `COPY (SELECT 1) TO '${dir}/out.csv'`);
      const done = await migrate('up', { dryRun: true });
      console.log('E6', statuses(done), String(done.error), existsSync(`${dir}/out.csv`));
      await write('1_a', `-- transaction: none\n-- UP\nATTACH '${dir}/other.duckdb' AS o; CREATE TABLE o.t(x INT);`);
      const d2 = await migrate('up', { dryRun: true });
      console.log('E6b', statuses(d2), String(d2.error), existsSync(`${dir}/other.duckdb`));
    });
  });
});
for (const engine of ENGINES) {
  describe(`EXP ${engine}`, () => {
    it('E3 directive removed', async () => {
      await withMigrations(engine, async ({ write, migrate, words, count, rows, history }) => {
        await write('1_a', upDown([words.table('A')]));
        await migrate('up');
        const ins = engine === 'kuzu' ? 'CREATE (:S {name: 1})' : 'INSERT INTO S VALUES (1)';
        await write('2_s', engine === 'kuzu' ? 'CREATE NODE TABLE S(id SERIAL, name INT64, PRIMARY KEY(id))' : 'CREATE TABLE S(name INT)');
        await migrate('up');
        await write('3_x', upDown([ins, words.failing], [], '-- transaction: none\n'));
        console.log('E3', codeOf(await migrate('up')), await history());
        await write('3_x', upDown([ins, words.insert('A', 1)]));
        const d = await migrate('up');
        console.log('E3', String(d.error), statuses(d), await count('S'), await history());
      });
    });
    it('E7 dry leak', async () => {
      await withMigrations(engine, async ({ write, migrate, words, configure, dir }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        await writeFile(path.join(dir, 'p.mjs'), 'throw new Error("x")');
        await configure({ plugins: ['./p.mjs'] });
        const before = readdirSync('/tmp').filter((n) => n.startsWith('kuzu-migrate'));
        await migrate('up', { dryRun: true }).catch((e) => console.log('E7', String(e)));
        const after = readdirSync('/tmp').filter((n) => n.startsWith('kuzu-migrate'));
        console.log('E7 leaked', after.filter((n) => !before.includes(n)));
      });
    });
    it('E8 link', async () => {
      await withMigrations(engine, async ({ write, migrate, words, configure, dir, file, status }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        await symlink(file, path.join(dir, 'link.db'));
        await configure({}, { path: 'link.db' });
        await write('2_b', words.table('B'));
        let locks: string[] = [];
        await migrate('up', { onStatement: () => { locks = [...readdirSync(dir), ...readdirSync(path.dirname(file))].filter((n) => n.includes('lock')); } });
        console.log('E8', locks);
        console.log(await status().then((s) => s.migrations.map(({ state }) => state)));
      });
    });
    it('E10 stray', async () => {
      await withMigrations(engine, async ({ write, migrate, words, history }) => {
        await write('1_a', words.table('A'));
        await write('2_f', words.failing);
        await write('3_c.ts', `setTimeout(() => { Promise.reject(new Error('stray')); }, 300); export async function up(db) {}`);
        const d = await migrate('up', { onStatement: () => { const until = Date.now() + 300; while (Date.now() < until); } }).catch((e) => ({ threw: String(e) }));
        console.log('E10', 'threw' in d ? d : [statuses(d), String(d.error)], await history());
      });
    });
    if (engine === 'kuzu') it('E4 held', async () => {
      await withMigrations(engine, async ({ write, migrate, words, file, log, history }) => {
        await write('1_a', words.table('A'));
        await migrate('up');
        await write('2_b', words.insert('A', 1));
        await write('3_c', words.insert('A', 2));
        const holder = await holdDatabase(file);
        try {
          const d = await migrate('up');
          console.log('E4', statuses(d), codeOf(d), log);
        } finally { await holder.close(); }
        console.log(await history());
      });
    });
  });
}
void mkdir; void access; void assert;
