// Over 400 lines: one matrix over the engines, whose cases share their applications.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { MigrateOptions } from '../../src/workflow/library';
import { built, type Embedded, told, withApplication } from '../support/library';
import { ENGINES, WORDS, type Words } from '../support/migrations';

const { migrate, status } = built;

/** Three migrations: text, functions, and one more with a longer id. */
function people(words: Words): Embedded {
  return [
    {
      id: '1.10',
      name: 'two more',
      up: `${words.insert('Person', 3)};\n${words.insert('Person', 4)};`,
      down: `${words.remove('Person', 3)}; ${words.remove('Person', 4)};`,
    },
    { id: '1', name: 'people', up: words.table('Person'), down: words.drop('Person') },
    {
      id: '1.9',
      name: 'two',
      up: async (db) => {
        await db.run(words.insert('Person', 1));
        await db.run(words.insert('Person', 2));
      },
      down: async (db) => {
        for (const { n } of await db.rows(words.count('Person'))) assert.equal(Number(n), 2);
        await db.run(words.remove('Person', 1));
        await db.run(words.remove('Person', 2));
      },
    },
  ];
}

for (const engine of ENGINES) {
  const words = WORDS[engine];
  const person: Embedded[number] = { id: '1', name: 'people', up: words.table('Person'), down: words.drop('Person') };
  const insert = (id: string, ...people: number[]): Embedded[number] => ({
    id,
    name: `insert ${people}`,
    up: people.map((one) => `${words.insert('Person', one)};\n`).join(''),
    down: people.map((one) => `${words.remove('Person', one)};\n`).join(''),
  });

  describe(`the library on ${engine}`, () => {
    it('applies embedded migrations in the order of their ids, and the second time nothing', () =>
      withApplication(engine, async ({ up, history, count, dir }) => {
        const first = await up(people(words));
        assert.deepEqual(
          [first.ok, first.error, told(first)],
          [true, undefined, ['1 success', '1.9 success', '1.10 success']],
        );
        assert.deepEqual(
          first.results.map(({ file, name }) => [file, name]),
          [
            ['embedded:1', 'people'],
            ['embedded:1.9', 'two'],
            ['embedded:1.10', 'two more'],
          ],
        );
        assert.equal(await count('Person'), 4);
        assert.deepEqual(
          (await history()).map(({ version, status: state }) => `${version} ${state}`),
          ['1 success', '1.10 success', '1.9 success'],
        );

        const second = await up(people(words));
        assert.deepEqual(second, { ok: true, results: [], notes: [], backups: [] });
        const { ok, current, dirty, migrations } = await status({ project: dir, migrations: people(words) });
        assert.deepEqual([ok, current, dirty], [true, '1.10', false]);
        assert.deepEqual(
          migrations.map(({ id, state, hasDown }) => [id, state, hasDown]),
          [
            ['1', 'applied', true],
            ['1.9', 'applied', true],
            ['1.10', 'applied', true],
          ],
        );
      }));

    it('goes down by text and by function, and up again', () =>
      withApplication(engine, async ({ up, down, count, tables }) => {
        const all = people(words);
        await up(all);
        const unasked = await up(all, { direction: 'down' });
        assert.deepEqual([unasked.ok, unasked.error?.code], [false, 'CONFIRMATION_NEEDED']);
        assert.match(unasked.error?.hint ?? '', /yes: true/);
        assert.equal(await count('Person'), 4);

        assert.deepEqual(told(await down(all)), ['1.10 success']);
        assert.equal(await count('Person'), 2);
        assert.deepEqual(told(await down(all, { to: '0' })), ['1.9 success', '1 success']);
        assert.deepEqual(await tables(), []);
        assert.deepEqual(told(await up(all, { to: '1.9' })), ['1 success', '1.9 success']);
        assert.deepEqual(told(await up(all, { steps: 1 })), ['1.10 success']);
        assert.equal(await count('Person'), 4);
      }));

    it('keeps what was applied before a failure, and goes on once that is corrected', () =>
      withApplication(engine, async ({ up, count, dir }) => {
        const wrong = { id: '2', name: 'wrong', up: `${words.insert('Person', 1)};\n${words.failing};` };
        const report = await up([person, wrong, insert('3', 3)]);
        assert.equal(report.ok, false);
        assert.deepEqual(told(report), ['1 success', '2 error STATEMENT_FAILED', '3 not-executed']);
        const { code, file, line, statement, message, hint } = report.error ?? assert.fail();
        assert.deepEqual([code, file, line, statement], ['STATEMENT_FAILED', 'embedded:2', 2, words.failing]);
        assert.ok(message.length > 0 && hint.length > 0);
        assert.deepEqual(report.error, report.results[1]?.error);
        assert.equal(await count('Person'), 0);
        const states = await status({ project: dir, migrations: [person, wrong, insert('3', 3)] });
        assert.deepEqual(
          states.migrations.map(({ state }) => state),
          ['applied', 'failed', 'pending'],
        );

        assert.deepEqual(told(await up([person, insert('2', 1), insert('3', 3)])), ['2 success', '3 success']);
        assert.equal(await count('Person'), 2);
      }));

    it('takes all of a function back when it fails, whatever it catches or leaves behind', () =>
      withApplication(engine, async ({ up, count }) => {
        await up([person]);
        const failing: readonly (readonly [what: string, up: Embedded[number]['up'], code: string, message: RegExp])[] =
          [
            [
              'throws',
              async (db) => {
                await db.run(words.insert('Person', 1));
                throw new RangeError('not today');
              },
              'CODE_MIGRATION_FAILED',
              /^embedded:2 failed: RangeError: not today$/,
            ],
            [
              'catches the failure of a statement',
              async (db) => {
                await db.run(words.insert('Person', 1));
                await db.run(words.failing).catch(() => undefined);
              },
              'STATEMENT_FAILED',
              /./,
            ],
            [
              'goes on after one',
              async (db) => {
                await db.run(words.failing).catch(() => undefined);
                await db.run(words.insert('Person', 1));
              },
              'STATEMENT_FAILED',
              /./,
            ],
            [
              'does not await a call',
              (db) => {
                void db.run(words.insert('Person', 1));
              },
              'CODE_MIGRATION_FAILED',
              /not awaited/,
            ],
            [
              'does not await one that fails',
              (db) => {
                void db.run(words.failing);
              },
              'STATEMENT_FAILED',
              /./,
            ],
            [
              'calls after it has returned',
              async (db) => {
                await db.run(words.insert('Person', 1));
                setImmediate(() => db.run(words.insert('Person', 2)).catch(() => undefined));
              },
              'CODE_MIGRATION_FAILED',
              /after the function had returned/,
            ],
            [
              'leaves out a parameter',
              async (db) => {
                await db.run(words.insert('Person', 1));
                await db.run('RETURN $x');
              },
              'CODE_MIGRATION_FAILED',
              /\$x, and no value/,
            ],
            [
              'ends the transaction',
              async (db) => {
                await db.run(words.insert('Person', 1));
                await db.run('COMMIT');
              },
              'STATEMENT_NOT_TRANSACTIONAL',
              /COMMIT/,
            ],
            [
              'puts two statements into one call',
              async (db) => {
                await db.run(words.insert('Person', 1));
                await db.run('COMMIT; CHECKPOINT');
              },
              'STATEMENT_NOT_TRANSACTIONAL',
              /COMMIT/,
            ],
          ];
        for (const [what, work, code, message] of failing) {
          const { ok, results, error } = await up([person, { id: '2', name: what, up: work }]);
          assert.deepEqual(
            [ok, error?.code, error?.file, results[0]?.status],
            [false, code, 'embedded:2', 'error'],
            what,
          );
          assert.match(error?.message ?? '', message, what);
          assert.equal(await count('Person'), 0, what);
        }
        // What the function is told is what the engine said.
        let seen: unknown;
        const reading = {
          id: '2',
          name: 'reading',
          up: (db: { run(text: string): Promise<unknown> }) =>
            db.run(words.failing).then(
              () => undefined,
              (error: unknown) => {
                seen = error;
              },
            ),
        };
        const report = await up([person, reading]);
        assert.ok(seen instanceof Error);
        assert.ok(report.error?.message.includes(seen.message), `${report.error?.message} | ${seen.message}`);
      }));

    it('fills the parameters of a function’s statements, and tells what they changed', () =>
      withApplication(engine, async ({ up, rows }) => {
        const touched: unknown[] = [];
        const report = await up([
          person,
          {
            id: '2',
            name: 'with values',
            up: async (db) => {
              assert.equal(db.dialect, words.dialect);
              const text =
                db.dialect === 'sql'
                  ? 'INSERT INTO Person VALUES ($id, $name)'
                  : 'CREATE (:Person {id: $id, name: $name})';
              touched.push(await db.run(text, { id: 7, name: "O'Neil; -- \\" }));
            },
          },
        ]);
        assert.deepEqual(told(report), ['1 success', '2 success']);
        assert.equal(touched.length, 1);
        const query =
          engine === 'kuzu' ? 'MATCH (p:Person) RETURN p.id AS id, p.name AS name' : 'SELECT id, name FROM Person';
        assert.deepEqual(
          (await rows(query)).map(({ id, name }) => [Number(id), name]),
          [[7, "O'Neil; -- \\"]],
        );
      }));

    it('runs without a transaction what asks for it, text and function', () =>
      withApplication(engine, async ({ up, down, count, history, tables }) => {
        const all: Embedded = [
          { ...person, up: `${words.table('Person')}; ${words.checkpoint};`, transaction: 'none' },
          {
            id: '2',
            name: 'alone',
            transaction: 'none',
            up: async (db) => {
              await db.run(words.insert('Person', 1));
              await db.run(words.checkpoint);
              await db.run(words.insert('Person', 2));
            },
            down: `${words.remove('Person', 1)}; ${words.checkpoint}; ${words.remove('Person', 2)}`,
          },
        ];
        const report = await up(all);
        assert.deepEqual(told(report), ['1 success', '2 success'], JSON.stringify(report.error));
        assert.equal(await count('Person'), 2);
        assert.deepEqual(
          (await history()).map(({ version, done, total }) => [version, done, total]),
          [
            ['1', 2, 2],
            ['2', 3, 3],
          ],
        );
        const back = await down(all, { to: '0' });
        assert.deepEqual(told(back), ['2 success', '1 success'], JSON.stringify(back.error));
        assert.deepEqual(await tables(), []);
      }));

    it('tells that a text was edited, but neither comments nor functions', () =>
      withApplication(engine, async ({ up, down, dir, count }) => {
        const one = (name: string, up: Embedded[number]['up'], down: Embedded[number]['up']): Embedded => [
          person,
          { id: '2', name, up, down },
        ];
        const [a, b] = [words.insert('Person', 1), words.remove('Person', 1)];
        await up(one('text', a, b));
        const comment = words.dialect === 'sql' ? '-- more' : '// more';
        assert.equal((await up(one('text', `${comment}\n${a};`, `${b};\n${comment}`))).ok, true);
        for (const edited of [one('text', words.insert('Person', 2), b), one('text', a, words.remove('Person', 2))]) {
          const { ok, error, results } = await up([...edited, insert('3', 3)]);
          assert.deepEqual(
            [ok, error?.code, error?.file, results.length],
            [false, 'MIGRATION_CHANGED', 'embedded:2', 0],
          );
          const { migrations } = await status({ project: dir, migrations: edited });
          assert.deepEqual(
            migrations.map(({ state }) => state),
            ['applied', 'changed'],
          );
        }
        // The way back is the one that was applied.
        const back = await down(one('text', a, words.failing));
        assert.deepEqual([told(back), back.notes.length], [['2 success'], 1], JSON.stringify(back.error));
        assert.equal(await count('Person'), 0);

        const asFunctions = (id: number) =>
          one(
            'function',
            async (db) => void (await db.run(words.insert('Person', id))),
            async (db) => void (await db.run(words.remove('Person', id))),
          );
        assert.deepEqual(told(await up(asFunctions(1))), ['2 success']);
        assert.deepEqual(told(await up(asFunctions(2))), []);
        assert.deepEqual(told(await down(asFunctions(1))), ['2 success']);
        assert.equal(await count('Person'), 0);
      }));

    it('takes back what the application no longer brings: text from the history, a function not', () =>
      withApplication(engine, async ({ up, down, count, json }) => {
        const coded: Embedded[number] = {
          id: '3',
          name: 'coded',
          up: async (db) => void (await db.run(words.insert('Person', 3))),
          down: async (db) => void (await db.run(words.remove('Person', 3))),
        };
        await up([person, insert('2', 1, 2)]);
        const later = await up([person]);
        assert.deepEqual([later.ok, later.notes.length], [true, 1]);
        assert.deepEqual(told(await down([person])), ['2 success']);
        assert.equal(await count('Person'), 0);

        await up([person, coded]);
        const gone = await down([person]);
        assert.deepEqual([gone.ok, gone.error?.code, gone.results], [false, 'MIGRATION_EMBEDDED', []]);
        const fromCli = await json(['down', '--yes']);
        assert.deepEqual([fromCli.code, fromCli.json.error?.code], [1, 'MIGRATION_EMBEDDED']);
        assert.equal(await count('Person'), 1);

        const without = await down([person, { id: '3', name: 'coded', up: async () => undefined }]);
        assert.equal(without.error?.code, 'MIGRATION_IRREVERSIBLE');
        assert.deepEqual(told(await down([person, coded])), ['3 success']);
        assert.equal(await count('Person'), 0);
      }));

    it('reads the directives of a text', () =>
      withApplication(engine, async ({ up }) => {
        const sign = words.dialect === 'sql' ? '--' : '//';
        const needy = { id: '2', name: 'needy', up: `${sign} requires: 9\n${words.insert('Person', 1)};` };
        assert.equal((await up([person, needy])).error?.code, 'MIGRATION_REQUIRES');
        const waiting = {
          id: '2',
          name: 'waiting',
          up: `${sign} assume: ${words.truth(false)}\n${words.insert('Person', 1)};`,
        };
        const left = await up([person, waiting, insert('3', 3)]);
        assert.deepEqual([left.ok, told(left)], [true, ['1 success', '2 not-executed', '3 success']]);
        assert.match(left.results[1]?.notes[0] ?? '', /condition/);
        const marked = {
          id: '4',
          name: 'marked',
          up: `${words.insert('Person', 1)};\n${sign} DOWN\n${words.remove('Person', 1)};`,
        };
        assert.equal((await up([person, waiting, insert('3', 3), marked])).error?.code, 'SCRIPT_INVALID');
      }));

    it('applies the files of a project, and asks for a protected database and a loss of data', () =>
      withApplication(engine, async ({ dir, write, configure, tables }) => {
        await write('001_people', words.table('Person'));
        await write('002_more.ts', `export const up = (db) => db.run(${JSON.stringify(words.insert('Person', 1))});`);
        await configure({}, { protected: true });
        const code = async (more: MigrateOptions) => (await migrate({ project: dir, ...more })).error?.code;
        assert.equal(await code({}), 'CONFIRMATION_NEEDED');
        assert.equal(await code({ yes: true }), 'CONFIRMATION_NEEDED');
        assert.equal(await code({ yes: true, confirm: 'prod' }), 'CONFIRMATION_NEEDED');
        const refused = await migrate({ project: dir, yes: true });
        assert.match(refused.error?.hint ?? '', /confirm: 'dev'/);
        assert.deepEqual(told(await migrate({ project: dir, yes: true, confirm: 'dev' })), ['1 success', '2 success']);

        await configure();
        await write('003_gone', words.drop('Person'));
        assert.equal(await code({}), 'CONFIRMATION_NEEDED');
        assert.deepEqual(await tables(), ['Person']);
        assert.deepEqual(told(await migrate({ project: dir, yes: true })), ['3 success']);
        await configure({}, { readOnly: true });
        assert.equal(await code({}), 'DATABASE_READ_ONLY');
      }));

    it('rehearses and runs dry without a trace', () =>
      withApplication(engine, async ({ up, dir, tables }) => {
        const dry = await up([person], { dryRun: true });
        assert.deepEqual([dry.ok, told(dry)], [true, ['1 success']]);
        const states = await status({ project: dir, migrations: [person] });
        assert.deepEqual([states.ok, states.current], [true, null]);
        const rehearsed = await up([person, { id: '2', name: 'wrong', up: words.failing }], { rehearse: true });
        assert.equal(rehearsed.ok, false);
        assert.equal((await status({ project: dir, migrations: [person] })).current, null);
        await up([person], { rehearse: true });
        assert.deepEqual(await tables(), ['Person']);
      }));

    it('takes a database that no configuration names, and makes its folder', () =>
      withApplication(engine, async ({ dir }) => {
        const file = path.join(dir, 'new', 'deeper', 'other.db');
        const database = { path: file, engine, memoryMB: 256 };
        const elsewhere = path.join(dir, 'migrations');
        const report = await migrate({ project: elsewhere, database, migrations: [person] });
        assert.deepEqual(told(report), ['1 success'], JSON.stringify(report.error));
        // By now the file tells its engine.
        for (const known of [{ path: file }, file]) {
          const { current } = await status({ project: elsewhere, database: known, migrations: [person] });
          assert.equal(current, '1');
        }
        assert.equal((await status({ project: dir, migrations: [person] })).current, null);
      }));

    it('speaks Japanese when it is asked to', () =>
      withApplication(engine, async ({ up }) => {
        const { error } = await up([{ id: '1', name: 'wrong', up: words.failing }], { language: 'ja' });
        assert.match(`${error?.message}${error?.hint}`, /[ぁ-ん]/);
      }));

    it('goes on when the log function fails', () =>
      withApplication(engine, async ({ up }) => {
        const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
        let lines = 0;
        const log = () => {
          lines++;
          throw new Error('disk full');
        };
        const noisy = { id: '2', name: 'noisy', up: words.failing };
        const report = await up([person, noisy], { log });
        assert.deepEqual(told(report), ['1 success', '2 error STATEMENT_FAILED']);
        const fails = await up([person], { log, direction: 'down', yes: true });
        assert.equal(fails.ok, true);
        if (lines > 0) assert.match((await warned).message, /disk full/);
        assert.ok(lines <= 2);
      }));
  });
}
