import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import os from 'node:os';
import { TOOL_VERSION } from '../../src/core/tool';
import { ENGINES, type Row, upDown, withMigrations } from '../support/migrations';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);

/** The columns as the design lists them. */
const COLUMNS = {
  migration_history:
    'version name applied_at execution_time_ms checksum semantic_checksum up_script down_script status error_message applied_statements total_statements tool_version engine_version applied_by',
  schema_version: 'version dirty updated_at',
  migration_event: 'seq at action version status execution_time_ms error',
};
const TYPES = {
  kuzu: { text: 'STRING', number: 'INT64', time: 'TIMESTAMP', flag: 'BOOL' },
  duckdb: { text: 'VARCHAR', number: 'BIGINT', time: 'TIMESTAMP', flag: 'BOOLEAN' },
};
const kindOf = (column: string) => {
  if (/^(execution_time_ms|applied_statements|total_statements|seq)$/.test(column)) return 'number';
  if (/^(applied_at|updated_at|at)$/.test(column)) return 'time';
  return column === 'dirty' ? 'flag' : 'text';
};

for (const engine of ENGINES) {
  describe(`the history on ${engine}`, () => {
    it('has the tables of the design, from the first write on, and a row for each migration', async () => {
      await withMigrations(engine, async ({ migrate, file, write, words, rows, ask, status }) => {
        assert.deepEqual((await migrate('up')).results, []);
        await migrate('down');
        assert.equal((await status()).current, null);
        assert.equal(existsSync(file), false);
        const text = upDown([words.table('A'), words.insert('A', 1)], [words.drop('A')]);
        await write('20240115_120000_add_a', text);
        const before = Date.now();
        const outcome = await migrate('up');
        assert.deepEqual(statuses(outcome), ['success'], String(outcome.error));
        for (const [table, columns] of Object.entries(COLUMNS)) {
          const query =
            engine === 'kuzu'
              ? `CALL table_info('${table}') RETURN name, type`
              : `SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`;
          assert.deepEqual(
            (await rows(query)).map(({ name, type }) => [name, type]),
            columns.split(' ').map((column) => [column, TYPES[engine][kindOf(column)]]),
          );
        }
        const list = COLUMNS.migration_history.split(' ');
        const select =
          engine === 'kuzu'
            ? `MATCH (m:migration_history) RETURN ${list.map((name) => `m.${name} AS ${name}`).join(', ')}`
            : `SELECT ${list.join(', ')} FROM migration_history`;
        const events =
          engine === 'kuzu'
            ? 'MATCH (e:migration_event) RETURN e.seq AS seq, e.action AS action, e.version AS version, e.status AS status, e.execution_time_ms AS ms, e.error AS error'
            : 'SELECT seq, action, version, status, execution_time_ms AS ms, error FROM migration_event';
        const versions =
          engine === 'kuzu'
            ? 'MATCH (v:schema_version) RETURN v.version AS version, v.dirty AS dirty, v.updated_at AS at'
            : 'SELECT version, dirty, updated_at AS at FROM schema_version';
        const version =
          engine === 'kuzu' ? 'CALL db_version() RETURN version AS v' : "SELECT ltrim(version(), 'v') AS v";
        const [[row = {}] = [], told = [], current = [], [engineVersion] = []] = await ask(
          select,
          events,
          versions,
          version,
        );
        const { applied_at: at, execution_time_ms: ms, checksum, semantic_checksum: meaning, ...rest } = row as Row;
        assert.deepEqual(
          {
            ...rest,
            applied_statements: Number(rest.applied_statements),
            total_statements: Number(rest.total_statements),
          },
          {
            version: '20240115120000',
            name: 'add_a',
            up_script: `${words.table('A')};\n${words.insert('A', 1)};\n`,
            down_script: `${words.drop('A')};\n`,
            status: 'success',
            error_message: null,
            applied_statements: 2,
            total_statements: 2,
            tool_version: TOOL_VERSION,
            engine_version: engineVersion?.v,
            applied_by: `${os.userInfo().username}@${os.hostname()}`,
          },
        );
        assert.equal(checksum, createHash('sha256').update(text).digest('hex'));
        assert.match(String(meaning), /^[0-9a-f]{64}$/);
        assert.ok(Number(ms) >= 0);
        const time = Date.parse(String(at).replace(' ', 'T').replace(/Z?$/, 'Z'));
        assert.ok(time >= before - 1 && time <= Date.now(), String(at));
        assert.deepEqual(
          told.map((one) => ({ ...one, seq: Number(one.seq), ms: one.ms === ms })),
          [{ seq: 1, action: 'up', version: '20240115120000', status: 'success', ms: true, error: null }],
        );
        assert.deepEqual(
          current.map(({ version, dirty }) => [version, dirty]),
          [['20240115120000', false]],
        );
      });
    });

    it('keeps both sides or none: a failed migration leaves its row and its event, and nothing else', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, count, remove, states }) => {
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        const broken = upDown(
          [words.insert('A', 1), words.table('B'), words.insert('B', 1), `\n  ${words.failing}`, words.insert('A', 2)],
          [words.drop('B')],
        );
        const file = await write('2_b', broken);
        await write('3_c', upDown([words.table('C')]));
        const failed = await migrate('up');
        assert.deepEqual(statuses(failed), ['success', 'error', 'not-executed']);
        assert.equal(codeOf(failed), 'STATEMENT_FAILED');
        assert.equal(failed.error, failed.results[1]?.error);
        assert.deepEqual(
          [failed.error?.where.file, failed.error?.where.line, failed.error?.where.statement],
          [file, 6, words.failing],
        );
        // The engine's own position, where it tells one: the name of the table.
        assert.equal(failed.error?.where.column, engine === 'kuzu' ? 3 : 17);
        assert.deepEqual(await look(), {
          tables: ['A'],
          history: [
            { version: '1', status: 'success', done: 1, total: 1 },
            { version: '2', status: 'failed', done: 0, total: 5 },
          ],
          events: ['up 1 success', 'up 2 failed'],
          version: [{ version: '1', dirty: false }],
        });
        assert.equal(await count('A'), 0);
        // It is tried again as it stands then, by a name of its own or a mended text.
        await write('2_b', broken.replace(words.failing, words.insert('B', 2)));
        assert.deepEqual(statuses(await migrate('up')), ['success', 'success']);
        const after = await look();
        assert.deepEqual(after.tables, ['A', 'B', 'C']);
        assert.deepEqual(after.history[1], { version: '2', status: 'success', done: 5, total: 5 });
        assert.deepEqual(after.events.slice(2), ['up 2 success', 'up 3 success']);
        // What failed and left nothing is forgotten with its file.
        await write('4_d', upDown([words.failing]));
        assert.deepEqual(statuses(await migrate('up')), ['error']);
        await remove('4_d');
        assert.deepEqual(await states(), ['1 applied', '2 applied', '3 applied']);
      });
    });

    it('keeps a migration applied whose way down fails, and says that it failed', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look }) => {
        await write('1_a', upDown([words.table('A'), words.insert('A', 1)], [words.remove('A', 1), words.failing]));
        await migrate('up');
        const failed = await migrate('down');
        assert.deepEqual([statuses(failed), codeOf(failed)], [['error'], 'STATEMENT_FAILED']);
        const { history, events, version, tables } = await look();
        assert.deepEqual(history, [{ version: '1', status: 'success', done: 2, total: 2 }]);
        assert.deepEqual(
          [events, version, tables],
          [['up 1 success', 'down 1 failed'], [{ version: '1', dirty: false }], ['A']],
        );
        await write('1_a', upDown([words.table('A'), words.insert('A', 1)], [words.drop('A')]));
        // The way down is part of the migration: as it was applied it is stored.
        const [first] = (await migrate('down')).results;
        assert.equal(first?.status, 'error');
      });
    });

    it('runs empty scripts, comments, CRLF, a BOM, and unicode as they are meant', async () => {
      await withMigrations(engine, async ({ migrate, write, words, rows, look, states }) => {
        await write('1_empty', '');
        await write('2_comments', '-- nothing here\n-- UP\n-- and nothing there\n-- DOWN\n-- no way down\n');
        await write('3_bom', `\uFEFF${words.table('Bom')};\r\n\r\n${words.insert('Bom', 1, 'größe 日本 🦆')};\r\n`);
        await write('4_marked', upDown([words.table('Wörter'), words.drop('Wörter')]).replaceAll('\n', '\r\n'));
        const up = await migrate('up');
        assert.deepEqual([statuses(up), String(up.error)], [['success', 'success', 'success', 'success'], 'undefined']);
        assert.deepEqual(
          (await look()).history.map(({ done, total }) => [done, total]),
          [
            [0, 0],
            [0, 0],
            [2, 2],
            [2, 2],
          ],
        );
        const query = engine === 'kuzu' ? 'MATCH (n:Bom) RETURN n.name AS name' : 'SELECT name FROM Bom';
        assert.deepEqual(await rows(query), [{ name: 'größe 日本 🦆' }]);
        assert.deepEqual(await states(), ['1 applied', '2 applied', '3 applied', '4 applied']);
        // Other line ends and comments are no change; a statement is.
        await write('4_marked', `-- said later\n${upDown([words.table('Wörter'), words.drop('Wörter')])}`);
        assert.deepEqual(await states(), ['1 applied', '2 applied', '3 applied', '4 applied']);
        await write('1_empty', `${words.table('X')};`);
        assert.equal((await states())[0], '1 changed');
        await assert.rejects(migrate('up'), { code: 'MIGRATION_CHANGED' });
        await assert.rejects(migrate('down', { steps: 2 }), { code: 'MIGRATION_IRREVERSIBLE' });
        await write('5_nul', Buffer.from([0xff, 0xfe, 0x41]));
        await assert.rejects(migrate('up'), { code: 'SCRIPT_ENCODING' });
      });
    });

    it('refuses a table of its name that has another shape, and takes other names', async () => {
      await withMigrations(engine, async ({ migrate, write, words, run, rows, states, configure, cli }) => {
        await run(words.table('migration_history'), words.insert('migration_history', 1));
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        for (const action of ['up', 'down', 'redo'] as const) {
          await assert.rejects(migrate(action), {
            code: 'HISTORY_TABLE_FOREIGN',
            params: { table: 'migration_history' },
          });
        }
        await assert.rejects(migrate('up', { dryRun: true }), { code: 'HISTORY_TABLE_FOREIGN' });
        await assert.rejects(states(), { code: 'HISTORY_TABLE_FOREIGN' });
        const { code, stderr } = await cli(['up']);
        assert.equal(code, 1);
        assert.match(stderr, /historyTable in kuzu-migrate\.json/);
        await configure({ historyTable: 'ours' });
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.deepEqual(await states(), ['1 applied']);
        assert.deepEqual((await rows(words.tables)).length, 5);
        assert.equal((await rows(words.count('ours')))[0]?.n?.toString(), '1');
        assert.equal((await rows(words.count('migration_history')))[0]?.n?.toString(), '1');
      });
    });

    it('compares ids by component, takes all name forms, and holds what a migration requires', async () => {
      await withMigrations(engine, async ({ migrate, write, words, states, remove }) => {
        const { ending } = words;
        await write('3.10.0_ten', `-- requires: 3.9\n-- UP\n${words.table('Ten')};\n`);
        await write('3.9.0_nine', `${words.table('Nine')};\n`);
        await write('002_two', `${words.table('Two')};\n`);
        await write(`002_two_rollback${ending}`, `${words.drop('Two')};\n`);
        await write(
          '20240115_120000_date',
          `-- requires: 3.10\n-- UP\n${words.table('Dated')};\n-- DOWN\n${words.drop('Dated')};\n`,
        );
        assert.deepEqual(await states(), ['2 pending', '3.9.0 pending', '3.10.0 pending', '20240115120000 pending']);
        assert.deepEqual(
          (await migrate('up')).results.map(({ id }) => id),
          ['2', '3.9.0', '3.10.0', '20240115120000'],
        );
        assert.deepEqual(
          (await migrate('down')).results.map(({ id }) => id),
          ['20240115120000'],
        );
        await write('20250101_000000_later', `\n-- requires: 4\n-- UP\n${words.table('Later')};\n`);
        await assert.rejects(migrate('up'), (error: { code: string; where: object }) => {
          assert.equal(error.code, 'MIGRATION_REQUIRES');
          assert.deepEqual(error.where, { file: `migrations/20250101_000000_later${ending}`, line: 2, column: 14 });
          return true;
        });
        await remove('20250101_000000_later');
        await write('0002_again', '');
        await assert.rejects(migrate('up'), { code: 'MIGRATION_DUPLICATE_ID' });
        await remove('0002_again');
        await write('2.5_late', `${words.table('Late')};\n`);
        await assert.rejects(migrate('up'), { code: 'MIGRATION_OUT_OF_ORDER' });
        assert.equal((await states())[1], '2.5 out-of-order');
        assert.deepEqual(
          (await migrate('up', { allowOutOfOrder: true })).results.map(({ id }) => id),
          ['2.5', '20240115120000'],
        );
        await assert.rejects(migrate('up', { to: '77' }), { code: 'MIGRATION_UNKNOWN' });
      });
    });

    it('takes the way down from what it stored when the file is gone or changed, and says so', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, remove, states }) => {
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        await write('2_b', upDown([words.table('B')], [words.drop('B')], '-- transaction: none\n'));
        await write(
          '3_c.mjs',
          `export const up = (db) => db.run(${JSON.stringify(words.table('C'))});
export const down = (db) => db.run(${JSON.stringify(words.drop('C'))});\n`,
        );
        await write('4_d', upDown([words.table('D')], [words.drop('D')]));
        const up = await migrate('up');
        assert.deepEqual(statuses(up), ['success', 'success', 'success', 'success'], String(up.error));
        await remove('2_b');
        await remove('3_c.mjs');
        await write('4_d', upDown([words.table('E')], [words.drop('E')]));
        assert.deepEqual(await states(), ['1 applied', '2 missing', '3 missing', '4 changed']);
        const down = await migrate('down', { to: '0' });
        assert.deepEqual(statuses(down), ['success', 'success', 'success', 'success'], String(down.error));
        assert.deepEqual(down.notes, [
          { key: 'migration.downStoredChanged', params: { id: '4' } },
          { key: 'migration.downStored', params: { id: '3' } },
          { key: 'migration.downStored', params: { id: '2' } },
        ]);
        const after = await look();
        assert.deepEqual([after.tables, after.history.map(({ status }) => status)], [[], Array(4).fill('rolled_back')]);
        assert.deepEqual(await states(), ['1 pending', '4 pending']);
      });
    });
  });
}
