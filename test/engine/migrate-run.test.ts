import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportVersion } from '../../src/workflow/export/export';
import { importVersion } from '../../src/workflow/import/import';
import { holdDatabase } from '../support/hold';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';
import { until } from '../support/project';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);

/** Every file of the project with its identity, and what lies in the temporary folders. */
async function listing({ dir, tmp }: MigrationBench): Promise<string[]> {
  const names = await readdir(dir, { recursive: true });
  const lines = await Promise.all(
    names.map(async (name) => {
      const info = await stat(path.join(dir, name), { bigint: true });
      return `${name} ${info.ino} ${info.size} ${info.mtimeNs} ${info.ctimeNs}`;
    }),
  );
  return [...lines.sort(), ...(await readdir(tmp))];
}

const ourTemporaries = async () =>
  (await readdir(os.tmpdir())).filter((name) => new RegExp(`^kuzu-migrate-\\w+-${process.pid}-`).test(name));

for (const engine of ENGINES) {
  describe(`a dry run on ${engine}`, () => {
    it('tells statements, times, rows and the change of the schema, and leaves nothing behind', async () => {
      await withMigrations(engine, async (bench) => {
        const { migrate, write, words, json, cli, configure } = bench;
        await write('1_a', upDown([words.table('A'), words.insert('A', 1), words.insert('A', 2)], [words.drop('A')]));
        await write('2_b', upDown([words.table('B'), words.rename('A', 'x')], [words.drop('B')]));
        const empty = await listing(bench);
        const first = await migrate('up', { dryRun: true });
        assert.deepEqual(statuses(first), ['success', 'success']);
        assert.deepEqual(
          first.notes.map(({ key }) => key),
          ['migration.dryOnEmpty'],
        );
        assert.deepEqual(
          first.results.map(({ statements }) => statements.map(({ text, line, touched }) => [text, line, touched])),
          [
            [
              [words.table('A'), 2, undefined],
              [words.insert('A', 1), 3, 1],
              [words.insert('A', 2), 4, 1],
            ],
            [
              [words.table('B'), 2, undefined],
              [words.rename('A', 'x'), 3, 2],
            ],
          ],
        );
        assert.ok(first.results.every(({ statements }) => statements.every(({ ms }) => ms > 0)));
        assert.deepEqual(
          (first.schema?.changes ?? []).map(({ kind, object }) => [kind, object]),
          [
            ['add-table', 'A'],
            ['add-table', 'B'],
          ],
        );
        assert.deepEqual([await listing(bench), await ourTemporaries()], [empty, []]);
        await migrate('up');
        // A read-only database can be looked at, and a protected one is not asked about.
        await configure({}, { readOnly: true, protected: true });
        const before = await listing(bench);
        const down = await json(['down', '--to', '0', '--dry-run']);
        assert.deepEqual([down.code, down.json.results?.map(({ status }) => status)], [0, ['success', 'success']]);
        assert.deepEqual(
          (down.json.changes as { kind: string; object: string }[]).map(({ kind, object }) => `${kind} ${object}`),
          ['drop-table A', 'drop-table B'],
        );
        const { stdout } = await cli(['redo', '--dry-run']);
        assert.match(stdout, /DROP TABLE B[\s\S]*CREATE [\s\S]*rows: 2[\s\S]*The schema stays as it is/);
        assert.deepEqual(await listing(bench), before);
        await write('3_c', upDown([words.failing]));
        const more = await listing(bench);
        const failed = await json(['up', '--dry-run']);
        assert.deepEqual([failed.code, failed.json.ok, failed.json.error?.line], [1, false, 2]);
        assert.deepEqual(await listing(bench), more);
        await assert.rejects(migrate('up'), { code: 'DATABASE_READ_ONLY' });
      });
    });

    it('runs first, and decides, with --rehearse', async () => {
      await withMigrations(engine, async (bench) => {
        const { migrate, write, words, look } = bench;
        await write('1_a', upDown([words.table('A')]));
        await migrate('up');
        await write('2_b', upDown([words.insert('A', 1)]));
        await write('3_c', upDown([words.failing]));
        // The lock came into the database's folder and went again.
        const files = async () => (await listing(bench)).filter((line) => !line.startsWith('data '));
        const before = await files();
        const failed = await migrate('up', { rehearse: true });
        assert.deepEqual([codeOf(failed), failed.notes.at(-1)?.key], ['STATEMENT_FAILED', 'migration.rehearsalFailed']);
        assert.deepEqual([await files(), await ourTemporaries()], [before, []]);
        await bench.remove('3_c');
        assert.deepEqual(statuses(await migrate('up', { rehearse: true })), ['success']);
        assert.deepEqual((await look()).history.length, 2);
      });
    });
  });

  describe(`a run of migrations on ${engine}`, () => {
    it('refuses in advance what would break the database, before anything ran', async () => {
      await withMigrations(engine, async ({ migrate, write, words, states, dir }) => {
        await write('1_a', upDown([words.table('A')]));
        const bad = engine === 'kuzu' ? 'CALL show_functions() RETURN *' : 'USE other';
        const file = await write('2_bad', upDown([words.insert('A', 1), bad]));
        await assert.rejects(migrate('up'), (error: { code: string; where: Record<string, unknown> }) => {
          assert.equal(error.code, 'STATEMENT_DANGEROUS');
          assert.deepEqual(error.where, { file, line: 3, column: 1, statement: bad });
          return true;
        });
        await write('2_bad', upDown([words.insert('A', 1)], [], "-- assume: 'open\n"));
        await assert.rejects(migrate('up'), { code: 'SCRIPT_INVALID' });
        assert.deepEqual(await states(), ['1 pending', '2 pending']);
        assert.deepEqual(await readdir(path.join(dir, 'data')), []);
      });
    });

    it('is cancelled between two migrations or in the middle of one, and what is done stays', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, states }) => {
        const slow =
          engine === 'kuzu'
            ? 'UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 300) AS c RETURN sum(a + b + c)'
            : 'SELECT sum(a.i + b.i + c.i) FROM range(30000) a(i), range(30000) b(i), range(300) c(i)';
        await write('1_a', upDown([words.table('A')]));
        await write('2_b', upDown([words.insert('A', 1), slow, words.insert('A', 2)]));
        await write('3_c', upDown([words.table('C')]));
        const stop = new AbortController();
        const outcome = await migrate('up', {
          signal: stop.signal,
          onStatement: ({ id, index }) => {
            if (id === '2' && index === 1) stop.abort();
          },
        });
        assert.deepEqual([statuses(outcome), codeOf(outcome)], [['success', 'error', 'not-executed'], 'CANCELLED']);
        const { history, tables, version } = await look();
        assert.deepEqual([history.length, tables, version], [1, ['A'], [{ version: '1', dirty: false }]]);
        assert.deepEqual(await states(), ['1 applied', '2 pending', '3 pending']);
        await write('2_b', upDown([words.insert('A', 1)]));
        assert.deepEqual(statuses(await migrate('up')), ['success', 'success']);
        stop.abort();
        await assert.rejects(migrate('up', { signal: stop.signal }), { code: 'CANCELLED' });
      });
    });

    it('finds the one of many that fails, and keeps those before it', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, status }) => {
        // So many that they share requests, and on DuckDB transactions.
        for (let at = 1; at <= 40; at++)
          await write(
            `${at}_t`,
            upDown([at === 25 ? words.table('T3') : words.table(`T${at}`)], [words.drop(`T${at}`)]),
          );
        const failed = await migrate('up');
        assert.deepEqual(statuses(failed), [...Array(24).fill('success'), 'error', ...Array(15).fill('not-executed')]);
        assert.equal(failed.error?.where.file, `migrations/25_t${words.ending}`);
        const { history, events, tables, version } = await look();
        assert.deepEqual([history.length, tables.length, version], [25, 24, [{ version: '24', dirty: false }]]);
        assert.deepEqual(events, [...Array.from({ length: 24 }, (_, at) => `up ${at + 1} success`), 'up 25 failed']);
        await write('25_t', upDown([words.table('T25')], [words.drop('T25')]));
        assert.deepEqual(statuses(await migrate('up')), Array(16).fill('success'));
        const whole = await status();
        assert.deepEqual(
          [whole.current, whole.migrations.every(({ executionMs }) => executionMs !== null)],
          ['40', true],
        );
        assert.deepEqual(statuses(await migrate('down', { to: '20' })), Array(20).fill('success'));
        const after = await look();
        assert.deepEqual([after.tables.length, after.version], [20, [{ version: '20', dirty: false }]]);
        assert.equal(after.events.length, 25 + 16 + 20);
      });
    });

    it('runs a script of 5 MB', async () => {
      await withMigrations(engine, async ({ migrate, write, words, count }) => {
        const long = 'x'.repeat(2 << 20);
        const inserts = [1, 2].map((id) => words.insert('A', id, long));
        await write('1_big', `${words.table('A')};\n${inserts.join(';\n')};\n-- ${'y'.repeat(1 << 20)}\n`);
        const outcome = await migrate('up');
        assert.deepEqual([statuses(outcome), String(outcome.error), await count('A')], [['success'], 'undefined', 2]);
      });
    });

    it('is alone: of two at once one wins, and the other waits and finds nothing to do, or says who it is', async () => {
      await withMigrations(engine, async ({ write, words, json, cli, look, file, dir }) => {
        for (let at = 1; at <= 5; at++) await write(`${at}_t`, upDown([words.table(`T${at}`)]));
        const both = await Promise.all([json(['up']), json(['up'])]);
        assert.deepEqual(
          both.map(({ code }) => code),
          [0, 0],
          JSON.stringify(both.map(({ json: answer }) => answer)),
        );
        assert.deepEqual(both.map(({ json: answer }) => answer.results?.length).sort(), [0, 5]);
        assert.equal((await look()).events.length, 5);
        await writeFile(
          `${file}.migrate.lock`,
          JSON.stringify({
            pid: process.pid,
            host: os.hostname(),
            since: new Date().toISOString(),
            action: 'up',
            id: 'x',
            heartbeatMs: 5000,
          }),
        );
        await write('6_t', upDown([words.table('T6')]));
        const started = await stat(`${file}.migrate.lock`);
        const held = await json(['up', '--lock-timeout', '0']);
        assert.deepEqual([held.code, held.json.error?.code], [1, 'DATABASE_BUSY_WITH_US']);
        assert.ok(held.json.error?.message.includes(String(process.pid)), held.json.error?.message);
        assert.ok(held.json.error?.message.includes(os.hostname()));
        for (const command of [['repair'], ['baseline', '6']]) {
          const other = await json([...command, '--lock-timeout', '0', '--yes']);
          assert.deepEqual([other.code, other.json.error?.code], [1, 'DATABASE_BUSY_WITH_US'], command[0]);
        }
        assert.equal((await stat(`${file}.migrate.lock`)).mtimeMs, started.mtimeMs);
        // Reading takes no lock.
        assert.equal((await cli(['status'])).code, 0);
        assert.equal((await cli(['up', '--dry-run'])).code, 0);
        // One whose process is gone is taken over, with a message.
        await writeFile(
          `${file}.migrate.lock`,
          JSON.stringify({
            pid: 2 ** 22 + 1,
            host: os.hostname(),
            since: new Date().toISOString(),
            action: 'up',
            id: 'x',
            heartbeatMs: 5000,
          }),
        );
        const over = await cli(['up']);
        assert.equal(over.code, 0, over.stderr);
        assert.match(over.stderr, /note: .*4194305/);
        assert.deepEqual(
          (await readdir(path.join(dir, 'data'))).filter((name) => name.includes('lock')),
          [],
        );
      });
    });
  });
}

