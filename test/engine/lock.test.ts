import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { MigrateError } from '../../src/core/errors';
import { lockFile, takeLock } from '../../src/project/lock';
import { seeded } from '../support/kills';
import { root, until } from '../support/project';

describe('the lock of a database, between processes', () => {
  let top: string;
  let worker: string;
  let dir: string;
  let database: string;
  let children: ChildProcess[];

  before(async () => {
    top = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-lock-'));
    worker = path.join(top, 'worker.cjs');
    const entryPoints = [path.join(root, 'test/support/lock-worker.ts')];
    await build({ entryPoints, outfile: worker, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  });
  after(() => rm(top, { recursive: true, force: true }));
  beforeEach(async () => {
    dir = await mkdtemp(path.join(top, 'case-'));
    database = path.join(dir, 'app.kuzu');
    children = [];
  });
  afterEach(async () => {
    for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  const start = (...args: readonly string[]) => {
    const child = spawn(process.execPath, [worker, database, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  const startHolder = async () => {
    const holder = start('hold');
    assert.ok(holder.stdout);
    await once(holder.stdout, 'data');
    return holder;
  };
  const ended = (child: ChildProcess) => once(child, 'exit').then(([code, signal]) => code ?? signal);

  it('loses no update of eight processes that each count up under it', async () => {
    const counter = path.join(dir, 'counter');
    await writeFile(counter, '0');
    const codes = await Promise.all(Array.from({ length: 8 }, () => ended(start('count', '12', counter))));
    assert.deepEqual(codes, Array(8).fill(0));
    assert.equal(await readFile(counter, 'utf8'), '96');
    assert.deepEqual(await readdir(dir), ['counter']);
  });

  it('says who holds it, and is taken over from a process that was killed', async () => {
    const holder = await startHolder();
    await assert.rejects(takeLock(database, 'test'), (error) => {
      assert.ok(MigrateError.is(error, 'DATABASE_BUSY_WITH_US'));
      assert.deepEqual([error.params.pid, error.params.host], [holder.pid, os.hostname()]);
      return true;
    });
    holder.kill('SIGKILL');
    await ended(holder);
    const lock = await takeLock(database, 'test');
    assert.equal(lock.takenFrom?.pid, holder.pid);
    await lock.release();
    assert.deepEqual(await readdir(dir), []);
  });

  it('waits for its owner when told to, and says for whom', async () => {
    const holder = await startHolder();
    const waitedFor: number[] = [];
    const waiting = takeLock(database, 'test', {
      timeoutMs: 60_000,
      onWaiting: ({ pid }) => {
        waitedFor.push(pid);
        holder.stdin?.end();
      },
    });
    const lock = await waiting;
    assert.equal(lock.takenFrom, undefined);
    assert.deepEqual(waitedFor, [holder.pid]);
    await lock.release();
  });

  it('is taken by whoever waits as soon as its owner is killed', async () => {
    const holder = await startHolder();
    const lock = await takeLock(database, 'test', { timeoutMs: 60_000, onWaiting: () => holder.kill('SIGKILL') });
    assert.equal(lock.takenFrom?.pid, holder.pid);
    await lock.release();
  });

  it('is held by one process at a time, however many of them are killed at whatever moment', async () => {
    const seed = 20260801;
    const random = seeded(seed);
    const file = path.join(dir, 'log');
    await writeFile(file, '');
    const killed = new Set<number>();
    const lines = async () => (await readFile(file, 'utf8')).split('\n').filter(Boolean);
    for (let round = 0; round < 12; round++) {
      const three = Array.from({ length: 3 }, () => start('log', '100000', file));
      const seen = (await lines()).length + Math.floor(random() * 12);
      // Not the same number of lines every time: it is what moves the moment of the kill.
      await until(async () => (await lines()).length > seen, `round ${round} of seed ${seed}`);
      for (const child of three) {
        killed.add(child.pid ?? 0);
        child.kill('SIGKILL');
        if (random() < 0.5) await ended(child);
      }
    }
    await Promise.all(children.filter((one) => one.exitCode === null && one.signalCode === null).map(ended));
    const lock = await takeLock(database, 'test');
    let inside: string | undefined;
    for (const line of await lines()) {
      const [word, pid = ''] = line.split(' ');
      if (word === 'out') assert.equal(pid, inside);
      // Only one that was killed in there never came out.
      else if (inside !== undefined) assert.ok(killed.has(Number(inside)) && pid !== inside, `${pid} beside ${inside}`);
      inside = word === 'in' ? pid : undefined;
    }
    await lock.release();
    assert.deepEqual(await readdir(dir), ['log']);
    assert.ok(!existsSync(lockFile(database)));
  });
});
