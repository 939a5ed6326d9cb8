import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);
const q = (text: string) => JSON.stringify(text);

for (const engine of ENGINES) {
  describe(`a migration in TypeScript on ${engine}`, () => {
    it('shares one transaction with its row, and leaves nothing when it fails, whatever it catches', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, count, states }) => {
        const { insert, failing, table } = words;
        await write('1_a', upDown([table('A')]));
        const typed = `import type { X } from './x';
interface Db { run(text: string): Promise<{ touched: number | null }>; rows(text: string): Promise<Record<string, unknown>[]> }
export async function up(db: Db): Promise<void> {
  await db.run(${q(insert('A', 1))});
  const [{ n }] = await db.rows(${q(words.count('A'))});
  if (Number(n) !== 1) throw new Error('not one row');
  STEP
}
`;
        const file = await write('2_code.ts', typed.replace('STEP', `await db.run(${q(failing)});`));
        const failed = await migrate('up');
        assert.deepEqual([statuses(failed), codeOf(failed)], [['success', 'error'], 'STATEMENT_FAILED']);
        const { where } = failed.error ?? {};
        assert.deepEqual([where?.file, where?.line, where?.statement], [file, 7, failing]);
        await write(
          '2_code.ts',
          typed.replace('STEP', 'await Promise.resolve();\n  throw new TypeError("of its own");'),
        );
        const thrown = await migrate('up');
        assert.deepEqual([codeOf(thrown), thrown.error?.where.line], ['CODE_MIGRATION_FAILED', 8]);
        await write(
          '2_code.ts',
          typed.replace(
            'STEP',
            `try { await db.run(${q(failing)}); } catch {}\n  await db.run(${q(insert('A', 2))}).catch(() => 0);`,
          ),
        );
        const swallowed = await migrate('up');
        assert.deepEqual([codeOf(swallowed), swallowed.error?.where.line], ['STATEMENT_FAILED', 7]);
        const after = await look();
        assert.deepEqual(after.history[1], { version: '2', status: 'failed', done: 0, total: 0 });
        assert.deepEqual(after.version, [{ version: '1', dirty: false }]);
        assert.deepEqual(after.events.slice(1), ['up 2 failed', 'up 2 failed', 'up 2 failed']);
        assert.equal(await count('A'), 0);
        if (engine === 'kuzu') {
          const index = "CALL CREATE_FTS_INDEX('A', 'fx', ['name'])";
          await write('2_code.ts', typed.replace('STEP', `await db.run(${q(index)});`));
          assert.equal(codeOf(await migrate('up')), 'STATEMENT_NOT_TRANSACTIONAL');
        }
        await write('2_code.ts', typed.replace('STEP', `await db.run(${q('COMMIT')});`));
        assert.match(String(codeOf(await migrate('up'))), /^STATEMENT_(DANGEROUS|NOT_TRANSACTIONAL)$/);
        assert.equal(await count('A'), 0);
        await write('2_code.ts', typed.replace('STEP', ''));
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.deepEqual([await count('A'), await states()], [1, ['1 applied', '2 applied']]);
        await assert.rejects(migrate('down'), { code: 'MIGRATION_IRREVERSIBLE' });
      });
    });

    it('without a transaction keeps what it did, and is not run again by itself', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, count, status }) => {
        await write('1_a', upDown([words.table('A')]));
        const code = (last: string) => `export const transaction = 'none';
export async function up(db) {
  await db.run(${q(words.insert('A', 1))});
  ${last}
}
export const down = (db) => db.run(${q(words.remove('A', 1))});
`;
        await write('2_code.mjs', code('throw new Error("half way");'));
        const failed = await migrate('up');
        assert.deepEqual([statuses(failed), codeOf(failed)], [['success', 'error'], 'CODE_MIGRATION_FAILED']);
        assert.equal(failed.backups.length, 1);
        assert.deepEqual([await count('A'), (await status()).dirty], [1, true]);
        assert.deepEqual((await look()).history[1], { version: '2', status: 'failed', done: 1, total: 0 });
        await write('2_code.mjs', code(''));
        await assert.rejects(migrate('up'), { code: 'CODE_HALF_DONE' });
        await assert.rejects(migrate('down'), { code: 'MIGRATION_HALF_DONE' });
      });
    });

    it('without a transaction is not half done when nothing ran', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, status }) => {
        const code = (first: string) => `export const transaction = 'none';
export const up = (db) => db.run(${q(first)});
export const down = (db) => db.run(${q(words.drop('A'))});
`;
        await write('1_code.mjs', code(words.failing));
        assert.equal(codeOf(await migrate('up')), 'STATEMENT_FAILED');
        assert.equal((await status()).dirty, false);
        await write('1_code.mjs', code(words.table('A')));
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.deepEqual(statuses(await migrate('redo')), ['success', 'success']);
        assert.deepEqual((await look()).tables, ['A']);
        assert.deepEqual(statuses(await migrate('down')), ['success']);
        assert.deepEqual((await look()).events.slice(-2), ['down 1 pending', 'down 1 rolled_back']);
      });
    });
  });

  describe(`a plugin’s kind of migration on ${engine}`, () => {
    it('gives statements or code, runs as any other, and back from the history', async () => {
      await withMigrations(engine, async ({ migrate, write, remove, words, look, states, configure, count, dir }) => {
        await writeFile(
          path.join(dir, 'tables.mjs'),
          `export default { name: 'tables', kinds: [
  { ending: '.tables.txt', parse({ text }) {
    const of = (make) => text.split('\\n').flatMap((name, at) => name ? [{ text: make(name), line: at + 1 }] : []);
    return { up: of((name) => ${q(words.table('XX'))}.replaceAll('XX', name)), down: of((name) => 'DROP TABLE ' + name).reverse() };
  } },
  { ending: '.rows', parse({ text }) {
    return { up: async (db) => { for (const id of text.trim().split(' ')) await db.run(${q(words.insert('One', 99))}.replaceAll('99', id)); },
             down: async (db) => { for (const id of text.trim().split(' ')) await db.run(${q(words.remove('One', 99))}.replaceAll('99', id)); } };
  } } ] };\n`,
        );
        await configure({ plugins: ['./tables.mjs'] });
        await write('1_tables.tables.txt', 'One\nTwo\n');
        await write('2_rows.rows', '1 2 3\n');
        const up = await migrate('up');
        assert.deepEqual([statuses(up), String(up.error)], [['success', 'success'], 'undefined']);
        assert.deepEqual([(await look()).tables, await count('One')], [['One', 'Two'], 3]);
        await write('3_more.tables.txt', 'Three\n\nOne\n');
        const failed = await migrate('up');
        assert.equal(codeOf(failed), 'STATEMENT_FAILED');
        assert.deepEqual([failed.error?.where.file, failed.error?.where.line], ['migrations/3_more.tables.txt', 3]);
        await remove('3_more.tables.txt');
        await remove('1_tables.tables.txt');
        assert.deepEqual(await states(), ['1 missing', '2 applied']);
        const down = await migrate('down', { to: '0' });
        assert.deepEqual([statuses(down), String(down.error)], [['success', 'success'], 'undefined']);
        assert.deepEqual((await look()).tables, []);
      });
    });
  });
}
