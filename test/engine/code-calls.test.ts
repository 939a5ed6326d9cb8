import assert from 'node:assert/strict';
import { MigrateError } from '../../src/core/errors';
import type { CodeModule } from '../../src/engine/code/types';
import type { Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { nothing, type SeenDatabase, sessionDatabase, withCode } from '../support/code';
import { until, withDrivers } from '../support/project';

const rejected = async (work: Promise<unknown>): Promise<MigrateError> => {
  const error = await work.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(MigrateError.is(error), String(error));
  return error;
};

/** Loads a migration of one function body and hands over a way to run it. */
async function withUp<T>(
  body: string,
  work: (parts: {
    module: CodeModule;
    file: string;
    log: string[];
    again: (text: string) => Promise<CodeModule>;
  }) => Promise<T>,
): Promise<T> {
  return withCode(async ({ host, write, log }) => {
    const text = `export async function up(db: any) {\n${body}\n}`;
    const file = await write('1.ts', text);
    const again = async (other: string) =>
      host.load(await write('2.ts', `export async function up(db: any) {\n${other}\n}`));
    return work({ module: await host.load(file), file, log, again });
  });
}

/** A database in memory of the real engine, as user code reaches it. */
async function withKuzu<T>(work: (database: SeenDatabase, session: Session) => Promise<T>): Promise<T> {
  return withDrivers((drivers) =>
    withSession(drivers.get('kuzu'), { readOnly: false }, (session) =>
      work(sessionDatabase(session, 'cypher'), session),
    ),
  );
}

describe('a call of a migration in code', () => {
  it('reads from and writes to the database', () =>
    withKuzu((database, session) =>
      withUp(
        `await db.run('CREATE NODE TABLE Person(id INT64 PRIMARY KEY, name STRING, short STRING)');
         for (const name of ["O'Hara", 'back\\\\slash', '東京 "xy"']) {
           const { touched } = await db.run('CREATE (:Person {id: $id, name: $name})', { id: name.length, name });
           if (touched !== null && touched !== 1) throw new Error('touched ' + touched);
         }
         for (const row of await db.rows('MATCH (p:Person) RETURN p.id AS id, p.name AS name')) {
           await db.run('MATCH (p:Person) WHERE p.id = $id SET p.short = $short', { id: row.id, short: row.name.slice(0, 2) });
         }`,
        async ({ module }) => {
          await module.call('up', database);
          await module.close();
          const [result] = await session.run([
            { text: 'MATCH (p:Person) RETURN p.name, p.short ORDER BY p.id', rows: 10 },
          ]);
          assert.deepEqual(result?.rows, [
            ["O'Hara", "O'"],
            ['東京 "xy"', '東京'],
            ['back\\slash', 'ba'],
          ]);
        },
      ),
    ));

  describe('of which a statement fails', () => {
    it('fails with the engine’s error, with the place of the call in the file', () =>
      withKuzu((database) =>
        withUp(
          `  await db.run('CREATE NODE TABLE A(id INT64 PRIMARY KEY)');\n    await db.run('CREATE (:Nowhere)');`,
          async ({ module, file }) => {
            const error = await rejected(module.call('up', database));
            assert.equal(error.code, 'STATEMENT_FAILED');
            assert.match(String(error.params.detail), /Nowhere/);
            assert.deepEqual(error.where, { file, line: 3, column: 14, statement: 'CREATE (:Nowhere)' });
            assert.ok(MigrateError.is(error.cause, 'STATEMENT_FAILED'));
          },
        ),
      ));

    it('lets nothing through any more, so that nothing is committed behind the rolled back transaction', () =>
      withKuzu(async (database, session) => {
        await session.run([{ text: 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)' }, { text: 'BEGIN TRANSACTION' }]);
        await withUp(
          `await db.run('CREATE (:A {id: 1})');
           try { await db.run('CREATE (:Nowhere)'); } catch {}
           try { await db.run('CREATE (:A {id: 2})'); } catch {}
           await db.rows('MATCH (a:A) RETURN a.id').catch(() => []);`,
          async ({ module }) => {
            const error = await rejected(module.call('up', database));
            assert.equal(error.code, 'STATEMENT_FAILED');
            assert.equal(error.where.line, 3);
          },
        );
        assert.deepEqual(database.seen, ['CREATE (:A {id: 1})', 'CREATE (:Nowhere)']);
        const [result] = await session.run([{ text: 'MATCH (a:A) RETURN count(a)', rows: 1 }]);
        assert.deepEqual(result?.rows, [[0]]);
      }));

    it('lets none of those through that were asked for at the same time', () =>
      withKuzu((database) =>
        withUp(
          `await Promise.allSettled([db.run('CREATE (:Nowhere)'), db.run('CREATE NODE TABLE B(id INT64 PRIMARY KEY)')]);`,
          async ({ module }) => {
            assert.equal((await rejected(module.call('up', database))).code, 'STATEMENT_FAILED');
            assert.deepEqual(database.seen, ['CREATE (:Nowhere)']);
          },
        ),
      ));

    it('tells the code the engine’s own words', () =>
      withKuzu((database) =>
        withUp(
          `try { await db.run('CREATE (:Nowhere)'); } catch (error) { console.log(error.name, error.message); }`,
          async ({ module, log }) => {
            await rejected(module.call('up', database));
            await until(() => log.length > 0, 'the log');
            assert.match(log.join(), /DatabaseError Binder exception: Table Nowhere does not exist/);
          },
        ),
      ));

    it('tells the end of the engine’s process as what it is', () =>
      withKuzu((database) =>
        withUp(
          `await db.run(${JSON.stringify(`RETURN ${'['.repeat(1500)}${']'.repeat(1500)}`)});`,
          async ({ module, file }) => {
            const error = await rejected(module.call('up', database));
            assert.equal(error.code, 'ENGINE_CRASHED');
            assert.deepEqual([error.where.file, error.where.line], [file, 2]);
          },
        ),
      ));
  });

  describe('that fails by itself', () => {
    const cases: readonly (readonly [what: string, body: string, detail: string, line?: number, column?: number])[] = [
      ['throws', '\n  throw new TypeError("no way");', 'TypeError: no way', 3, 9],
      [
        'throws behind types',
        'const x: Array<number> = []; (x as any).y.z;',
        "TypeError: Cannot read properties of undefined (reading 'z')",
        2,
        43,
      ],
      ['throws after an await', 'await null;\nthrow new Error("late");', 'late', 3, 7],
      ['throws a text', 'throw "just so";', 'just so'],
      ['throws an object', 'throw { code: 5 };', '{"code":5}'],
      ['rejects with nothing', 'return Promise.reject();', 'undefined'],
      [
        'leaves a promise that rejects',
        'Promise.reject(new Error("nobody cared"));\nawait new Promise((r) => setTimeout(r, 1000));',
        'nobody cared',
        2,
        16,
      ],
      [
        'throws in a timer',
        'await new Promise(() => setTimeout(() => {\nthrow new Error("in a timer");\n}, 1));',
        'in a timer',
        3,
        7,
      ],
      ['ends its process', 'process.exit(3);', '@code.exited:3'],
      [
        'kills its process',
        'process.kill(process.pid, "SIGKILL"); await new Promise(() => {});',
        '@code.killed:SIGKILL',
      ],
      ['closes its channel', 'process.disconnect(); await new Promise(() => {});', '@code.exited:0'],
      ['gives no text', 'await db.run(5);', '@code.notText', 2, 10],
      ['lacks a value', 'await db.run("RETURN $a + $b", { a: 1 });', '@code.parameterMissing:b', 2, 10],
      ['has a value too many', 'await db.rows("RETURN $a", { a: 1, c: 2 });', '@code.parameterUnused:c', 2, 10],
      ['has a value that is none', 'await db.run("RETURN $a", { a: undefined });', '@code.parameterUndefined:a', 2, 10],
    ];
    for (const [what, body, detail, line, column] of cases) {
      it(`because it ${what}`, () =>
        withUp(body, async ({ module, file }) => {
          const error = await rejected(module.call('up', nothing()));
          assert.equal(error.code, 'CODE_MIGRATION_FAILED');
          assert.deepEqual(error.params, { file, detail });
          assert.equal(error.where.file, file);
          if (line !== undefined) assert.deepEqual([error.where.line, error.where.column], [line, column]);
        }));
    }

    it('runs into the time limit when it has no end', () =>
      withUp('for (;;);', async ({ module }) => {
        const error = await rejected(module.call('up', nothing(), { timeoutMs: 200 }));
        assert.equal(error.params.detail, '@code.timeout:0.2');
      }));

    it('ends at a cancel, after the statement that was under way', () =>
      withUp('await db.run("SLOW"); await new Promise(() => {});', async ({ module }) => {
        const cancel = new AbortController();
        let finish: () => void = () => undefined;
        let finished = false;
        const slow = new Promise<{ touched: null }>((resolve) => {
          finish = () => {
            finished = true;
            resolve({ touched: null });
          };
        });
        const database = { ...nothing(), run: () => slow };
        const call = rejected(
          module.call('up', database, {
            signal: cancel.signal,
            onStatement: () => {
              cancel.abort();
              setImmediate(finish);
            },
          }),
        );
        assert.equal((await call).code, 'CANCELLED');
        assert.ok(finished);
      }));
  });

  describe('that leaves something over', () => {
    it('fails for a statement that was not awaited, with its place, after it has ended', () =>
      withKuzu((database) =>
        withUp(
          `await db.run('CREATE NODE TABLE A(id INT64 PRIMARY KEY)');
           [1, 2, 3].forEach(async (id) => {
             await db.run('CREATE (:A {id: $id})', { id });
           });`,
          async ({ module, file }) => {
            const error = await rejected(module.call('up', database));
            assert.equal(error.params.detail, '@code.unawaited');
            assert.deepEqual([error.where.file, error.where.line, error.where.column], [file, 4, 23]);
            assert.equal(database.seen.length, 4);
          },
        ),
      ));

    it('fails for a call right after its return', () =>
      withUp(
        'Promise.resolve().then(() => 0).then(() => 0).then(() => 0).then(() =>\ndb.run("LATE"));',
        async ({ module }) => {
          const database = nothing();
          const error = await rejected(module.call('up', database));
          assert.ok(['@code.late', '@code.unawaited'].includes(String(error.params.detail)));
          assert.equal(error.where.line, 3);
        },
      ));

    it('has a later call refused, and tells it when the module is closed', () =>
      withUp(
        // Two turns later the call has ended, however slow the machine is.
        'const go = () => console.log("now") ?? db.run("LATE");\nsetImmediate(() => setImmediate(go));',
        async ({ module, log }) => {
          const database = nothing();
          await module.call('up', database);
          await until(() => log.some((line) => line.includes('now')), 'the late call');
          const error = await rejected(module.close());
          assert.deepEqual(
            [error.code, error.params.detail, error.where.line],
            ['CODE_MIGRATION_FAILED', '@code.late', 2],
          );
          assert.deepEqual(database.seen, []);
        },
      ));

    it('can’t reach the database of the next one', () =>
      withUp(
        // Begun by the second one: a timer that fires while the first one ends would be that one's failure.
        'globalThis.goOn = async () => { for (;;) { await db.run("STRAY").catch(() => undefined); await new Promise((r) => setTimeout(r, 1)); } };',
        async ({ module, again }) => {
          await module.call('up', nothing());
          const second = await again(
            'setTimeout(globalThis.goOn, 1); for (let i = 0; i < 20; i++) { await db.run("OWN"); await new Promise((r) => setTimeout(r, 1)); }',
          );
          const database = nothing();
          await second.call('up', database);
          assert.deepEqual([...new Set(database.seen)], ['OWN']);
          assert.equal((await rejected(second.close())).params.detail, '@code.late');
        },
      ));
  });

  it('runs in a fresh process after a failure, with all that was loaded before', () =>
    withUp(
      'globalThis.count = (globalThis.count ?? 0) + 1; await db.run(`PID ${process.pid} ${globalThis.count}`); if (globalThis.count === 2) throw new Error("twice");',
      async ({ module }) => {
        const database = nothing();
        await module.call('up', database);
        await rejected(module.call('up', database));
        await module.call('up', database);
        const [first, second, third] = database.seen.map((text) => text.split(' '));
        assert.deepEqual([first?.[2], second?.[2], third?.[2]], ['1', '2', '1']);
        assert.equal(first?.[1], second?.[1]);
        assert.notEqual(first?.[1], third?.[1]);
      },
    ));

  it('counts its statements for the caller', () =>
    withUp('await db.run("A"); await db.rows("B"); await db.run("C");', async ({ module }) => {
      const seen: number[] = [];
      await module.call('up', nothing(), { onStatement: (index) => seen.push(index) });
      assert.deepEqual(seen, [0, 1, 2]);
    }));
});
