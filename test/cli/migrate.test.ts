import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ENGINES, upDown, withMigrations } from '../support/migrations';
import { dist } from '../support/project';

for (const engine of ENGINES) {
  describe(`kuzu-migrate up, down and status on ${engine}`, () => {
    it('ask where they have to, and say what to pass where nobody can answer', async () => {
      await withMigrations(engine, async ({ write, words, json, cli, configure, look }) => {
        await write('1_a', upDown([words.table('A'), words.insert('A', 1)], [words.drop('A')]));
        const fresh = await cli(['up']);
        assert.deepEqual([fresh.code, fresh.stderr.replace(/^Migrating\n/, '')], [0, '']);
        assert.match(fresh.stdout, /^ok +1 a {2}\d+ ms\nApplied: 1\.\n$/);
        for (const command of ['down', 'redo']) {
          const { code, json: answer } = await json([command]);
          assert.deepEqual([code, answer.error?.code], [2, 'CONFIRMATION_NEEDED']);
          assert.equal(answer.error?.hint, 'Pass --yes.');
        }
        await write('2_loss', upDown([words.dropColumn('A', 'name')]));
        assert.deepEqual((await json(['up'])).json.error?.code, 'CONFIRMATION_NEEDED');
        assert.deepEqual((await look()).history.length, 1);
        await configure({}, { protected: true });
        await write('2_loss', upDown([words.insert('A', 2)]));
        for (const flags of [[], ['--yes'], ['--confirm', 'dev'], ['--yes', '--confirm', 'other']]) {
          const { code, json: answer } = await json(['up', ...flags]);
          assert.deepEqual([code, answer.error?.hint], [2, 'Pass --yes --confirm dev.'], flags.join(' '));
        }
        const sure = await json(['up', '--yes', '--confirm', 'dev']);
        assert.deepEqual([sure.code, sure.json.results?.map(({ status }) => status)], [0, ['success']]);
        await configure({}, { readOnly: true });
        assert.deepEqual((await json(['down', '--yes'])).json.error?.code, 'DATABASE_READ_ONLY');
        assert.equal((await json(['status'])).code, 0);
      });
    });

    it('take what they are told, and refuse what makes no sense as a wrong call', async () => {
      await withMigrations(engine, async ({ write, words, cli, json, file }) => {
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        for (const args of [
          ['up', '--steps', '0'],
          ['up', '--steps', 'x'],
          ['up', '--steps', '1', '--to', '1'],
          ['up', '--to'],
          ['up', '--lock-timeout', '-1'],
          ['repair', '--lock-timeout', 'x'],
          ['baseline', '1', '--lock-timeout', '-1'],
          ['up', '--backup-before', 'sometimes'],
          ['down', '--rehearse'],
          ['redo', '--to', '1'],
          ['up', 'extra'],
        ]) {
          const { code, stderr } = await cli(args);
          assert.deepEqual([code, /\(USAGE\)/.test(stderr)], [2, true], `${args.join(' ')}: ${stderr}`);
        }
        assert.deepEqual([(await json(['up', '--to', '7'])).code, existsSync(file)], [2, false]);
        const pending = await cli(['status', '--exit-code']);
        assert.equal(pending.code, 3);
        assert.match(pending.stdout, /1\s+a\s+pending[\s\S]*dev: 0 applied, 1 pending\.\n$/);
        assert.equal((await cli(['apply'])).code, 0);
        assert.equal((await cli(['status', '--exit-code'])).code, 0);
        const ja = await cli(['--lang', 'ja', 'up']);
        assert.match(ja.stdout, /[ぁ-ん]/);
      });
    });

    it('stop at Ctrl+C with what is done, and go on afterwards', async () => {
      await withMigrations(engine, async ({ write, words, dir, look, json }) => {
        const slow =
          engine === 'kuzu'
            ? 'UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN sum(a + b + c)'
            : 'SELECT sum(a.i + b.i + c.i) FROM range(30000) a(i), range(30000) b(i), range(3000) c(i)';
        await write('1_a', upDown([words.table('A')]));
        await write('2_b', upDown([words.insert('A', 1), slow]));
        const child = spawn(process.execPath, [path.join(dist, 'cli.js'), 'up', '--json', '--verbose'], {
          cwd: dir,
          env: { ...process.env, LANG: 'C.UTF-8' },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const ended = once(child, 'close');
        let [stdout, stderr] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          const before = stderr.includes('2: statement 2');
          stderr += text;
          if (!before && stderr.includes('2: statement 2')) child.kill('SIGINT');
        });
        const [code] = await ended;
        const answer = JSON.parse(stdout);
        assert.deepEqual([code, answer.ok, answer.error.code], [1, false, 'CANCELLED']);
        assert.deepEqual(
          answer.results.map(({ status }: { status: string }) => status),
          ['success', 'error'],
        );
        const { history, version } = await look();
        assert.deepEqual([history.length, version], [1, [{ version: '1', dirty: false }]]);
        await write('2_b', upDown([words.insert('A', 1)]));
        assert.equal((await json(['up'])).code, 0);
      });
    });
  });
}
