import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

const codeOf = ({ error }: { readonly error?: { readonly code: string } }) => error?.code;
const statuses = ({ results }: { readonly results: readonly { readonly status: string }[] }) =>
  results.map(({ status }) => status);
const NONE = '-- transaction: none\n';

async function backupsOf({ dir }: MigrationBench): Promise<string[]> {
  return readdir(path.join(dir, 'backups')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
}

/** Ends the engine’s processes of this one, as a crash does. */
function killChildren(): void {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim();
  assert.notEqual(children, '');
  for (const pid of children.split(' ')) process.kill(Number(pid), 'SIGKILL');
}

for (const engine of ENGINES) {
  describe(`a migration without a transaction on ${engine}`, () => {
    it('says how far it came, goes on when the statement is mended, and only with the same beginning', async () => {
      await withMigrations(engine, async (bench) => {
        const { migrate, write, words, look, count, status, states, file } = bench;
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        await migrate('up');
        const { insert, failing, checkpoint } = words;
        // The precondition is no longer true half way on.
        const empty = engine === 'kuzu' ? 'MATCH (n:A) RETURN count(*) = 0' : 'SELECT count(*) = 0 FROM A';
        const script = (third: string, first = insert('A', 1)) =>
          upDown(
            [first, checkpoint, third, insert('A', 9)],
            [words.remove('A', 1), words.remove('A', 9)],
            `${NONE}-- assert: ${empty}\n`,
          );
        const shown = await write('2_half', script(failing));
        await write('3_c', upDown([words.table('C')]));
        const failed = await migrate('up');
        assert.deepEqual([statuses(failed), codeOf(failed)], [['error', 'not-executed'], 'STATEMENT_FAILED']);
        assert.deepEqual([failed.error?.where.file, failed.error?.where.line], [shown, 6]);
        assert.deepEqual(
          failed.results[0]?.notes.map(({ key }) => key),
          ['migration.backup', 'migration.halfDone'],
        );
        const { backups } = failed;
        assert.equal(backups.length, 1);
        const record = JSON.parse(await readFile(path.join(backups[0] ?? '', 'backup.json'), 'utf8'));
        assert.deepEqual([record.path, record.migration], [file, '2']);
        const half = await look();
        assert.deepEqual(half.history[1], { version: '2', status: 'failed', done: 2, total: 4 });
        assert.deepEqual(half.version, [{ version: '2', dirty: true }]);
        assert.deepEqual(half.events, ['up 1 success', 'up 2 pending', 'up 2 failed']);
        const { current, dirty, migrations } = await status();
        assert.deepEqual([current, dirty], ['1', true]);
        const { state, appliedStatements, totalStatements } = migrations[1] ?? {};
        assert.deepEqual([state, appliedStatements, totalStatements], ['failed', 2, 4]);
        await assert.rejects(migrate('down'), { code: 'MIGRATION_HALF_DONE' });
        await write('2_half', script(insert('A', 2), insert('A', 7)));
        await assert.rejects(migrate('up'), { code: 'MIGRATION_HALF_EDITED' });
        assert.equal(await count('A'), 1);
        await write('2_half', `-- mended\n${script(insert('A', 2)).replaceAll('\n', '\r\n')}`);
        const done = await migrate('up');
        assert.deepEqual([statuses(done), String(done.error)], [['success', 'success'], 'undefined']);
        assert.deepEqual(done.backups, []);
        const after = await look();
        assert.deepEqual(after.history[1], { version: '2', status: 'success', done: 4, total: 4 });
        assert.deepEqual(after.version, [{ version: '3', dirty: false }]);
        assert.deepEqual([await count('A'), await states()], [3, ['1 applied', '2 applied', '3 applied']]);
        assert.equal((await backupsOf(bench)).length, 1);
      });
    });

    it('is no half-done one when its first statement fails, up or down', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, status }) => {
        await write('1_a', upDown([words.table('A')], [words.failing, words.drop('A')], NONE));
        await write('2_b', upDown([words.failing, words.table('B')], [], NONE));
        const up = await migrate('up');
        assert.deepEqual(statuses(up), ['success', 'error']);
        assert.ok(!up.results[1]?.notes.some(({ key }) => key === 'migration.halfDone'));
        const one = await look();
        assert.deepEqual(one.history[1], { version: '2', status: 'failed', done: 0, total: 2 });
        assert.deepEqual([one.version, (await status()).dirty], [[{ version: '1', dirty: false }], false]);
        const down = await migrate('down');
        assert.deepEqual([statuses(down), codeOf(down)], [['error'], 'STATEMENT_FAILED']);
        const two = await look();
        assert.deepEqual(two.history[0]?.status, 'success');
        assert.deepEqual([two.version, two.events.at(-1)], [[{ version: '1', dirty: false }], 'down 1 failed']);
        assert.deepEqual(two.tables, ['A']);
      });
    });

    it('can stand half way down, and goes on there', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, states, status }) => {
        const up = [words.table('A'), words.table('B'), words.table('C')];
        const script = (second: string) => upDown(up, [words.drop('C'), second, words.drop('A')], NONE);
        await write('1_abc', script(words.failing));
        await migrate('up');
        const failed = await migrate('down');
        assert.deepEqual([statuses(failed), codeOf(failed)], [['error'], 'STATEMENT_FAILED']);
        assert.deepEqual(failed.results[0]?.notes.at(-1), {
          key: 'migration.halfDone',
          params: { id: '1', done: 1, total: 3, way: 'down' },
        });
        const half = await look();
        assert.deepEqual(half.history, [{ version: '1', status: 'failed', done: 1, total: 3 }]);
        assert.deepEqual([half.version, half.tables], [[{ version: '1', dirty: true }], ['A', 'B']]);
        assert.deepEqual([(await status()).current, await states()], [null, ['1 failed']]);
        await assert.rejects(migrate('up'), { code: 'MIGRATION_HALF_DONE' });
        // Without an edit it fails again at the same statement.
        assert.deepEqual(statuses(await migrate('down')), ['error']);
        await write('1_abc', script(words.drop('B')));
        const done = await migrate('down');
        assert.deepEqual([statuses(done), String(done.error)], [['success'], 'undefined']);
        const after = await look();
        assert.deepEqual([after.tables, after.history[0]?.status], [[], 'rolled_back']);
        assert.deepEqual(after.version, [{ version: 'none', dirty: false }]);
        assert.deepEqual(await states(), ['1 pending']);
        assert.deepEqual(statuses(await migrate('redo')), []);
      });
    });

    it('goes on after the engine’s process ended in its middle', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, count, status }) => {
        const slow =
          engine === 'kuzu'
            ? 'UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN sum(a + b + c)'
            : 'SELECT sum(a.i + b.i + c.i) FROM range(30000) a(i), range(30000) b(i), range(3000) c(i)';
        await write('1_a', upDown([words.table('A')]));
        const script = (second: string) => upDown([words.insert('A', 1), second, words.insert('A', 2)], [], NONE);
        await write('2_b', script(slow));
        const killed = await migrate('up', {
          onStatement: ({ id, index }) => {
            if (id === '2' && index === 1) killChildren();
          },
        });
        assert.deepEqual([statuses(killed), codeOf(killed)], [['success', 'error'], 'ENGINE_CRASHED']);
        assert.equal(killed.error?.where.line, 4);
        assert.deepEqual((await look()).history[1], { version: '2', status: 'failed', done: 1, total: 3 });
        assert.equal((await status()).dirty, true);
        await write('2_b', script(words.truth(true)));
        const done = await migrate('up');
        assert.deepEqual([statuses(done), String(done.error), await count('A')], [['success'], 'undefined', 2]);
      });
    });

    it('is copied first as the setting says, and so is one that takes rows away', async () => {
      await withMigrations(engine, async (bench) => {
        const { migrate, write, words, configure } = bench;
        await write('1_new', upDown([words.table('A')], [words.drop('A')], NONE));
        // There is nothing to keep before the first.
        assert.deepEqual((await migrate('up')).backups, []);
        await write('2_plain', upDown([words.insert('A', 1)]));
        assert.deepEqual((await migrate('up')).backups, []);
        await write('3_risky', upDown([words.insert('A', 2)], [], NONE));
        assert.equal((await migrate('up')).backups.length, 1);
        await write('4_loss', upDown([words.remove('A', 1)]));
        assert.equal((await migrate('up')).backups.length, 1);
        await write('5_never', upDown([words.insert('A', 3)], [], NONE));
        assert.deepEqual((await migrate('up', { backupBefore: 'never' })).backups, []);
        await configure({ backupBefore: 'always', backups: { keep: 2 } });
        await write('6_always', upDown([words.insert('A', 4)]));
        const always = await migrate('up');
        assert.equal(always.backups.length, 1);
        assert.deepEqual(
          always.notes.map(({ key }) => key),
          ['migration.backupRemoved'],
        );
        assert.equal((await backupsOf(bench)).length, 2);
      });
    });

    it('is found in advance where a statement wants it', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look }) => {
        const index =
          engine === 'kuzu'
            ? ["CALL CREATE_FTS_INDEX('A', 'fx', ['name'])", "CALL DROP_FTS_INDEX('A', 'fx')"]
            : ['CHECKPOINT', 'FORCE CHECKPOINT'];
        await write('1_a', upDown([words.table('A'), words.insert('A', 1)]));
        await write('2_index', upDown(index.slice(0, 1), index.slice(1)));
        const up = await migrate('up');
        assert.deepEqual([statuses(up), String(up.error)], [['success', 'success'], 'undefined']);
        assert.deepEqual((await look()).events.slice(1), ['up 2 pending', 'up 2 success']);
        assert.deepEqual(statuses(await migrate('redo')), ['success', 'success']);
        // A transaction of its own is for the script without ours.
        await write('3_begin', upDown([engine === 'kuzu' ? 'BEGIN TRANSACTION' : 'BEGIN', words.table('B'), 'COMMIT']));
        await assert.rejects(migrate('up'), { code: 'STATEMENT_DANGEROUS' });
      });
    });

    it('closes and opens the database where it asks for it', async () => {
      await withMigrations(engine, async ({ migrate, write, words, count }) => {
        await write('1_a', `${words.table('A')};\n${words.insert('A', 1)};\n-- reopen\n${words.insert('A', 2)};\n`);
        const up = await migrate('up');
        assert.deepEqual([statuses(up), String(up.error), await count('A')], [['success'], 'undefined', 2]);
      });
    });
  });

  describe(`conditions of a migration on ${engine}`, () => {
    it('fail it, or leave it pending, and never write', async () => {
      await withMigrations(engine, async ({ migrate, write, remove, words, look, states, count }) => {
        const { table, truth, insert } = words;
        await write('1_a', upDown([table('A')]));
        await write('2_waits', upDown([insert('A', 2)], [], `-- assume: ${truth(false)}\n`));
        await write('3_c', upDown([insert('A', 3)], [], `-- assert: ${truth(true)}\n`));
        const left = await migrate('up');
        assert.deepEqual(statuses(left), ['success', 'not-executed', 'success']);
        assert.deepEqual(
          left.results[1]?.notes.map(({ key }) => key),
          ['migration.assumeUnmet'],
        );
        assert.deepEqual(await states(), ['1 applied', '2 pending', '3 applied']);
        await write('4_d', upDown([insert('A', 4)], [], `-- requires: 2\n`));
        const needs = await migrate('up');
        assert.deepEqual([statuses(needs), codeOf(needs)], [['not-executed', 'error'], 'MIGRATION_REQUIRES']);
        assert.deepEqual(needs.error?.where.line, 1);
        assert.deepEqual(
          (await look()).history.map(({ version }) => version),
          ['1', '3'],
        );
        await remove('4_d');
        await write('2_waits', upDown([insert('A', 2)], [], `-- assume: ${truth(true)}\n`));
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        const file = await write('5_e', upDown([insert('A', 5)], [], `-- assert: ${truth(false)}\n`));
        const unmet = await migrate('up');
        assert.deepEqual([statuses(unmet), codeOf(unmet)], [['error'], 'PRECONDITION_FAILED']);
        const { where } = unmet.error ?? {};
        assert.deepEqual([where?.file, where?.line, where?.column, where?.statement], [file, 1, 12, truth(false)]);
        assert.deepEqual([await states(), await count('A')], [['1 applied', '2 applied', '3 applied', '5 failed'], 2]);
        for (const query of [
          `${insert('A', 6)} ${engine === 'kuzu' ? 'RETURN true' : 'RETURNING true'}`,
          words.table('B'),
        ]) {
          await write('5_e', upDown([insert('A', 5)], [], `-- assert: ${query}\n`));
          await assert.rejects(migrate('up'), { code: 'PRECONDITION_INVALID' });
        }
        const two = engine === 'kuzu' ? 'UNWIND [true, true] AS v RETURN v' : 'SELECT true UNION ALL SELECT true';
        await write('5_e', upDown([insert('A', 5)], [], `-- assert: ${two}\n`));
        assert.equal(codeOf(await migrate('up')), 'PRECONDITION_INVALID');
        assert.deepEqual([(await look()).tables, await count('A')], [['A'], 2]);
      });
    });
  });

  describe(`a condition of the way down on ${engine}`, () => {
    it('that is not met leaves it applied, and all below it', async () => {
      await withMigrations(engine, async ({ migrate, write, words, states }) => {
        await write('1_a', upDown([words.table('A')], [words.drop('A')]));
        const down = (value: boolean) => `-- DOWN\n-- assume: ${words.truth(value)}\n${words.remove('A', 1)};\n`;
        await write('2_b', `${upDown([words.insert('A', 1)])}${down(false)}`);
        assert.deepEqual(statuses(await migrate('up')), ['success', 'success']);
        for (const [action, request] of [
          ['down', { to: '0' }],
          ['redo', {}],
        ] as const) {
          const outcome = await migrate(action, request);
          assert.deepEqual([statuses(outcome), codeOf(outcome)], [['not-executed', 'not-executed'], undefined]);
        }
        assert.deepEqual(await states(), ['1 applied', '2 applied']);
      });
    });
  });

  describe(`a batch on ${engine}`, () => {
    const [update, endless, counted] =
      engine === 'kuzu'
        ? [
            "MATCH (n:A) WHERE n.name <> 'done' WITH n LIMIT $batch SET n.name = 'done'",
            "MATCH (n:A) WITH n LIMIT $batch SET n.name = 'again'",
            "MATCH (n:A) WITH n LIMIT $batch SET n.name = 'x' RETURN n.id",
          ]
        : [
            "UPDATE A SET name = 'done' WHERE id IN (SELECT id FROM A WHERE name <> 'done' LIMIT $batch)",
            "UPDATE A SET name = 'again' WHERE id IN (SELECT id FROM A LIMIT $batch)",
            'SELECT id FROM A LIMIT $batch',
          ];
    const many = (size: number) =>
      engine === 'kuzu'
        ? `UNWIND range(1, ${size}) AS i CREATE (:A {id: i, name: 'n'})`
        : `INSERT INTO A SELECT i, 'n' FROM range(${size}) t(i)`;
    const open =
      engine === 'kuzu'
        ? "MATCH (n:A {name: 'n'}) RETURN count(*) AS n"
        : "SELECT count(*) AS n FROM A WHERE name = 'n'";

    it('runs in slices until nothing is left, and says how far it is', async () => {
      await withMigrations(engine, async ({ migrate, write, words, rows, look }) => {
        await write('1_a', upDown([words.table('A'), many(250)]));
        await write('2_batch', `-- batch: 100\n${update};\n${words.insert('A', 1000)};\n`);
        const seen: string[] = [];
        const outcome = await migrate('up', {
          onProgress: ({ step, object }) => {
            if (step === 'batch') seen.push(String(object));
          },
        });
        assert.deepEqual([statuses(outcome), String(outcome.error)], [['success', 'success'], 'undefined']);
        assert.deepEqual(seen, ['2: 100', '2: 200', '2: 250', '2: 250']);
        assert.equal(outcome.results[1]?.statements[0]?.touched, 250);
        assert.equal(Number((await rows(open))[0]?.n), 0);
        assert.deepEqual((await look()).history[1], { version: '2', status: 'success', done: 2, total: 2 });
      });
    });

    it('is refused without its parameter, and stopped where it finds no end or can’t be counted', async () => {
      await withMigrations(engine, async ({ migrate, write, words, look, status }) => {
        await write('1_a', upDown([words.table('A'), many(20)]));
        await write('2_batch', `-- batch: 10\n${words.rename('A', 'x')};\n`);
        await assert.rejects(migrate('up'), { code: 'SCRIPT_INVALID' });
        await write('2_batch', `-- batch: 10\n${endless};\n`);
        const outcome = await migrate('up');
        assert.deepEqual([statuses(outcome), codeOf(outcome)], [['success', 'error'], 'BATCH_ENDLESS']);
        assert.equal(outcome.error?.where.line, 2);
        // Slices are committed: it does stand half way, though no statement is done.
        assert.equal((await status()).dirty, true);
        assert.deepEqual((await look()).history[1], { version: '2', status: 'pending', done: 0, total: 1 });
        await write('2_batch', `-- batch: 10\n${counted};\n`);
        const other = await migrate('up');
        assert.equal(codeOf(other), 'BATCH_NOT_COUNTED');
        await write('2_batch', `-- batch: 10\n${update};\n`);
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.equal((await status()).dirty, false);
      });
    });

    it('goes on after it was cancelled between two slices', async () => {
      await withMigrations(engine, async ({ migrate, write, words, rows, status, look }) => {
        await write('1_a', upDown([words.table('A'), many(300)]));
        await write('2_batch', `-- batch: 100\n${update};\n${words.insert('A', 1000)};\n`);
        const stop = new AbortController();
        const outcome = await migrate('up', {
          signal: stop.signal,
          onProgress: ({ step }) => {
            if (step === 'batch') stop.abort();
          },
        });
        assert.deepEqual([statuses(outcome), codeOf(outcome)], [['success', 'error'], 'CANCELLED']);
        assert.equal((await status()).dirty, true);
        assert.equal(Number((await rows(open))[0]?.n), 200);
        assert.deepEqual(statuses(await migrate('up')), ['success']);
        assert.equal(Number((await rows(open))[0]?.n), 0);
        assert.deepEqual((await look()).version, [{ version: '2', dirty: false }]);
      });
    });
  });
}
