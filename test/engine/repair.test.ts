import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkMigrations } from '../../src/workflow/migrate/check';
import { repair } from '../../src/workflow/migrate/repair';
import type { RepairKind, RepairResult } from '../../src/workflow/migrate/repair-types';
import type { ChangeQuestion } from '../../src/workflow/migrate/types';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`repair on ${engine}`, () => {
    const mend = async (bench: MigrationBench, kind?: RepairKind, id = '1') => {
      const asked: ChangeQuestion[] = [];
      const result: RepairResult = await repair(bench.context(), {
        database: bench.database(),
        ...(kind ? { repair: { kind, id } } : {}),
        confirm: async (question) => void asked.push(question),
      });
      return { ...result, asked };
    };
    const codes = async (bench: MigrationBench) => {
      const { findings } = await checkMigrations(bench.context(), { database: bench.database() });
      return findings.map(({ code, id }) => `${code} ${id}`);
    };
    /** Three statements one by one, of which the last fails. */
    const half = (bench: MigrationBench) => {
      const { table, checkpoint, failing } = bench.words;
      return upDown([table('B'), checkpoint, failing], [bench.words.drop('B')], '-- transaction: none\n');
    };
    /** The state after a kill in a statement of which nobody knows whether it was done. */
    const interrupt = (bench: MigrationBench, version: string) =>
      bench.run(
        engine === 'kuzu'
          ? `MATCH (m:migration_history {version: '${version}'}) SET m.status = 'pending'`
          : `UPDATE migration_history SET status = 'pending' WHERE version = '${version}'`,
      );

    it('accepts an edited file: it counts as what was applied, and its way down as the way down', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, insert } = bench.words;
        await bench.write('001_a', upDown([table('A')], [drop('A')]));
        await bench.write('002_b', upDown([table('B')]));
        await bench.migrate('up');
        await bench.write('001_a', upDown([table('A'), insert('A', 1)], [drop('B'), drop('A')]));
        assert.deepEqual(await codes(bench), ['edited 1']);
        const { asked, repaired } = await mend(bench, 'accept');
        assert.deepEqual(
          repaired.map(({ kind, id, files }) => [kind, id, files]),
          [['accept', '1', []]],
        );
        assert.match(asked[0]?.changes[0]?.diff ?? '', /^\+INSERT|^\+CREATE \(/m);
        assert.deepEqual(await codes(bench), []);
        assert.deepEqual((await bench.events()).at(-1), 'repair 1 success');
        assert.deepEqual(await bench.version(), [{ version: '2', dirty: false }]);
        await bench.remove('001_a');
        await bench.remove('002_b');
        await mend(bench, 'forget', '2');
        await bench.migrate('down');
        assert.deepEqual(await bench.tables(), []);
      }));

    it('writes an edited file back, with what stands above its sections', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, insert } = bench.words;
        const text = upDown([table('A')], [drop('A')], '-- Written by hand.\n');
        await bench.write('001_a', text);
        await bench.migrate('up');
        await bench.write('001_a', text.replace(';\n', `;\n${insert('A', 1)};\n`));
        const { asked, repaired } = await mend(bench, 'rewrite');
        assert.equal(await bench.read('001_a'), text);
        assert.deepEqual(repaired[0]?.files, [`migrations/001_a${bench.words.ending}`]);
        assert.match(asked[0]?.changes[0]?.diff ?? '', /^-INSERT|^-CREATE \(/m);
        assert.deepEqual(await codes(bench), []);
      }));

    it('writes a file that is gone, so that it runs down and up as before', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, ending } = bench.words;
        await bench.write(`20240115_120000_a.up${ending}`, `-- no marker\n${table('A')};\n`);
        await bench.write(`20240115_120000_a.down${ending}`, `-- transaction: none\n${drop('A')};\n`);
        await bench.migrate('up');
        await bench.remove(`20240115_120000_a.up${ending}`);
        await bench.remove(`20240115_120000_a.down${ending}`);
        assert.deepEqual(await codes(bench), ['missing 20240115120000']);
        await mend(bench, 'rewrite', '20240115_120000');
        assert.deepEqual(readdirSync(path.join(bench.dir, 'migrations')), [`20240115120000_a${ending}`]);
        assert.deepEqual(await codes(bench), []);
        assert.match(await bench.read('20240115120000_a'), /transaction: none/);
        await bench.migrate('redo');
        assert.deepEqual(await bench.tables(), ['A']);
      }));

    it('writes both files of a pair back, and removes a way down that was added', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, ending } = bench.words;
        await bench.write(`1_a.up${ending}`, `${table('A')};\n`);
        await bench.migrate('up');
        await bench.write(`1_a.up${ending}`, `${table('B')};\n`);
        await bench.write(`1_a.down${ending}`, `${drop('B')};\n`);
        const { repaired } = await mend(bench, 'rewrite');
        assert.deepEqual(repaired[0]?.files, [`migrations/1_a.up${ending}`, `migrations/1_a.down${ending}`]);
        assert.equal(await bench.read(`1_a.up${ending}`), `${table('A')};\n`);
        assert.ok(!existsSync(path.join(bench.dir, 'migrations', `1_a.down${ending}`)));
        assert.deepEqual(await codes(bench), []);
      }));

    it('writes a code migration back under its own name', () =>
      withMigrations(engine, async (bench) => {
        const text = `export const up = (db) => db.run(${JSON.stringify(bench.words.table('A'))});\n`;
        await bench.write('001_a.mjs', text);
        await bench.migrate('up');
        await bench.remove('001_a.mjs');
        await mend(bench, 'rewrite');
        assert.equal(await bench.read('001_a.mjs'), text);
        assert.deepEqual(await codes(bench), []);
      }));

    it('forgets one whose file is gone', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        await bench.migrate('up');
        await bench.remove('001_a');
        await mend(bench, 'forget');
        assert.deepEqual(await bench.history(), []);
        assert.deepEqual(await bench.events(), ['up 1 success', 'repair 1 rolled_back']);
        assert.deepEqual(await bench.version(), [{ version: 'none', dirty: false }]);
        assert.deepEqual(await bench.tables(), ['A']);
      }));

    it('accepts edits of comments without being told which, and lists the rest with its commands', () =>
      withMigrations(engine, async (bench) => {
        const { table } = bench.words;
        await bench.write('001_a', upDown([table('A')]));
        await bench.write('002_b', upDown([table('B')]));
        await bench.migrate('up');
        await bench.write('001_a', upDown([`// why\n${table('A')}`]));
        await bench.remove('002_b');
        const { asked, repaired, findings } = await mend(bench);
        assert.equal(asked.length, 1);
        assert.deepEqual(
          repaired.map(({ id }) => id),
          ['1'],
        );
        assert.deepEqual(
          findings.map(({ code, commands }) => [code, ...commands]),
          [['missing', 'kuzu-migrate repair --rewrite 2', 'kuzu-migrate repair --forget 2']],
        );
        const again = await mend(bench);
        assert.deepEqual([again.asked, again.repaired.length, again.findings.length], [[], 0, 1]);
      }));

    it('takes an interrupted statement as done, or runs it again', () =>
      withMigrations(engine, async (bench) => {
        const { table, insert, checkpoint } = bench.words;
        await bench.write('001_b', half(bench));
        await bench.migrate('up');
        assert.deepEqual(await bench.history(), [{ version: '1', status: 'failed', done: 2, total: 3 }]);
        await interrupt(bench, '1');
        assert.deepEqual(await codes(bench), ['half-applied 1']);
        const { asked } = await mend(bench, 'done');
        assert.equal(asked[0]?.changes[0]?.text.params.statement, bench.words.failing);
        assert.deepEqual(await bench.history(), [{ version: '1', status: 'success', done: 3, total: 3 }]);
        assert.deepEqual(await bench.version(), [{ version: '1', dirty: false }]);
        const text = upDown([table('C'), checkpoint, insert('C', 1), 'NO SUCH WORD'], [], '-- transaction: none\n');
        await bench.write('002_c', text.replace('NO SUCH WORD', bench.words.failing));
        await bench.migrate('up');
        await interrupt(bench, '2');
        await mend(bench, 'retry', '2');
        assert.deepEqual((await bench.history())[1], { version: '2', status: 'failed', done: 3, total: 4 });
        await bench.write('002_c', text.replace('NO SUCH WORD', insert('C', 2)));
        const { error } = await bench.migrate('up');
        assert.equal(error, undefined);
        assert.equal(await bench.count('C'), 2);
      }));

    it('remembers which way a migration was going while others are repaired', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, checkpoint, failing } = bench.words;
        await bench.write('001_a', upDown([table('A')]));
        const down = [drop('B'), checkpoint, failing];
        await bench.write('002_b', upDown([table('B')], down, '-- transaction: none\n'));
        await bench.migrate('up');
        await bench.migrate('down');
        await bench.write('001_a', upDown([`// why\n${table('A')}`]));
        await mend(bench, 'accept', '1');
        const { findings } = await checkMigrations(bench.context(), { database: bench.database() });
        assert.equal(findings[0]?.message.params.way, 'down');
        await mend(bench, 'done', '2');
        assert.deepEqual(await bench.states(), ['1 applied', '2 pending']);
        assert.deepEqual(await bench.version(), [{ version: '1', dirty: false }]);
      }));

    it('runs half-done code again only when told to', () =>
      withMigrations(engine, async (bench) => {
        const { table, insert } = bench.words;
        const code = (more: string) =>
          `export const transaction = 'none';\nexport async function up(db) {\n  ${more}\n}\n`;
        await bench.write('001_a', upDown([table('A')]));
        await bench.write('002_c.mjs', code(`await db.run(${JSON.stringify(insert('A', 1))}); throw new Error('no');`));
        const first = await bench.migrate('up');
        assert.equal(first.error?.code, 'CODE_MIGRATION_FAILED');
        assert.equal(await bench.count('A'), 1);
        await bench.write('002_c.mjs', code(`await db.run(${JSON.stringify(insert('A', 2))});`));
        await assert.rejects(bench.migrate('up'), { code: 'CODE_HALF_DONE' });
        await assert.rejects(mend(bench, 'done', '2'), { code: 'REPAIR_IMPOSSIBLE' });
        const [found] = (await checkMigrations(bench.context(), { database: bench.database() })).findings;
        assert.equal(found?.commands[0], 'kuzu-migrate repair --retry 2');
        await mend(bench, 'retry', '2');
        const { error } = await bench.migrate('up');
        assert.equal(error, undefined);
        assert.equal(await bench.count('A'), 2);
        assert.deepEqual(await codes(bench), []);
      }));

    it('refuses to go on where the statements that are done were edited', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_b', half(bench));
        await bench.migrate('up');
        const file = await bench.write('001_b', half(bench).replaceAll('B', 'C'));
        await assert.rejects(bench.migrate('up'), { code: 'MIGRATION_HALF_EDITED', where: { file } });
        assert.deepEqual(await bench.history(), [{ version: '1', status: 'failed', done: 2, total: 3 }]);
        await mend(bench, 'rewrite');
        await bench.write('001_b', (await bench.read('001_b')).replace(bench.words.failing, bench.words.checkpoint));
        assert.equal((await bench.migrate('up')).error, undefined);
      }));

    it('puts the backup from before a migration back, with the history of that time, and keeps the present file', () =>
      withMigrations(engine, async (bench) => {
        const { table, insert } = bench.words;
        await bench.write('001_a', upDown([table('A'), insert('A', 1)]));
        await bench.write('002_b', half(bench));
        await bench.migrate('up');
        assert.deepEqual(await bench.tables(), ['A', 'B']);
        const { backup, asked, repaired } = await mend(bench, 'restore', '2');
        assert.equal(asked[0]?.changes[0]?.text.key, 'repair.restore');
        assert.deepEqual(
          repaired.map(({ kind, id }) => `${kind} ${id}`),
          ['restore 2'],
        );
        assert.deepEqual(await bench.tables(), ['A']);
        assert.equal(await bench.count('A'), 1);
        assert.deepEqual(await bench.states(), ['1 applied', '2 pending']);
        assert.deepEqual(await bench.events(), ['up 1 success', 'repair 2 rolled_back']);
        assert.deepEqual(await bench.version(), [{ version: '1', dirty: false }]);
        assert.deepEqual(
          readdirSync(path.dirname(bench.file)).filter((name) => name.includes('.migrate')),
          [],
        );
        assert.ok(backup && existsSync(path.join(backup, path.basename(bench.file))));
        await bench.write('002_b', upDown([table('C')]));
        assert.equal((await bench.migrate('up')).error, undefined);
      }));

    it('says when it has nothing to do, or no backup, and changes nothing then', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        await assert.rejects(mend(bench, 'accept'), { code: 'DATABASE_MISSING' });
        await bench.migrate('up');
        for (const kind of ['accept', 'rewrite', 'forget', 'done', 'retry'] as const) {
          await assert.rejects(mend(bench, kind), { code: 'REPAIR_IMPOSSIBLE' }, kind);
        }
        await assert.rejects(mend(bench, 'restore'), { code: 'BACKUP_NOT_FOUND' });
        await assert.rejects(mend(bench, 'accept', '7'), { code: 'MIGRATION_UNKNOWN' });
        assert.deepEqual(await bench.events(), ['up 1 success']);
      }));

    it('asks: no answer, no change; a protected database wants its name', () =>
      withMigrations(engine, async (bench) => {
        await bench.write('001_a', upDown([bench.words.table('A')]));
        await bench.migrate('up');
        await bench.remove('001_a');
        const refused = await bench.json(['repair', '--forget', '1']);
        assert.deepEqual([refused.code, refused.json.error?.code], [2, 'CONFIRMATION_NEEDED']);
        const both = await bench.json(['repair', '--forget', '1', '--accept', '1']);
        assert.deepEqual([both.code, both.json.error?.code], [2, 'USAGE']);
        await bench.configure({}, { protected: true });
        const unnamed = await bench.json(['repair', '--forget', '1', '--yes']);
        assert.match(unnamed.json.error?.hint ?? '', /--confirm dev/);
        assert.equal((await bench.history()).length, 1);
        const done = await bench.json(['repair', '--forget', '1', '--yes', '--confirm', 'dev']);
        assert.equal(done.code, 0, done.stderr);
        assert.deepEqual(done.json.repaired, [{ kind: 'forget', id: '1', name: 'a', files: [] }]);
      }));
  });
}
