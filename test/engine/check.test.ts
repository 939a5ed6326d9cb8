import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../src/core/migration/check-types';
import { checkMigrations } from '../../src/workflow/migrate/check';
import { listHistory } from '../../src/workflow/migrate/history-list';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`check on ${engine}`, () => {
    const check = (bench: MigrationBench, noPending = false) =>
      checkMigrations(bench.context(), { database: bench.database(), noPending });
    const codes = (findings: readonly Finding[]) =>
      findings.map(({ severity, code, id }) => `${severity} ${code} ${id}`);

    it('finds nothing before the first run, and makes nothing', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')], [bench.words.drop('A')]));
        assert.deepEqual((await check(bench)).findings, []);
        assert.deepEqual(await readdir(bench.dir), ['kuzu-migrate.json', 'migrations']);
      }));

    it('finds a pending migration only when asked to', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        const { findings } = await check(bench, true);
        assert.deepEqual(codes(findings), ['error pending 1']);
        assert.deepEqual(findings[0]?.commands, ['kuzu-migrate up']);
      }));

    it('shows what was applied against what the file says, with the line and the command', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, insert } = bench.words;
        await bench.write('001_a', upDown([table('A'), insert('A', 1)], [drop('A')]));
        await bench.migrate('up');
        const file = await bench.write('001_a', upDown([table('A'), insert('A', 2)], [drop('A')]));
        const { findings } = await check(bench);
        assert.deepEqual(codes(findings), ['error edited 1']);
        const [found] = findings;
        assert.equal(found?.file, file);
        assert.equal(found.line, 3);
        assert.deepEqual(found.commands, ['kuzu-migrate repair --accept 1', 'kuzu-migrate repair --rewrite 1']);
        const lines = found.diff?.split('\n') ?? [];
        assert.ok(lines.includes(`-${insert('A', 1)};`), found.diff);
        assert.ok(lines.includes(`+${insert('A', 2)};`), found.diff);
        assert.deepEqual(lines.slice(0, 2), ['--- history/1', `+++ ${file}`]);
      }));

    it('shows both files of a pair', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, ending, insert } = bench.words;
        await bench.write(`1_a.up${ending}`, `${table('A')};\n`);
        await bench.write(`1_a.down${ending}`, `${drop('A')};\n`);
        await bench.migrate('up');
        await bench.write(`1_a.down${ending}`, `${insert('A', 1)};\n${drop('A')};\n`);
        const [found] = (await check(bench)).findings;
        assert.equal(found?.code, 'edited');
        assert.match(found?.diff ?? '', new RegExp(`\\+\\+\\+ migrations/1_a\\.down\\${ending}`));
        assert.ok(!found?.diff?.includes('+++ migrations/1_a.up'), found?.diff);
      }));

    it('notes an edit of comments alone', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        await bench.migrate('up');
        await bench.write('001_a', upDown([`// why\n${bench.words.table('A')}`]));
        const { findings } = await check(bench);
        assert.deepEqual(codes(findings), ['note comments-edited 1']);
        assert.match(findings[0]?.diff ?? '', /^\+\/\/ why$/m);
        const { code, stdout } = await bench.cli(['check']);
        assert.equal(code, 0, stdout);
      }));

    it('finds what is missing, late, failed, half done, and wrong in the files', () =>
      withMigrations(engine, async (bench) => {
        const { table, failing, checkpoint } = bench.words;
        await bench.write('001_a', upDown([table('A')]));
        await bench.write('003_c', upDown([table('C')]));
        await bench.migrate('up');
        await bench.remove('001_a');
        await bench.write('002_b', upDown([table('B')]));
        await bench.write('004_d', upDown([table('D'), checkpoint, failing], [], '-- transaction: none\n'));
        await bench.migrate('up', { allowOutOfOrder: true, to: '2' });
        await bench.remove('002_b');
        await bench.write('002_b', upDown([table('B')]));
        await bench.write('001_0', upDown([table('Z')]).replace('UP', 'UPP'));
        await bench.remove('001_0');
        const run = await bench.migrate('up');
        assert.equal(run.error?.code, 'STATEMENT_FAILED');
        await bench.write('005_e', upDown([failing]));
        await bench.write('006_f', '-- transaction: maybe\n');
        await bench.write('07x_g', upDown([table('G')]));
        const { findings } = await check(bench);
        assert.deepEqual(codes(findings), [
          'error MIGRATION_NAME_INVALID null',
          'error SCRIPT_INVALID null',
          'error missing 1',
          'error half-applied 4',
        ]);
        const [, script, missing, half] = findings;
        assert.deepEqual([script?.file, script?.line], [`migrations/006_f${bench.words.ending}`, 1]);
        assert.deepEqual(missing?.commands, ['kuzu-migrate repair --rewrite 1', 'kuzu-migrate repair --forget 1']);
        assert.deepEqual(half?.commands, ['kuzu-migrate up', 'kuzu-migrate repair --restore 4']);
        assert.deepEqual([half?.message.params.done, half?.message.params.total], [2, 3]);
      }));

    it('tells a late one and a failed one', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('002_b', upDown([bench.words.table('B')]));
        await bench.write('003_c', upDown([bench.words.failing]));
        await bench.migrate('up');
        await bench.write('001_a', upDown([bench.words.table('A')]));
        const { findings } = await check(bench);
        assert.deepEqual(codes(findings), ['error out-of-order 1', 'error failed 3']);
        assert.notEqual(findings[1]?.message.params.error, '');
        assert.deepEqual(findings[0]?.commands, ['kuzu-migrate up --allow-out-of-order']);
      }));

    it('runs the checks of plugins, which only read', () =>
      withMigrations(engine, async (bench) => {
        const { table, insert, count } = bench.words;
        await bench.write('001_a', upDown([table('A'), insert('A', 1)]));
        await bench.migrate('up');
        const rows = `const [{ n }] = await db.rows(${JSON.stringify(count('A'))});`;
        const plugin = (body: string) =>
          bench.write(
            '../plugin.mjs',
            `export default { name: 'p', checks: [{ name: 'few', run: async (db, { migrations }) => { ${body} } }] };`,
          );
        await bench.configure({ plugins: ['./plugin.mjs'] });
        const finding = `{ severity: n > 0 ? 'error' : 'note', message: n + ' of ' + migrations[0].state, file: migrations[0].file, line: 2 }`;
        await plugin(`${rows} return [${finding}];`);
        const [found] = (await check(bench)).findings;
        assert.deepEqual(
          [found?.severity, found?.code, found?.id, found?.line, found?.message.params.message],
          ['error', 'plugin', '1', 2, '1 of applied'],
        );
        await plugin(`await db.rows(${JSON.stringify(insert('A', 2))}); return [];`);
        await assert.rejects(check(bench), { code: 'STATEMENT_NOT_READING' });
        assert.equal(await bench.count('A'), 1);
      }));

    it('prints findings for people and for scripts, with exit code 3', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        await bench.migrate('up');
        await bench.write('001_a', upDown([bench.words.table('B')]));
        const { code, json } = await bench.json(['validate']);
        assert.equal(code, 3);
        assert.equal(json.ok, true);
        const [found] = json.findings as Record<string, unknown>[];
        assert.deepEqual(Object.keys(found ?? {}), [
          'severity',
          'code',
          'id',
          'file',
          'line',
          'message',
          'cause',
          'remedy',
          'commands',
          'diff',
        ]);
        assert.equal(found?.remedy, 'kuzu-migrate repair --accept 1');
        const text = await bench.cli(['check']);
        assert.equal(text.code, 3);
        assert.match(text.stdout, /\(edited\)[\s\S]*cause:[\s\S]*`kuzu-migrate repair --accept 1`[\s\S]*\+CREATE/);
        assert.ok(!(await readdir(path.dirname(bench.file))).some((name) => name.includes('.migrate.')));
      }));

    it('lists the history, newest last, and no more than asked for', () =>
      withMigrations(engine, async (bench) => {
        const database = bench.database();
        assert.deepEqual((await listHistory(bench.context(), { database })).events, []);
        await bench.write('001_a', upDown([bench.words.table('A')], [bench.words.drop('A')]));
        await bench.write('002_b', upDown([bench.words.failing]));
        await bench.migrate('up');
        await bench.migrate('down');
        const { events } = await listHistory(bench.context(), { database });
        assert.deepEqual(
          events.map(({ seq, action, version, status }) => `${seq} ${action} ${version} ${status}`),
          ['1 up 1 success', '2 up 2 failed', '3 down 1 rolled_back'],
        );
        const { code, json } = await bench.json(['history', '--limit', '2']);
        assert.equal(code, 0);
        const listed = json.events as Record<string, unknown>[];
        assert.deepEqual(Object.keys(listed[0] ?? {}), [
          'seq',
          'at',
          'action',
          'version',
          'status',
          'executionMs',
          'error',
        ]);
        assert.deepEqual(
          listed.map(({ seq }) => seq),
          [2, 3],
        );
        assert.match((await bench.cli(['history'])).stdout, /down\t.*rolled back/);
        assert.match((await bench.cli(['history', '--lang', 'ja'])).stdout, /ロールバック済み/);
      }));
  });
}
