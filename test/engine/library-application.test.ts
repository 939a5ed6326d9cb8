import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { built, type Embedded, runProgram, told, withApplication } from '../support/library';
import { ENGINES, WORDS } from '../support/migrations';
import { dist, until } from '../support/project';

const MODULES = { kuzu: 'kuzu', duckdb: '@duckdb/node-api' } as const;

/** An application that migrates, tells what came of it on its own, and then works with the database itself. */
const application = (engine: keyof typeof MODULES) => `
  const { writeFileSync } = require('node:fs');
  const { migrate } = require(${JSON.stringify(path.join(dist, 'library.js'))});
  const [database, tell, migrations] = process.argv.slice(2);
  migrate({ database: { path: database, engine: '${engine}' }, migrations: JSON.parse(migrations) }).then((report) => {
    writeFileSync(tell, JSON.stringify(report));
  });`;

for (const engine of ENGINES) {
  const words = WORDS[engine];
  const person: Embedded[number] = { id: '1', name: 'people', up: words.table('Person') };
  const inserts: Embedded = [1, 2, 3, 4].map((id) => ({
    id: `${id + 1}`,
    name: `n${id}`,
    up: words.insert('Person', id),
  }));

  describe(`an application that migrates ${engine}`, () => {
    it('ends by itself and has printed nothing, whether all went well or not', () =>
      withApplication(engine, async ({ dir, file }) => {
        const script = path.join(dir, 'application.cjs');
        const tell = path.join(dir, 'report.json');
        await writeFile(script, application(engine));
        for (const [migrations, ok] of [
          [[person, ...inserts], true],
          [[person, ...inserts], true],
          [[person, ...inserts, { id: '9', name: 'wrong', up: words.failing }], false],
        ] as const) {
          const ended = await runProgram(process.execPath, [script, file, tell, JSON.stringify(migrations)], {
            cwd: dir,
          });
          assert.deepEqual(ended, { code: 0, signal: null, stdout: '', stderr: '' });
          assert.equal((JSON.parse(await readFile(tell, 'utf8')) as { ok: boolean }).ok, ok);
        }
      }));

    it('is one of several that start at once: one applies, all go on', () =>
      withApplication(engine, async ({ dir, file, count, events }) => {
        const script = path.join(dir, 'application.cjs');
        await writeFile(script, application(engine));
        const all = [person, ...inserts];
        const ended = await Promise.all(
          ['a', 'b'].map((name) =>
            runProgram(process.execPath, [script, file, path.join(dir, name), JSON.stringify(all)], { cwd: dir }),
          ),
        );
        const own = await built.migrate({ project: dir, migrations: all });
        const reports = await Promise.all(
          ['a', 'b'].map(async (name) => JSON.parse(await readFile(path.join(dir, name), 'utf8')) as typeof own),
        );
        assert.deepEqual(
          ended.map(({ code, stderr }) => [code, stderr]),
          [
            [0, ''],
            [0, ''],
          ],
        );
        assert.deepEqual(
          reports.map(({ ok, error }) => [ok, error]),
          [
            [true, undefined],
            [true, undefined],
          ],
        );
        assert.deepEqual(reports.map(({ results }) => results.length).sort(), [0, all.length]);
        assert.deepEqual([own.ok, own.results], [true, []]);
        assert.equal(await count('Person'), 4);
        assert.equal((await events()).length, all.length);
      }));

    it('may ask twice at once in one process', () =>
      withApplication(engine, async ({ up, count }) => {
        const reports = await Promise.all([up([person, ...inserts]), up([person, ...inserts])]);
        assert.deepEqual(
          reports.map(({ ok, error }) => [ok, error]),
          [
            [true, undefined],
            [true, undefined],
          ],
        );
        assert.equal(reports.flatMap(({ results }) => results).length, 5);
        assert.equal(await count('Person'), 4);
      }));

    it('is told who holds the database', () =>
      withApplication(engine, async ({ up, dir, file, count }) => {
        await up([person]);
        const holder = path.join(dir, 'holder.cjs');
        const ready = path.join(dir, 'ready');
        const go = path.join(dir, 'go');
        await writeFile(
          holder,
          `const { existsSync, writeFileSync } = require('node:fs');
           const engine = require(${JSON.stringify(require.resolve(MODULES[engine]))});
           const wait = async () => {
             writeFileSync(process.argv[3], 'x');
             while (!existsSync(process.argv[4])) await new Promise((resolve) => setTimeout(resolve, 20));
           };
           (async () => {
             if (${engine === 'kuzu'}) {
               const database = new engine.Database(process.argv[2], 256 << 20, true, false, 2 ** 34);
               await database.init();
               await wait();
               return database.close();
             }
             const instance = await engine.DuckDBInstance.create(process.argv[2]);
             await wait();
             instance.closeSync();
           })();`,
        );
        const running = runProgram(process.execPath, [holder, file, ready, go], { cwd: dir });
        try {
          await until(
            () =>
              readFile(ready).then(
                () => true,
                () => false,
              ),
            'the holder',
          );
          const held = await up([person, ...inserts]);
          assert.deepEqual(
            [held.ok, held.error?.code, held.results.filter(({ status }) => status === 'success')],
            [false, 'DATABASE_HELD', []],
          );
          assert.match(held.error?.message ?? '', /held by/);
          // There is nothing to write, so that nothing stands in the way.
          assert.deepEqual(told(await up([person])), []);
        } finally {
          await writeFile(go, '');
          assert.equal((await running).code, 0);
        }
        assert.deepEqual(told(await up([person, ...inserts])).length, 4);
        assert.equal(await count('Person'), 4);
      }));

    it('cancels before, in a statement, and in a function that waits for something else', () =>
      withApplication(engine, async ({ up, count, history }) => {
        const before = await up([person], { signal: AbortSignal.abort() });
        assert.deepEqual([before.ok, before.error?.code], [false, 'CANCELLED']);

        const slow =
          engine === 'kuzu'
            ? 'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a + b AS c WHERE c < 0 RETURN count(*)'
            : 'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range + b.range < 0';
        const endless: readonly Embedded[number]['up'][] = [
          async (db) => {
            await db.run(words.insert('Person', 1));
            const running = db.rows(slow);
            abort.abort();
            await running;
          },
          async (db) => {
            await db.run(words.insert('Person', 1));
            abort.abort();
            await new Promise(() => undefined);
          },
        ];
        let abort = new AbortController();
        for (const work of endless) {
          abort = new AbortController();
          const report = await up(
            [person, { id: '2', name: 'slow', up: work }, { id: '3', name: 'x', up: 'RETURN 1' }],
            {
              signal: abort.signal,
            },
          );
          assert.deepEqual([report.ok, report.error?.code], [false, 'CANCELLED']);
          assert.deepEqual(told(report).slice(-2), ['2 error CANCELLED', '3 not-executed']);
          assert.equal(await count('Person'), 0);
          assert.deepEqual(
            (await history()).map(({ version, status }) => `${version} ${status}`),
            ['1 success'],
          );
        }
        assert.deepEqual(told(await up([person, ...inserts])).length, 4);
      }));
  });
}
