import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { cacheFolder, readCache, writeCache } from '../../src/project/cache';
import { withTempDir } from '../support/kuzu-script';

const never = (line: string) => assert.fail(line);
const key = { slot: '/data/app.kuzu', key: '1:2:3' };

async function withCache(work: (folder: string, file: () => Promise<string>) => Promise<void>): Promise<void> {
  await withTempDir(async (dir) => {
    const folder = path.join(dir, 'a', 'kuzu-migrate');
    await work(folder, async () => {
      const [name = ''] = await readdir(folder);
      return path.join(folder, name);
    });
  });
}

describe('the folder of the cache', () => {
  it('is where the platform keeps caches', () => {
    const home = '/home/me';
    assert.equal(cacheFolder({}, 'linux', home), '/home/me/.cache/kuzu-migrate');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux', home), '/x/kuzu-migrate');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux', home), '/home/me/.cache/kuzu-migrate');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '' }, 'freebsd', home), '/home/me/.cache/kuzu-migrate');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'darwin', home), '/home/me/Library/Caches/kuzu-migrate');
    const windows = 'C:\\Users\\me';
    assert.equal(cacheFolder({ LOCALAPPDATA: 'D:\\L' }, 'win32', windows), 'D:\\L\\kuzu-migrate');
    assert.equal(cacheFolder({}, 'win32', windows), 'C:\\Users\\me\\AppData\\Local\\kuzu-migrate');
  });
});

describe('the cache', () => {
  it('gives back what was written', async () => {
    await withCache(async (folder) => {
      assert.equal(await readCache(folder, key), undefined);
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (value) => {
          const same = JSON.parse(JSON.stringify(value));
          await writeCache(folder, key, value, never);
          assert.deepEqual(await readCache(folder, key), same);
        }),
        { numRuns: 50 },
      );
    });
  });

  it('keeps one file for each thing, only for the user, and nothing of an earlier state', async () => {
    await withCache(async (folder, file) => {
      await writeCache(folder, key, 'old', never);
      await writeCache(folder, { ...key, key: 'later' }, 'new', never);
      assert.equal((await readdir(folder)).length, 1);
      assert.equal(await readCache(folder, key), undefined);
      assert.equal(await readCache(folder, { ...key, key: 'later' }), 'new');
      assert.equal(await readCache(folder, { ...key, slot: 'other' }), undefined);
      if (process.platform === 'win32') return;
      assert.equal((await stat(await file())).mode & 0o777, 0o600);
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
    });
  });

  it('does not believe a file whose bytes were changed, wherever that was', async () => {
    await withCache(async (folder, file) => {
      const value = { rows: [1, 'zwei', null] };
      await writeCache(folder, key, value, never);
      const bytes = await readFile(await file());
      for (let at = 0; at <= bytes.length; at++) {
        const cut = bytes.subarray(0, at);
        const flipped = Buffer.from(bytes);
        if (at < bytes.length) flipped[at] = (flipped[at] ?? 0) ^ 1;
        for (const changed of at < bytes.length ? [cut, flipped] : [Buffer.concat([bytes, Buffer.from(' ')])]) {
          await writeFile(await file(), changed);
          assert.equal(await readCache(folder, key), undefined, `${at}`);
        }
      }
      await writeFile(await file(), bytes);
      assert.deepEqual(await readCache(folder, key), value);
    });
  });

  it('does not believe another format, a link, or a file that others may touch', async () => {
    await withCache(async (folder, file) => {
      await writeCache(folder, key, 1, never);
      const text = await readFile(await file(), 'utf8');
      await writeFile(await file(), text.replace('"format":1', '"format":2'));
      assert.equal(await readCache(folder, key), undefined);
      await writeFile(await file(), text);
      assert.equal(await readCache(folder, key), 1);
      if (process.platform === 'win32') return;
      await chmod(await file(), 0o644);
      assert.equal(await readCache(folder, key), undefined);
      await chmod(await file(), 0o600);
      const moved = path.join(path.dirname(folder), 'moved');
      const place = await file();
      await rename(place, moved);
      await symlink(moved, place);
      assert.equal(await readCache(folder, key), undefined);
    });
  });

  it('tells the log when it can’t be written, and does not fail', async () => {
    await withTempDir(async (dir) => {
      const taken = path.join(dir, 'taken');
      await writeFile(taken, '');
      const lines: string[] = [];
      await writeCache(path.join(taken, 'kuzu-migrate'), key, 1, (line) => lines.push(line));
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /ENOTDIR|EEXIST|ENOENT/);
      assert.equal(await readCache(path.join(taken, 'kuzu-migrate'), key), undefined);
      assert.deepEqual(await readdir(dir), ['taken']);
    });
  });

  it('forgets what was not written for the longest time', async () => {
    await withCache(async (folder) => {
      await mkdir(folder, { recursive: true });
      for (let at = 0; at < 200; at++) {
        const file = path.join(folder, `${at}.json`);
        await writeFile(file, '');
        await utimes(file, at + 1, at + 1);
      }
      await writeCache(folder, key, 'kept', never);
      assert.equal(await readCache(folder, key), 'kept');
      const left = await readdir(folder);
      assert.equal(left.length, 100);
      assert.ok(left.includes('199.json') && !left.includes('0.json'));
    });
  });
});
