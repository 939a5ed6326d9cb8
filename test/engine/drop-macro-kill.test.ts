import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { catalogOf } from '../support/catalog-of';
import { runAndKill, seeded, type Victim } from '../support/kills';
import { type KillMoment, runMigrating } from '../support/migrate-kills';
import { type MigrationBench, withMigrations } from '../support/migrations';

/** How many statements of the second migration are done with its drops, the third and the fourth. */
const DROPPED = 4;
const VICTIMS: readonly Victim[] = ['all', 'cli', 'engine'];

async function prepared(bench: MigrationBench): Promise<void> {
  const { table, insert } = bench.words;
  const rows = "UNWIND range(10, 3000) AS i CREATE (:A {id: i, name: 'row'})";
  const first = [table('A'), rows, 'CREATE MACRO f(x) AS x + 1', 'CREATE MACRO g(x) AS x', 'CREATE TYPE t AS INT64'];
  await bench.write('1_a', first.map((text) => `${text};\n`).join(''));
  assert.equal((await bench.migrate('up')).error, undefined);
  const second = [insert('A', 1), table('B'), 'DROP MACRO f', 'DROP TYPE t', insert('A', 2), table('C')];
  await bench.write('2_b', second.map((text) => `${text};\n`).join(''));
}

/** What a kill left, read without any of our code that mends: the file's own catalog, and the history as the engine sees it. */
async function requireWhole(bench: MigrationBench, about: string): Promise<void> {
  const { macros, types } = await catalogOf(bench.file);
  const names = [...macros, ...types].map(({ name }) => name).filter((name) => name !== 'json');
  const isOld = names.join() === 'F,G,t';
  assert.ok(isOld || names.join() === 'G', `${about}: ${names}`);
  const row = (await bench.history()).find(({ version }) => version === '2');
  const isNoted = row !== undefined && (row.done >= DROPPED || row.status === 'success');
  assert.equal(isNoted, !isOld, `${about}: ${JSON.stringify(row)} beside ${names}`);
}

async function requireFinished(bench: MigrationBench, about: string): Promise<void> {
  const outcome = await bench.migrate('up');
  assert.equal(outcome.error, undefined, about);
  assert.deepEqual(await bench.states(), ['1 applied', '2 applied'], about);
  const { macros, types } = await catalogOf(bench.file);
  assert.deepEqual([macros.map(({ name }) => name), types.filter(({ name }) => name !== 'json')], [['G'], []], about);
  assert.deepEqual(await bench.tables(), ['A', 'B', 'C'], about);
  assert.equal(await bench.count('A'), 2993, about);
  assert.deepEqual(
    (await readdir(path.dirname(bench.file))).filter((name) => /\.(new|wal|shadow)$/.test(name)),
    [],
    about,
  );
}

describe('DROP MACRO and DROP TYPE that are killed', () => {
  const withSnapshot = (work: (bench: MigrationBench, reset: () => Promise<void>, scratch: string) => Promise<void>) =>
    withMigrations('kuzu', async (bench) => {
      await prepared(bench);
      const data = path.dirname(bench.file);
      const base = await mkdtemp(path.join(os.tmpdir(), 'drop-kill-'));
      const scratch = path.join(base, 'scratch');
      const kept = path.join(base, 'data');
      try {
        await cp(data, kept, { recursive: true });
        await cp(kept, scratch, { recursive: true });
        const reset = async () => {
          await rm(data, { recursive: true });
          await cp(kept, data, { recursive: true });
          await rm(path.join(bench.dir, 'backups'), { recursive: true, force: true });
        };
        await work(bench, reset, scratch);
      } finally {
        await rm(base, { recursive: true });
      }
    });

  it('at calls to the engine leave the old file or the new one with its note, and the next run goes on', () =>
    withSnapshot(async (bench, reset, scratch) => {
      const args = ['up'];
      const { calls, code, stdout } = await runMigrating(bench.dir, args, scratch);
      assert.equal(code, 0, stdout);
      const noteAt = calls.findIndex((call) => call.includes(`applied_statements = ${DROPPED}`));
      assert.ok(noteAt > 0, calls.join('\n'));
      const random = seeded(39);
      const kills = { done: 0, missed: 0 };
      // From the closing of the live file over the copy's opening, its note and closing to the next statement's end.
      for (let call = noteAt - 5; call <= Math.min(noteAt + 4, calls.length); call++) {
        const us = random() < 0.5 ? {} : { us: Math.floor(random() * 3000) };
        const moment: KillMoment = { kind: 'call', call, ...us };
        const victim = VICTIMS[call % VICTIMS.length] ?? 'all';
        await reset();
        const { killed } = await runMigrating(bench.dir, args, scratch, { moment, victim });
        const about = `${victim} at call ${call} (${calls[call - 1]}) ${JSON.stringify(us)}`;
        kills[killed ? 'done' : 'missed']++;
        await requireWhole(bench, about);
        await requireFinished(bench, about);
      }
      assert.ok(kills.done > kills.missed, JSON.stringify(kills));
    })).timeout(240_000);

  it('while the copy is made, looked at and swapped in leave the one or the other', () =>
    withSnapshot(async (bench, reset) => {
      const data = path.dirname(bench.file);
      const random = seeded(7);
      let kills = 0;
      for (let round = 0; round < 9; round++) {
        await reset();
        const isFresh = () => readdirSync(data).some((name) => name.endsWith('.new'));
        let wasFresh = false;
        const isSwapped = () => {
          const here = isFresh();
          wasFresh ||= here;
          return wasFresh && !here;
        };
        const seen = round % 3 === 0 ? isSwapped : isFresh;
        const thenMs = Math.floor(random() * (round % 3 === 0 ? 10 : 150));
        const what = round % 3 === 0 ? 'the copy in its place' : 'the copy';
        const { killed } = await runAndKill(bench.dir, ['up', '--yes'], { kind: 'sight', what, seen, thenMs });
        if (killed) kills++;
        const about = `${what} and ${thenMs} ms`;
        await requireWhole(bench, about);
        await requireFinished(bench, about);
      }
      assert.ok(kills > 0, 'every run was faster than its kill');
    })).timeout(240_000);
});
