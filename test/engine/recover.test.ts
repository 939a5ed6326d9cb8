import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileIdentity } from '../../src/project/identity';
import { type Journal, journalFile, writeJournal } from '../../src/project/journal';
import { recover } from '../../src/workflow/import/recover';
import { withTempDir } from '../support/kuzu-script';

/** A database path with a journal at a stage of a swap; the files are stand-ins, since only names and inodes count here. */
async function withSwap(
  work: (swap: { target: string; fresh: string; backup: string; journal: Journal }) => Promise<void>,
) {
  await withTempDir(async (dir) => {
    const target = path.join(dir, 'app.kuzu');
    const fresh = `${target}.migrate.42-0123abcd.new`;
    const backup = path.join(dir, 'kuzu_backup_20260101_000000');
    await writeFile(target, 'old');
    await writeFile(fresh, 'new');
    const freshInode = (await fileIdentity(fresh)) ?? '';
    const journal: Journal = {
      action: 'import',
      version: 'v1',
      stage: 'swap',
      fresh,
      freshInode,
      backup,
      startedAt: '2026-01-01T00:00:00.000Z',
    };
    await writeJournal(target, journal);
    await work({ target, fresh, backup, journal });
    assert.ok(!existsSync(journalFile(target)));
    assert.ok(!existsSync(fresh));
  });
}

describe('the start after a crash', () => {
  it('finds nothing to do without a journal', async () => {
    await withTempDir(async (dir) => assert.equal(await recover(path.join(dir, 'app.kuzu'), dir), undefined));
  });

  it('undoes a build', () =>
    withSwap(async ({ target, journal }) => {
      await writeJournal(target, { ...journal, stage: 'build' });
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
    }));

  it('undoes a swap that had no backup folder yet', () =>
    withSwap(async ({ target }) => {
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
    }));

  it('undoes a swap whose old file had got its second name', () =>
    withSwap(async ({ target, backup }) => {
      await mkdir(backup);
      await writeFile(path.join(backup, 'backup.json'), JSON.stringify({ path: target, createdAt: '', reason: '' }));
      await link(target, path.join(backup, 'app.kuzu'));
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
      assert.ok(existsSync(target) && !existsSync(backup));
    }));

  it('gives the WAL back to a file that no engine opened', () =>
    withSwap(async ({ target, backup }) => {
      await mkdir(backup);
      await writeFile(path.join(backup, 'backup.json'), JSON.stringify({ path: target, createdAt: '', reason: '' }));
      await link(target, path.join(backup, 'app.kuzu'));
      await writeFile(path.join(backup, 'app.kuzu.wal'), 'wal');
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
      assert.deepEqual((await readdir(path.dirname(target))).sort(), ['app.kuzu', 'app.kuzu.wal']);
    }));

  it('keeps the backup when somebody removed the database meanwhile: it is the last copy', () =>
    withSwap(async ({ target, backup }) => {
      await mkdir(backup);
      const record = { path: target, createdAt: '', reason: '' };
      await writeFile(path.join(backup, 'backup.json'), JSON.stringify(record));
      await link(target, path.join(backup, 'app.kuzu'));
      await rm(target);
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
      assert.deepEqual((await readdir(backup)).sort(), ['app.kuzu', 'backup.json']);
    }));

  it('removes no folder of another database', () =>
    withSwap(async ({ target, backup }) => {
      await mkdir(backup);
      await writeFile(
        path.join(backup, 'backup.json'),
        JSON.stringify({ path: '/another/db', createdAt: '', reason: '' }),
      );
      await writeFile(path.join(backup, 'app.kuzu'), 'another');
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'undone');
      assert.deepEqual((await readdir(backup)).sort(), ['app.kuzu', 'backup.json']);
    }));

  it('removes the new file of an attempt that is gone, and not one of a process that lives', () =>
    withTempDir(async (dir) => {
      const target = path.join(dir, 'app.kuzu');
      const living = `app.kuzu.migrate.${process.pid}-0123abcd.new`;
      for (const name of [
        'app.kuzu.migrate.999999999-0123abcd.new',
        'app.kuzu.migrate.999999999-0123abcd.new.wal',
        living,
      ]) {
        await writeFile(path.join(dir, name), '');
      }
      assert.equal(await recover(target, dir), undefined);
      assert.deepEqual(await readdir(dir), [living]);
    }));

  it('finishes a swap whose new file had reached its place, and keeps the backup', () =>
    withSwap(async ({ target, fresh, backup }) => {
      await mkdir(backup);
      await writeFile(path.join(backup, 'backup.json'), JSON.stringify({ path: target, createdAt: '', reason: '' }));
      await link(target, path.join(backup, 'app.kuzu'));
      await rename(fresh, target);
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'finished');
      assert.ok(existsSync(path.join(backup, 'app.kuzu')));
    }));

  it('finishes a first import whose file had got its name, but not lost its other one', () =>
    withTempDir(async (dir) => {
      const target = path.join(dir, 'app.kuzu');
      const fresh = `${target}.migrate.42-0123abcd.new`;
      await writeFile(fresh, 'new');
      const freshInode = (await fileIdentity(fresh)) ?? '';
      await writeJournal(target, { action: 'import', version: 'v1', stage: 'swap', fresh, freshInode, startedAt: '' });
      await link(fresh, target);
      assert.equal((await recover(target, path.dirname(target)))?.outcome, 'finished');
      assert.deepEqual(await readdir(dir), ['app.kuzu']);
    }));
});
