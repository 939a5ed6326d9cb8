import assert from 'node:assert/strict';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

/** Ten migrations of every sort; the fifth fails at its third statement. */
async function writeTen({ write, words }: MigrationBench): Promise<void> {
  const { table, drop, insert, addColumn, dropColumn, failing, checkpoint, rename, ending } = words;
  await write('20240101_000001_person', upDown([table('Person'), insert('Person', 1)], [drop('Person')]));
  await write(`20240101000002_city.up${ending}`, `${table('City')};\n${insert('City', 1)};\n`);
  await write(`20240101000002_city.down${ending}`, `${drop('City')};\n`);
  await write(
    '20240101000003_more_people.ts',
    `import type { Numbers } from './none';
export async function up(db: { run(text: string): Promise<unknown> }): Promise<void> {
  for (const id of [2, 3, 4] satisfies Numbers) await db.run(${JSON.stringify(insert('Person', 99))}.replaceAll('99', String(id)));
}
export async function down(db: { run(text: string): Promise<unknown> }): Promise<void> {
  for (const id of [2, 3, 4]) await db.run(${JSON.stringify(words.remove('Person', 99))}.replaceAll('99', String(id)));
}
`.replace("import type { Numbers } from './none';\n", 'type Numbers = readonly number[];\n'),
  );
  await write(
    '20240101000004_step_by_step',
    upDown([table('Log'), checkpoint, insert('Log', 1)], [drop('Log'), checkpoint], '-- transaction: none\n'),
  );
  await write('20240101000005_fails', upDown([table('Half'), insert('Half', 1), failing], [drop('Half')]));
  await write('20240101000006_column', upDown([addColumn('Person', 'age')], [dropColumn('Person', 'age')]));
  await write(
    '20240101000007_checked',
    upDown(
      [insert('City', 2)],
      [words.remove('City', 2)],
      `-- requires: 20240101_000002\n-- assert: ${words.truth(true)}\n`,
    ),
  );
  await write('20240101000008_rename', upDown([rename('City', 'x')], [rename('City', 'y')]));
  await write(
    '20240101000009_alone.mjs',
    `export const transaction = 'none';
export const up = (db) => db.run(${JSON.stringify(insert('Log', 2))});
export const down = (db) => db.run(${JSON.stringify(words.remove('Log', 2))});
`,
  );
  await write('20240101000010_last', upDown([table('Last')], [drop('Last')]));
}

const ids = Array.from({ length: 10 }, (_, at) => String(20240101000001 + at));