describe('the history on kuzu, in versions', () => {
  it('travels with an export, comes back with a rollback, and shows in no comparison', async () => {
    await withMigrations(
      'kuzu',
      async ({ migrate, write, words, context, database, states, look, dir, json, file }) => {
        await write('1_a', upDown([words.table('A'), words.insert('A', 1)], [words.drop('A')]));
        await write('2_b', upDown([words.table('B')], [words.drop('B')]));
        await migrate('up');
        const made = await exportVersion(context(), {
          database: database(),
          version: 'v1.0.0',
          format: 'parquet',
          schemaOnly: false,
        });
        assert.deepEqual(
          made.changes.map(({ object }) => object),
          ['A', 'B'],
        );
        const changelog = await readFile(path.join(made.dir, 'CHANGELOG.md'), 'utf8');
        assert.doesNotMatch(changelog, /migration_history|schema_version|migration_event/);
        assert.match(changelog, /\| 2 tables \| 1 \|/);
        await write('3_c', upDown([words.table('C')], [words.drop('C')]));
        await migrate('up');
        const diff = await json(['diff', 'v1.0.0', 'db']);
        assert.deepEqual(
          (diff.json.changes as { kind: string; object: string }[]).map(({ kind, object }) => `${kind} ${object}`),
          ['add-table C'],
        );
        for (const source of ['db', 'v1.0.0', `file:${path.relative(dir, file)}`, 'dir:migrations/v1.0.0']) {
          const shown = await json(['schema', 'show', source]);
          assert.equal(shown.code, 0, JSON.stringify(shown.json));
          assert.doesNotMatch(JSON.stringify(shown.json), /migration_history|schema_version|migration_event/, source);
        }
        const back = await json(['rollback', 'v1.0.0', '--yes']);
        assert.equal(back.code, 0, JSON.stringify(back.json));
        assert.deepEqual(await states(), ['1 applied', '2 applied', '3 pending']);
        assert.deepEqual((await look()).events, ['up 1 success', 'up 2 success']);
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.deepEqual(statuses(await migrate('down', { to: '1' })), ['success', 'success']);
        // CSV keeps no difference between NULL and an empty text.
        await exportVersion(context(), { database: database(), version: 'csv', format: 'csv', schemaOnly: false });
        await importVersion(context(), {
          action: 'import',
          database: database(),
          version: 'csv',
          confirm: async () => undefined,
        });
        assert.deepEqual(await states(), ['1 applied', '2 pending', '3 pending']);
        assert.deepEqual(statuses(await migrate('up')), ['success', 'success']);
      },
    );
  });

  it('is read in a dry run while another process holds the database', async () => {
    await withMigrations('kuzu', async ({ migrate, write, words, file, states }) => {
      await write('1_a', upDown([words.table('A')]));
      await migrate('up');
      await write('2_b', upDown([words.insert('A', 2)]));
      const holder = await holdDatabase(file, words.insert('A', 1));
      try {
        const dry = await migrate('up', { dryRun: true });
        assert.deepEqual([statuses(dry), String(dry.error)], [['success'], 'undefined']);
        assert.deepEqual(await states(), ['1 applied', '2 pending']);
        const held = await migrate('up');
        assert.deepEqual([statuses(held), codeOf(held)], [['not-executed'], 'DATABASE_HELD']);
      } finally {
        await holder.close();
      }
      await until(
        async () => statuses(await migrate('up')).every((status) => status === 'success'),
        'the holder to let go',
      );
    });
  });
});
