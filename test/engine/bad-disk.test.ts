import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../cli/run-cli';
import { catalogOf } from '../support/catalog-of';
import { queryKuzu } from '../support/kuzu-script';
import { root, withProject } from '../support/project';
import { exportAs, sampleGraph, sampleValues } from '../support/sample';

/** A small device of its own, which only root may mount. */
async function withSmallDisk(megabytes: number, work: (dir: string) => Promise<void>): Promise<boolean> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-disk-'));
  try {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]);
    if (mounted.status !== 0) return false;
    try {
      await work(dir);
    } finally {
      execFileSync('umount', ['-l', dir]);
    }
    return true;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Fills a device until only so many megabytes are left. */
async function leaveFree(disk: string, megabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  await writeFile(path.join(disk, 'ballast'), Buffer.alloc(bavail * bsize - megabytes * 1024 * 1024));
}

const big =
  'UNWIND range(1000, 90000) AS i CREATE (:User {id: i, name: md5(CAST(i AS STRING)) + md5(CAST(i + 1 AS STRING))})';

describe('a full disk', () => {
  it('fails an export with the next step, and leaves nothing of it', async function () {
    await withProject([...sampleGraph, big], async (bench) => {
      const ran = await withSmallDisk(3, async (disk) => {
        mkdirSync(path.join(disk, 'project'));
        await writeFile(
          path.join(disk, 'project/kuzu-migrate.json'),
          JSON.stringify({ databases: { dev: { path: bench.file } } }),
        );
        const { code, stderr } = await runCli(path.join(disk, 'project'), [
          'export',
          '--version',
          'v1.0.0',
          '--format',
          'csv',
        ]);
        assert.equal(code, 1);
        assert.match(stderr, /NO_SPACE/);
        assert.deepEqual(await readdir(path.join(disk, 'project/migrations')), []);
      });
      if (!ran) this.skip();
    });
  });

  it('fails an import with the next step, and leaves the live database as it was', async function () {
    await withProject([...sampleGraph, big], async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const ran = await withSmallDisk(32, async (disk) => {
        mkdirSync(path.join(disk, 'data'));
        const file = path.join(disk, 'data/app.kuzu');
        await queryKuzu([{ path: file, statements: sampleGraph }]);
        const values = await sampleValues({ file });
        await leaveFree(disk, 2);
        const { code, stderr } = await runCli(bench.dir, ['--db', file, 'import', '--version', 'v1.0.0', '--yes']);
        assert.equal(code, 1);
        assert.match(stderr, /NO_SPACE/);
        assert.equal(await sampleValues({ file }), values);
        assert.deepEqual(await readdir(path.dirname(file)), ['app.kuzu']);
      });
      if (!ran) this.skip();
    });
  });
});

describe('a DROP MACRO where no copy of the database has room', () => {
  it('changes nothing, says so, and is done once there is room', async function () {
    const ran = await withSmallDisk(64, async (disk) => {
      mkdirSync(path.join(disk, 'migrations'));
      const file = path.join(disk, 'app.kuzu');
      await queryKuzu([{ path: file, statements: [...sampleGraph, big, 'CREATE MACRO f(x) AS x'] }]);
      const values = await sampleValues({ file });
      const databases = { dev: { path: 'app.kuzu' } };
      await writeFile(path.join(disk, 'kuzu-migrate.json'), JSON.stringify({ databases }));
      await writeFile(path.join(disk, 'migrations/001_a.cypher'), 'DROP MACRO f;\n');
      await leaveFree(disk, 3);
      const up = ['up', '--yes', '--backup-before', 'never'];
      const { code, stderr, stdout } = await runCli(disk, up);
      assert.equal(code, 1);
      assert.match(stderr + stdout, /NO_SPACE/);
      assert.deepEqual(
        (await catalogOf(file)).macros.map(({ name }) => name),
        ['F'],
      );
      assert.deepEqual(
        (await readdir(disk)).filter((name) => name.endsWith('.new')),
        [],
      );
      rmSync(path.join(disk, 'ballast'));
      assert.equal((await runCli(disk, up)).code, 0);
      assert.deepEqual((await catalogOf(file)).macros, []);
      assert.equal(await sampleValues({ file }), values);
    });
    if (!ran) this.skip();
  });
});

describe('a place that may not be written', () => {
  it('is named by an export and an import, and the database there is still read', async function () {
    const ran = await withSmallDisk(32, async (disk) => {
      mkdirSync(path.join(disk, 'data'));
      await queryKuzu([{ path: path.join(disk, 'data/app.kuzu'), statements: sampleGraph }]);
      assert.equal((await runCli(disk, ['export', '--version', 'v1.0.0'])).code, 0);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      for (const args of [['export', '--version', 'v1.1.0'], ['import', '--version', 'v1.0.0', '--yes'], ['init']]) {
        const { code, stderr } = await runCli(disk, args);
        assert.equal(code, 1, args.join(' '));
        assert.match(stderr, /NO_PERMISSION/, args.join(' '));
      }
      for (const args of [['list'], ['diff', 'v1.0.0'], ['schema', 'show']]) {
        assert.equal((await runCli(disk, args)).code, 0, args.join(' '));
      }
    });
    if (!ran) this.skip();
  });
});

describe('a file of another engine', () => {
  it('is recognised where the engine itself made it: DuckDB', async () => {
    await withProject(sampleGraph, async (bench) => {
      const file = path.join(bench.dir, 'data', 'other.duckdb');
      const script = `
        const { DuckDBInstance } = require('@duckdb/node-api');
        DuckDBInstance.create(process.argv[1]).then(async (db) => {
          const connection = await db.connect();
          await connection.run('CREATE TABLE t(i INTEGER)');
          connection.closeSync(); db.closeSync();
        });`;
      execFileSync(process.execPath, ['-e', script, file], { cwd: root });
      const { code, stderr } = await runCli(bench.dir, [
        '--db',
        file,
        '--engine',
        'kuzu',
        'export',
        '--version',
        'v1.0.0',
      ]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /is a DuckDB file \(storage version \d+\)[\s\S]*DATABASE_OTHER_ENGINE[\s\S]*Open it with DuckDB/,
      );
      rmSync(file);
    });
  });
});