for (const engine of ENGINES) {
  describe(`ten mixed migrations on ${engine}, from the command line`, () => {
    it('go up, stop where one fails, go on when it is mended, down, redo, to an id, and dry', async () => {
      await withMigrations(engine, async (bench) => {
        const { json, words, write, states, tables } = bench;
        await writeTen(bench);

        const status = await json(['status']);
        assert.equal(status.code, 0);
        const { database, current, dirty, migrations } = status.json as unknown as {
          database: string;
          current: null;
          dirty: boolean;
          migrations: Record<string, unknown>[];
        };
        assert.deepEqual([database, status.json.engine, current, dirty], ['dev', engine, null, false]);
        assert.deepEqual(
          migrations.map(({ id, state }) => `${id} ${state}`),
          ids.map((id) => `${id} pending`),
        );
        const { id, name, file, state, appliedAt, executionMs } = migrations[1] ?? {};
        assert.deepEqual(
          { id, name, file, state, appliedAt, executionMs },
          {
            id: ids[1],
            name: 'city',
            file: `migrations/20240101000002_city.up${words.ending}`,
            state: 'pending',
            appliedAt: null,
            executionMs: null,
          },
        );

        const dry = await json(['up', '--to', '20240101_000004', '--dry-run']);
        assert.equal(dry.code, 0, JSON.stringify(dry.json));
        assert.deepEqual(
          dry.json.results?.map((one) => one.status),
          Array(4).fill('success'),
        );

        const failed = await json(['up']);
        assert.deepEqual([failed.code, failed.json.ok], [1, false]);
        assert.deepEqual(
          failed.json.results?.map((one) => [one.id, one.status]),
          [
            ...ids.slice(0, 4).map((one) => [one, 'success']),
            [ids[4], 'error'],
            ...ids.slice(5).map((one) => [one, 'not-executed']),
          ],
        );
        assert.ok(failed.json.results?.every((one) => Number.isInteger(one.executionMs)));
        const { error } = failed.json;
        assert.deepEqual(
          [error?.code, error?.file, error?.line, error?.statement],
          ['STATEMENT_FAILED', `migrations/20240101000005_fails${words.ending}`, 4, words.failing],
        );
        assert.deepEqual(failed.json.results?.[4]?.error, error);
        assert.deepEqual(await states(), [
          ...ids.slice(0, 4).map((one) => `${one} applied`),
          `${ids[4]} failed`,
          ...ids.slice(5).map((one) => `${one} pending`),
        ]);
        const half = await bench.look();
        assert.deepEqual(half.tables, ['City', 'Log', 'Person']);
        assert.deepEqual(half.version, [{ version: ids[3], dirty: false }]);
        const counts = await bench.ask(words.count('Person'), words.count('City'), words.count('Log'));
        assert.deepEqual(
          counts.map(([row]) => Number(row?.n)),
          [4, 1, 1],
        );

        await write(
          '20240101000005_fails',
          upDown([words.table('Half'), words.insert('Half', 1)], [words.drop('Half')]),
        );
        const to = await json(['up', '--to', '20240101000006']);
        assert.deepEqual(
          to.json.results?.map((one) => [one.id, one.status]),
          [
            [ids[4], 'success'],
            [ids[5], 'success'],
          ],
        );
        const step = await json(['apply', '--steps', '1']);
        assert.deepEqual(
          step.json.results?.map((one) => one.id),
          [ids[6]],
        );
        assert.deepEqual(
          (await json(['up'])).json.results?.map((one) => one.id),
          ids.slice(7),
        );
        assert.deepEqual((await json(['up'])).json, { ok: true, results: [] });
        assert.deepEqual((await json(['status'])).json.current, ids[9]);
        assert.deepEqual(await tables(), ['City', 'Half', 'Last', 'Log', 'Person']);

        const redo = await json(['redo', '--yes']);
        assert.deepEqual(
          redo.json.results?.map((one) => [one.id, one.status]),
          [
            [ids[9], 'success'],
            [ids[9], 'success'],
          ],
        );
        assert.deepEqual((await bench.events()).slice(-2), [`down ${ids[9]} rolled_back`, `up ${ids[9]} success`]);

        // Edited after it was applied: what runs down is what was applied.
        await write('20240101000010_last', upDown([words.table('Other')], [words.drop('Other')]));
        const changed = await json(['up']);
        assert.deepEqual([changed.code, changed.json.error?.code], [1, 'MIGRATION_CHANGED']);
        assert.equal((await states()).at(-1), `${ids[9]} changed`);
        const back = await json(['down', '--yes']);
        assert.deepEqual([back.code, back.json.results?.map((one) => one.id)], [0, [ids[9]]]);
        assert.equal((back.json.notes as string[]).length, 1);
        assert.deepEqual(await tables(), ['City', 'Half', 'Log', 'Person']);

        assert.deepEqual(
          (await json(['down', '--to', ids[4] ?? '', '--yes'])).json.results?.map((one) => one.id),
          [ids[8], ids[7], ids[6], ids[5]],
        );
        assert.deepEqual(
          (await json(['down', '--to', '0', '--yes'])).json.results?.map((one) => one.status),
          ['success', 'success', 'success', 'success', 'success'],
        );
        const empty = await bench.look();
        assert.deepEqual([empty.tables, empty.version], [[], [{ version: 'none', dirty: false }]]);
        assert.deepEqual((await json(['status'])).json.current, null);
        assert.ok((await states()).every((line) => line.endsWith('pending')));

        const again = await json(['up']);
        assert.deepEqual(
          again.json.results?.map((one) => one.status),
          Array(10).fill('success'),
        );
        assert.deepEqual(await tables(), ['City', 'Half', 'Log', 'Other', 'Person']);
      });
    });
  });
}
