import assert from 'node:assert/strict';
import { copyFile, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { lockHolders } from '../../src/engine/holder';
import { journalFile } from '../../src/project/journal';
import { lockFile, takeLock } from '../../src/project/lock';
import { compare } from '../../src/workflow/compare/compare';
import { holdDatabase } from '../support/hold';
import { queryKuzu } from '../support/kuzu-script';
import { type Bench, withProject } from '../support/project';
import { exportAs, importAs, sampleGraph, sampleValues } from '../support/sample';

const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;

describe('putting a new database file in the place of a live one', () => {
  // Why everything below exists, as a fact of the engine.
  it('is dangerous by hand: the engine replays a WAL that was left behind into the new file', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      const green = path.join(bench.dir, 'green');
      await copyFile(bench.file, green);
      const holder = await holdDatabase(bench.file, 'CREATE (:A {id: 1})');
      await holder.kill();
      assert.ok((await stat(`${bench.file}.wal`)).size > 0);
      await copyFile(green, bench.file);
      assert.deepEqual(await bench.rows('MATCH (a:A) RETURN count(*) AS n'), [{ n: 1 }]);
    });
  });

  it('moves what a killed process left in the WAL into the old file first, and leaves none for the new one', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const values = await sampleValues(bench);
      const holder = await holdDatabase(bench.file, "CREATE (:City {name: 'Kyoto'})");
      await holder.kill();
      const { backup } = await importAs(bench, 'v1.0.0', { action: 'rollback' });
      assert.equal(await sampleValues(bench), values);
      assert.ok(backup);
      assert.deepEqual(
        await bench.rows("MATCH (c:City {name: 'Kyoto'}) RETURN count(*) AS n", path.join(backup, 'app.kuzu')),
        [{ n: 1 }],
      );
      assert.deepEqual(await readdir(path.dirname(bench.file)), ['app.kuzu']);
    });
  });

  it('refuses while another process holds the file, and names it', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const holder = await holdDatabase(bench.file);
      try {
        await assert.rejects(importAs(bench, 'v1.0.0'), (error) => {
          assert.ok(MigrateError.is(error, 'DATABASE_HELD'), String(error));
          if (process.platform === 'linux') assert.equal(error.params.holder, `@holder.process:${holder.pid}`);
          return true;
        });
      } finally {
        await holder.close();
      }
      assert.deepEqual(await readdir(path.dirname(bench.file)), ['app.kuzu']);
      await importAs(bench, 'v1.0.0');
    });
  });

  it('refuses a WAL beside a path where no database is', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const into = path.join(bench.dir, 'new.kuzu');
      await writeFile(`${into}.wal`, 'left behind');
      await assert.rejects(importAs(bench, 'v1.0.0', { into }), code('DATABASE_HAS_WAL'));
      assert.ok(!(await readdir(bench.dir)).includes('new.kuzu'));
    });
  });

  it('works through a link to a directory', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      await symlink(path.dirname(bench.file), path.join(bench.dir, 'linked'));
      await bench.run("CREATE (:City {name: 'Kyoto'})");
      await importAs(bench, 'v1.0.0', { into: path.join(bench.dir, 'linked', 'app.kuzu') });
      assert.deepEqual(await bench.rows('MATCH (c:City) RETURN count(*) AS n'), [{ n: 2 }]);
    });
  });

  it('replaces the file behind a link, not the link, and refuses what was written through it', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const link = path.join(bench.dir, 'link.kuzu');
      await symlink(bench.file, link);
      await importAs(bench, 'v1.0.0', { into: link });
      assert.ok((await lstat(link)).isSymbolicLink());
      await writeFile(`${link}.wal`, 'committed through the link');
      await assert.rejects(importAs(bench, 'v1.0.0', { into: link }), code('DATABASE_HAS_WAL'));
    });
  });

  it('keeps out a second kuzu-migrate, says who works there, and takes over from one that is gone', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const lock = await takeLock(bench.file, 'import');
      await assert.rejects(importAs(bench, 'v1.0.0'), (error) => {
        assert.ok(MigrateError.is(error, 'DATABASE_BUSY_WITH_US'));
        assert.equal(error.params.pid, process.pid);
        return true;
      });
      await lock.release();
      const gone = { pid: 999_999_999, host: os.hostname(), since: '2026-01-01T00:00:00.000Z', action: 'import' };
      await writeFile(lockFile(bench.file), JSON.stringify(gone));
      assert.equal((await importAs(bench, 'v1.0.0')).lockTakenFrom?.pid, gone.pid);
    });
  });

  it('does not follow a journal that names files which are not its own', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const precious = path.join(bench.dir, 'precious');
      await mkdir(precious);
      for (const journal of [
        { stage: 'build', fresh: precious },
        { stage: 'swap', fresh: `${bench.file}.migrate.1-0123abcd.new`, backup: precious, freshInode: '1:1' },
      ]) {
        await writeFile(journalFile(bench.file), JSON.stringify({ action: 'import', version: 'v1.0.0', ...journal }));
        await assert.rejects(importAs(bench, 'v1.0.0'), code('INTERRUPTED_UNCLEAR'));
        assert.ok((await stat(precious)).isDirectory());
      }
      await writeFile(journalFile(bench.file), '{ half');
      await assert.rejects(importAs(bench, 'v1.0.0'), code('INTERRUPTED_UNCLEAR'));
      await rm(journalFile(bench.file));
      await importAs(bench, 'v1.0.0');
    });
  });
});

