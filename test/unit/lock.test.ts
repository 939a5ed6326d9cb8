import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { lockFile, takeLock } from '../../src/project/lock';
import { beat } from '../../src/project/lock-heartbeat';
import type { LockOwner } from '../../src/project/lock-owner';
import { takeOver } from '../../src/project/lock-takeover';
import { withTempDir } from '../support/kuzu-script';
import { until } from '../support/project';

const NOBODY = 999_999_999;

function ownerOf(more: Partial<LockOwner>): LockOwner {
  const since = '2026-01-01T00:00:00.000Z';
  return { pid: NOBODY, host: os.hostname(), since, action: 'test', id: 'stale', heartbeatMs: 5_000, ...more };
}

async function withDatabase(work: (database: string, dir: string) => Promise<void>): Promise<void> {
  await withTempDir((dir) => work(path.join(dir, 'app.kuzu'), dir));
}

const write = (file: string, owner: LockOwner) => writeFile(file, JSON.stringify(owner));
const claimOf = (database: string, id: string) =>
  `${lockFile(database)}.${createHash('sha256').update(id).digest('hex').slice(0, 32)}.claim`;
const age = (file: string, seconds: number) => utimes(file, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;

describe('the lock of a database', () => {
  it('names its owner, and is gone after its release', async () => {
    await withDatabase(async (database, dir) => {
      const lock = await takeLock(database, 'up');
      const owner = JSON.parse(await readFile(lockFile(database), 'utf8'));
      assert.deepEqual([owner.pid, owner.host, owner.action], [process.pid, os.hostname(), 'up']);
      assert.ok(Date.now() - Date.parse(owner.since) < 60_000);
      await assert.rejects(takeLock(database, 'up'), code('DATABASE_BUSY_WITH_US'));
      await lock.release();
      await lock.release();
      assert.deepEqual(await readdir(dir), []);
    });
  });

  it('is not removed by a release once it is somebody else’s', async () => {
    await withDatabase(async (database) => {
      const lock = await takeLock(database, 'up');
      await write(lockFile(database), ownerOf({ id: 'other' }));
      await lock.release();
      assert.ok(existsSync(lockFile(database)));
    });
  });

  it('stops waiting when the time is over, or when it is cancelled', async () => {
    await withDatabase(async (database) => {
      const lock = await takeLock(database, 'up');
      const told: number[] = [];
      const onWaiting = ({ pid }: LockOwner) => told.push(pid);
      await assert.rejects(takeLock(database, 'up', { timeoutMs: 120, onWaiting }), code('DATABASE_BUSY_WITH_US'));
      assert.deepEqual(told, [process.pid]);
      const abort = new AbortController();
      const waiting = takeLock(database, 'up', {
        timeoutMs: 60_000,
        signal: abort.signal,
        onWaiting: () => abort.abort(),
      });
      await assert.rejects(waiting, code('CANCELLED'));
      await assert.rejects(takeLock(database, 'up', { signal: abort.signal }), code('CANCELLED'));
      await lock.release();
    });
  });

  it('touches its file while it is held, and that of nobody else', async () => {
    await withDatabase(async (database) => {
      const file = lockFile(database);
      const owner = ownerOf({ id: 'mine', heartbeatMs: 5 });
      await write(file, owner);
      await age(file, 3600);
      const heart = beat(file, owner);
      const touched = async () => Date.now() - (await stat(file)).mtimeMs < 60_000;
      try {
        await until(touched, 'the heartbeat');
        assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), owner);
        await write(file, ownerOf({ id: 'other' }));
        await age(file, 3600);
      } finally {
        await heart.stop();
      }
      await age(file, 3600);
      const other = beat(file, owner);
      await until(() => !other.beats, 'a look at the file');
      await other.stop();
      assert.ok(!(await touched()));
    });
  });

  it('of another host is live as long as its heart beats by the file system’s clock', async () => {
    await withDatabase(async (database) => {
      const file = lockFile(database);
      await write(file, ownerOf({ host: 'elsewhere' }));
      await age(file, 50);
      await assert.rejects(takeLock(database, 'up'), code('DATABASE_BUSY_WITH_US'));
      await age(file, 61);
      const lock = await takeLock(database, 'up');
      assert.equal(lock.takenFrom?.host, 'elsewhere');
      await lock.release();
      // Written by a version that has no heartbeat: nobody can tell.
      const { heartbeatMs: _none, ...silent } = ownerOf({ host: 'elsewhere' });
      await write(file, silent);
      await age(file, 86_400);
      await assert.rejects(takeLock(database, 'up'), code('DATABASE_BUSY_WITH_US'));
    });
  });

  it('of this host is live by its process, whatever its heart does', async () => {
    await withDatabase(async (database) => {
      await write(lockFile(database), ownerOf({ pid: process.pid }));
      await age(lockFile(database), 86_400);
      await assert.rejects(takeLock(database, 'up'), code('DATABASE_BUSY_WITH_US'));
      if (process.platform !== 'linux') return;
      // The same number, given to another process since.
      await write(lockFile(database), ownerOf({ pid: process.pid, started: '1' }));
      await (await takeLock(database, 'up')).release();
    });
  });

  it('is nobody’s when its file is cut off or damaged', async () => {
    for (const content of ['', '{"pid":1', 'null', '7', '{"host":"x"}', '\0'.repeat(4096)]) {
      await withDatabase(async (database, dir) => {
        await writeFile(lockFile(database), content);
        await (await takeLock(database, 'up')).release();
        assert.deepEqual(await readdir(dir), []);
      });
    }
  });

  it('is taken over past claims whose owners were killed, and leaves none of them', async () => {
    await withDatabase(async (database, dir) => {
      await write(lockFile(database), ownerOf({}));
      await write(claimOf(database, 'stale'), ownerOf({ id: 'first' }));
      await write(claimOf(database, 'first'), ownerOf({ id: 'second' }));
      await write(claimOf(database, 'of an earlier lock'), ownerOf({ id: 'third' }));
      await write(`${lockFile(database)}.claim`, ownerOf({ id: 'of an earlier version' }));
      const lock = await takeLock(database, 'up');
      assert.equal(lock.takenFrom?.id, 'stale');
      assert.deepEqual(await readdir(dir), [path.basename(lockFile(database))]);
      await lock.release();
    });
  });

  it('is left to the one that is taking it over already', async () => {
    await withDatabase(async (database) => {
      await write(lockFile(database), ownerOf({}));
      await write(claimOf(database, 'stale'), ownerOf({ id: 'first' }));
      await write(claimOf(database, 'first'), ownerOf({ id: 'second', pid: process.pid }));
      const mine = ownerOf({ id: 'mine', pid: process.pid });
      const file = lockFile(database);
      assert.equal(await takeOver(file, ownerOf({}), mine), false);
      assert.equal(JSON.parse(await readFile(file, 'utf8')).id, 'stale');
      await rm(claimOf(database, 'first'));
      assert.equal(await takeOver(file, ownerOf({}), mine), true);
      assert.equal(JSON.parse(await readFile(file, 'utf8')).id, 'mine');
      // Too late for whoever looked at the lock before.
      assert.equal(await takeOver(file, ownerOf({}), ownerOf({ id: 'late' })), false);
      assert.equal(JSON.parse(await readFile(file, 'utf8')).id, 'mine');
    });
  });

  it('is taken over by one of many', async () => {
    for (let round = 0; round < 20; round++) {
      await withDatabase(async (database, dir) => {
        await write(lockFile(database), ownerOf({}));
        await write(claimOf(database, 'stale'), ownerOf({ id: 'first' }));
        const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => takeLock(database, 'test')));
        const winners = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
        assert.equal(winners.length, 1);
        for (const one of outcomes) assert.ok(one.status === 'fulfilled' || code('DATABASE_BUSY_WITH_US')(one.reason));
        await winners[0]?.release();
        assert.deepEqual(await readdir(dir), []);
      });
    }
  });
});
