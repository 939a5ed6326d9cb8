import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { Session } from '../../src/engine/driver';
import { EnginePool } from '../../src/engine/host/pool';
import { KUZU_VERSION } from '../../src/engine/kuzu/driver';
import { isAlive } from '../../src/project/process';
import { queryKuzu } from '../support/kuzu-script';
import { dist, root, until } from '../support/project';

const location = { engine: 'kuzu', script: path.join(dist, 'host.js'), module: require.resolve('kuzu') } as const;

describe('the engine host', () => {
  let pool: EnginePool;
  let dir: string;

  beforeEach(async () => {
    pool = new EnginePool(location, { idleMs: 60_000, log: () => undefined });
    dir = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-host-'));
  });
  afterEach(async () => {
    await pool.dispose();
    await rm(dir, { recursive: true, force: true });
  });

  const openFile = (name = 'db') => pool.open({ path: path.join(dir, name), readOnly: false });
  const run = async (session: Session, ...texts: string[]) => session.run(texts.map((text) => ({ text, rows: 100 })));
  const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;

  it('runs the release that the adapter says it is', async () => {
    const info = await pool.info();
    assert.deepEqual(info, { version: KUZU_VERSION, storageVersion: 39 });
  });

  it('says so when the engine is missing or made for another platform', async () => {
    const broken = path.join(dir, 'index.js');
    const cases = [path.join(dir, 'nowhere.js'), broken];
    // The engine's own build for another platform, which this system's loader refuses.
    const foreign = process.platform === 'darwin' ? 'kuzujs-linux-x64.node' : 'kuzujs-darwin-arm64.node';
    await copyFile(path.join(path.dirname(location.module), 'prebuilt', foreign), path.join(dir, 'kuzujs.node'));
    await writeFile(broken, "require('./kuzujs.node');");
    for (const module of cases) {
      const other = new EnginePool({ ...location, module }, { idleMs: 1000, log: () => undefined });
      try {
        await assert.rejects(other.open({ path: path.join(dir, 'db'), readOnly: false }), code('ENGINE_NOT_LOADED'));
      } finally {
        await other.dispose();
      }
    }
  });

  it('hands out no process that is about to be ended for being idle', async () => {
    await pool.dispose();
    pool = new EnginePool(location, { idleMs: 30, log: () => undefined });
    for (let at = 0; at < 30; at++) {
      const session = await openFile();
      await run(session, 'RETURN 1');
      await session.close();
      await new Promise((resolve) => setTimeout(resolve, 26 + (at % 10)));
    }
  });

  it('runs statements one by one, says which is next, and brings back only the rows asked for', async () => {
    const session = await openFile();
    const seen: number[] = [];
    const results = await session.run(
      [
        { text: 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)' },
        { text: 'UNWIND range(1, 5) AS i CREATE (:A {id: i})' },
        { text: 'MATCH (a:A) RETURN a.id AS id ORDER BY id', rows: 2 },
      ],
      { onStatement: (index) => seen.push(index) },
    );
    assert.deepEqual(seen, [0, 1, 2]);
    assert.deepEqual(results[2]?.rows, [[1], [2]]);
    assert.equal(results[2]?.rowCount, 5);
    await session.close();
  });

  it('stops at the first error, names the statement and its place, and leaves no transaction open', async () => {
    const session = await openFile();
    await run(session, 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)');
    for (const bad of ['RETURN foo bar', 'MATCH (n:Nope) RETURN n']) {
      const failed = run(session, 'BEGIN TRANSACTION', 'CREATE (:A {id: 1})', bad, 'CREATE (:A {id: 2})', 'COMMIT');
      await assert.rejects(failed, (error) => {
        assert.ok(MigrateError.is(error, 'STATEMENT_FAILED'));
        assert.equal(error.params.index, 2);
        assert.equal(error.where.statement, bad);
        return true;
      });
    }
    const [result] = await run(session, 'MATCH (a:A) RETURN count(*)');
    assert.deepEqual(result?.rows, [[0]]);
    await session.close();
  });

  it('gives the line and column of a syntax error', async () => {
    const session = await openFile();
    await assert.rejects(run(session, 'RETURN 1\n  AS x y'), (error) => {
      assert.ok(MigrateError.is(error));
      assert.equal(error.where.line, 2);
      assert.ok((error.where.column ?? 0) > 1);
      return true;
    });
    await session.close();
  });

  // Facts of Kùzu 0.11.3: valid Cypher that ends the process (numbers as in docs/engine-notes.md).
  const deep = `RETURN ${'('.repeat(5000)}1${')'.repeat(5000)}`;
  const crashes: readonly { readonly what: string; readonly setup: string[]; readonly trigger: string[] }[] = [
    {
      what: '1: an insert and a DROP of an inner column in one transaction',
      setup: ['CREATE NODE TABLE Y(id INT64 PRIMARY KEY, v INT64, w STRING)', "CREATE (:Y {id: 1, v: 1, w: 'a'})"],
      trigger: ['BEGIN TRANSACTION', "CREATE (:Y {id: 2, v: 2, w: 'b'})", 'ALTER TABLE Y DROP v', 'COMMIT'],
    },
    {
      what: '2: a new FROM–TO pair on a rel table that lost a column',
      setup: [
        'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
        'CREATE NODE TABLE B(id INT64 PRIMARY KEY)',
        'CREATE REL TABLE R(FROM A TO B, w INT64, z INT64)',
      ],
      trigger: ['ALTER TABLE R DROP w', 'ALTER TABLE R ADD FROM B TO A'],
    },
    {
      what: '4: show_functions after CREATE MACRO',
      setup: ['CREATE MACRO mm(x) AS x * 2'],
      trigger: ['CALL show_functions() RETURN *'],
    },
    { what: '12: an expression in 5000 parentheses', setup: [], trigger: [deep] },
  ];
  for (const { what, setup, trigger } of crashes) {
    it(`survives a crash of the engine and tells what became of the file (${what})`, async () => {
      await queryKuzu([{ path: path.join(dir, 'db'), statements: setup.length > 0 ? setup : ['RETURN 1'] }]);
      const session = await openFile();
      await assert.rejects(run(session, ...trigger), (error) => {
        assert.ok(MigrateError.is(error, 'ENGINE_CRASHED'), String(error));
        assert.equal(error.where.statement, trigger.at(-1));
        assert.match(String(error.params.signal), /SIGSEGV|SIGABRT/);
        assert.equal(error.params.state, '@state.opens');
        return true;
      });
      await session.close();
      // A new process takes over, on the same file.
      const again = await openFile();
      assert.deepEqual((await run(again, 'RETURN 1 AS one'))[0]?.rows, [[1]]);
      await again.close();
    });
  }

  it('survives a rel table without any pair that is exported after a reopen (3)', async () => {
    const file = path.join(dir, 'db');
    const statements = [
      'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
      'CREATE REL TABLE R(FROM A TO A)',
      'ALTER TABLE R DROP FROM A TO A',
    ];
    await queryKuzu([{ path: file, statements }]);
    const session = await openFile();
    await assert.rejects(run(session, `EXPORT DATABASE '${path.join(dir, 'out')}'`), code('ENGINE_CRASHED'));
    await session.close();
  });

  it('says of a file that crashes the engine on opening that it is broken', async () => {
    const file = path.join(dir, 'db');
    await queryKuzu([{ path: file, statements: ['CREATE NODE TABLE A(id INT64 PRIMARY KEY, name STRING)'] }]);
    const { open } = await import('node:fs/promises');
    const handle = await open(file, 'r+');
    const { size } = await handle.stat();
    // All but the header.
    await handle.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
    await handle.close();
    await assert.rejects(openFile(), (error) => {
      const crashed = MigrateError.is(error, 'ENGINE_CRASHED') && error.params.state === '@state.broken';
      return crashed || MigrateError.is(error, 'DATABASE_CORRUPT');
    });
  });

  it('refuses several statements in one call before any of them runs', async () => {
    const session = await openFile();
    await assert.rejects(
      run(session, 'CREATE NODE TABLE A(id INT64 PRIMARY KEY); CREATE NODE TABLE B(id INT64 PRIMARY KEY)'),
      code('STATEMENT_FAILED'),
    );
    assert.equal((await run(session, 'CALL show_tables() RETURN *'))[0]?.rowCount, 0);
    assert.equal((await run(session, "RETURN 'a;b' AS text;"))[0]?.rowCount, 1);
    await session.close();
  });

  it('survives a WAL that belongs to another database (10)', async () => {
    await queryKuzu([{ path: path.join(dir, 'a'), statements: ['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'] }]);
    const other = await openFile('b');
    await run(other, 'CREATE NODE TABLE B(id INT64 PRIMARY KEY)', 'CREATE (:B {id: 1})');
    await copyFile(path.join(dir, 'b.wal'), path.join(dir, 'a.wal'));
    await other.close();
    await assert.rejects(
      async () => {
        const session = await openFile('a');
        await run(session, 'MATCH (n) RETURN count(*)').finally(() => session.close());
        throw new Error('the engine took a foreign WAL');
      },
      (error) => MigrateError.is(error) || /foreign WAL/.test(String(error)),
    );
    const again = await openFile('b');
    assert.equal((await run(again, 'RETURN 1'))[0]?.rowCount, 1);
    await again.close();
  });

  it('ends a statement that is cancelled, and the other sessions go on', async () => {
    const other = await openFile('other');
    const session = await openFile();
    const controller = new AbortController();
    const endless = session.run(
      [{ text: 'UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)' }],
      {
        signal: controller.signal,
        onStatement: () => controller.abort(),
      },
    );
    await assert.rejects(endless, code('CANCELLED'));
    await session.close();
    assert.equal((await run(other, 'RETURN 1'))[0]?.rowCount, 1);
    await other.close();
  });

  it('ends a statement that takes longer than it may', async () => {
    const session = await openFile();
    const endless = session.run(
      [{ text: 'UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)' }],
      { timeoutMs: 300 },
    );
    await assert.rejects(endless, code('ENGINE_TIMEOUT'));
    await session.close();
  });

  it('keeps one handle on one real path: a second opening waits for the first to close', async () => {
    const first = await openFile();
    await run(first, 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)');
    await symlink(path.join(dir, 'db'), path.join(dir, 'alias'));
    let opened = false;
    const second = openFile('alias').then((session) => {
      opened = true;
      return session;
    });
    await run(first, 'CREATE (:A {id: 1})');
    assert.equal(opened, false);
    await first.close();
    const session = await second;
    assert.deepEqual((await run(session, 'MATCH (a:A) RETURN count(*)'))[0]?.rows, [[1]]);
    await session.close();
  });

  it('carries 128-bit integers, dates, bytes, lists and maps over the wire', async () => {
    const session = await openFile();
    const [result] = await run(
      session,
      "RETURN CAST('170141183460469231731687303715884105727' AS INT128) AS a, date('2020-02-29') AS b, [1, 2] AS c, {x: 1, y: 'z'} AS d, NULL AS e",
    );
    assert.deepEqual(result?.rows[0], [
      '170141183460469231731687303715884105727',
      '2020-02-29T00:00:00.000Z',
      [1, 2],
      { x: 1, y: 'z' },
      null,
    ]);
    await session.close();
  });

  it('keeps a process warm for the next session, and ends it when it has been idle', async () => {
    await pool.dispose();
    pool = new EnginePool(location, { idleMs: 300, log: () => undefined });
    const first = await openFile();
    await first.close();
    const [pid] = pool.pids;
    const second = await openFile();
    assert.deepEqual(pool.pids, [pid]);
    await second.close();
    await until(() => pool.pids.length === 0 && !isAlive(pid ?? 0), 'the idle process to end');
  });

  it('takes no engine process with it when the caller is killed', async () => {
    // A caller of its own, which prints the engine's process id and then waits for ever.
    const script = `
      const { fork } = require('node:child_process');
      const child = fork(${JSON.stringify(location.script)}, ['kuzu', ${JSON.stringify(location.module)}]);
      console.log(child.pid); setInterval(() => {}, 1000);`;
    const caller = spawn(process.execPath, ['-e', script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      caller.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
    );
    caller.kill('SIGKILL');
    await until(() => !isAlive(pid), 'the engine process to end');
  });

  it('tells the end of an engine that somebody killed, at whatever moment', async () => {
    for (let at = 0; at < 25; at++) {
      const session = await openFile(`killed${at}`);
      const [pid = 0] = pool.pids.slice(-1);
      const work = (async () => {
        for (;;) await run(session, 'RETURN 1', 'RETURN 2', 'UNWIND range(1, 20000) AS a RETURN sum(a)');
      })();
      const killer = setTimeout(() => process.kill(pid, 'SIGKILL'), at * 2);
      await assert.rejects(work, code('ENGINE_CRASHED'));
      clearTimeout(killer);
      await session.close();
    }
  });

  it('can’t open a database again whose macro holds a comparison, and says that it is the file', async () => {
    await queryKuzu([{ path: path.join(dir, 'db'), statements: ['CREATE MACRO bigger(x, y) AS x > y'] }]);
    await assert.rejects(
      openFile(),
      (error) => MigrateError.is(error, 'DATABASE_CORRUPT') || code('ENGINE_CRASHED')(error),
    );
  });

  it('opens many databases at once, which the engine alone refuses at the tenth', async () => {
    const sessions = await Promise.all(Array.from({ length: 12 }, (_none, at) => openFile(`db${at}`)));
    for (const session of sessions) await session.close();
  });
});