describe('reading a database that another process holds', () => {
  const withHolder = async (bench: Bench, work: (pid: number) => Promise<void>) => {
    const holder = await holdDatabase(bench.file, "CREATE (:City {name: 'Kyoto'})");
    try {
      await work(holder.pid);
    } finally {
      await holder.close();
    }
  };

  it('works on a copy with what is committed, says as of when and who holds it, and touches nothing', async () => {
    await withProject(sampleGraph, async (bench) => {
      const first = await exportAs(bench, 'v1.0.0');
      assert.equal(first.manifest.readFromCopy, undefined);
      await withHolder(bench, async (pid) => {
        const before = await readdir(path.dirname(bench.file));
        const { manifest } = await exportAs(bench, 'v1.1.0');
        assert.equal(manifest.tables.find(({ name }) => name === 'City')?.rows, 3);
        assert.ok(manifest.readFromCopy && !Number.isNaN(Date.parse(manifest.readFromCopy.asOf)));
        if (process.platform === 'linux') assert.equal(manifest.readFromCopy.holder, `@holder.process:${pid}`);
        const { to } = await compare(bench.context, { from: 'v1.0.0', to: 'db' });
        assert.ok(to.fromCopy);
        assert.deepEqual(await readdir(path.dirname(bench.file)), before);
      });
      assert.ok(!(await readdir(os.tmpdir())).some((name) => name.startsWith(`kuzu-migrate-copy-${process.pid}-`)));
    });
  });

  it('finds the holder in the table of the kernel', async function () {
    if (process.platform !== 'linux') this.skip();
    await withProject(sampleGraph, async (bench) => {
      assert.deepEqual(await lockHolders(bench.file), []);
      await withHolder(bench, async (pid) => assert.deepEqual(await lockHolders(bench.file), [pid]));
    });
  });

  it('reads what a killed process left in the WAL, and leaves the WAL where it is', async () => {
    await withProject(sampleGraph, async (bench) => {
      const holder = await holdDatabase(bench.file, 'CREATE NODE TABLE Late(id INT64 PRIMARY KEY)');
      await holder.kill();
      const wal = await readFile(`${bench.file}.wal`);
      const { manifest } = await exportAs(bench, 'v1.0.0');
      assert.ok(manifest.tables.some(({ name }) => name === 'Late'));
      assert.equal(manifest.readFromCopy, undefined);
      assert.ok(wal.equals(await readFile(`${bench.file}.wal`)));
    });
  });

  it('has a stable answer while the holder writes all the time', async () => {
    await withProject(['CREATE NODE TABLE A(id SERIAL PRIMARY KEY, v INT64)'], async (bench) => {
      const holder = await holdDatabase(bench.file, undefined, 'CREATE (:A {v: 1})');
      try {
        for (const version of ['a', 'b', 'c']) {
          const { dir, manifest } = await exportAs(bench, version);
          const into = path.join(bench.dir, `${version}.kuzu`);
          await queryKuzu([{ path: into, statements: [`IMPORT DATABASE '${dir}'`] }]);
          assert.deepEqual(await bench.rows('MATCH (a:A) RETURN count(*) AS n', into), [{ n: manifest.rows }]);
        }
      } finally {
        await holder.close();
      }
    });
  });
});
