import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { readCurrent } from '../../src/project/current';
import { journalFile } from '../../src/project/journal';
import { lockFile, takeLock } from '../../src/project/lock';
import { compare } from '../../src/workflow/compare/compare';
import { listProjectVersions } from '../../src/workflow/list';
import { queryKuzu, withTempDir } from '../support/kuzu-script';
import { type Bench, withProject } from '../support/project';
import { exportAs, importAs, sampleGraph, sampleValues } from '../support/sample';

const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;
const small = ['CREATE NODE TABLE A(id INT64 PRIMARY KEY)', 'CREATE (:A {id: 1})'];

/** The project with a configuration of its own. */
async function configured(bench: Bench, config: object): Promise<Bench> {
  await writeFile(path.join(bench.dir, 'kuzu-migrate.json'), JSON.stringify(config));
  const context = await bench.reload();
  const database = context.project.defaultDatabase;
  assert.ok(database);
  return { ...bench, context, database };
}

describe('a version that somebody else made', () => {
  it('runs nothing but what makes a schema and loads its own data', async () => {
    await withProject(small, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const stolen = path.join(bench.dir, 'stolen.csv');
      const evil: readonly (readonly [file: string, statement: string])[] = [
        ['schema.cypher', `COPY (RETURN 'x' AS a) TO '${stolen}'`],
        ['schema.cypher', `CREATE NODE TABLE X(id INT64 PRIMARY KEY) AS LOAD FROM '/etc/hostname' RETURN *`],
        ['schema.cypher', `EXPORT DATABASE '${stolen}'`],
        ['index.cypher', "LOAD EXTENSION '/tmp/evil.so'"],
        ['index.cypher', `ATTACH '${stolen}' AS x (dbtype kuzu)`],
        ['copy.cypher', `COPY (RETURN 'x' AS a) TO '${stolen}'`],
        ['copy.cypher', "COPY `A` FROM (LOAD FROM '/etc/hostname' RETURN 2)"],
      ];
      for (const [at, [file, statement]] of evil.entries()) {
        const dir = path.join(bench.dir, 'migrations', `evil${at}`);
        await cp(path.join(bench.dir, 'migrations/v1.0.0'), dir, { recursive: true });
        await rm(path.join(dir, 'manifest.json'));
        await appendFile(path.join(dir, file), `${statement};\n`);
        const run = () => importAs(bench, `evil${at}`, { into: path.join(bench.dir, `x${at}.kuzu`) });
        await assert.rejects(run, (error) => {
          assert.ok(MigrateError.is(error, 'STATEMENT_NOT_ALLOWED'), `${statement}: ${error}`);
          assert.equal(path.basename(error.where.file ?? ''), file);
          return true;
        });
        if (file !== 'copy.cypher') {
          await assert.rejects(
            compare(bench.context, { from: `evil${at}`, to: 'v1.0.0' }),
            code('STATEMENT_NOT_ALLOWED'),
          );
        }
        await rm(dir, { recursive: true });
      }
      assert.ok(!existsSync(stolen));
    });
  });

  it('reads no file outside of its folder', async () => {
    await withProject(small, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0', { format: 'csv' });
      await writeFile(path.join(bench.dir, 'secret.csv'), '7\n');
      await rm(path.join(dir, 'manifest.json'));
      for (const [file, expected] of [
        ['../../secret.csv', 'PATH_OUTSIDE_PROJECT'],
        [path.join(bench.dir, 'secret.csv'), 'VERSION_INCOMPLETE'],
      ] as const) {
        await writeFile(path.join(dir, 'copy.cypher'), `COPY A FROM '${file}' (header=false);\n`);
        await assert.rejects(importAs(bench, 'v1.0.0', { into: path.join(bench.dir, 'x.kuzu') }), code(expected));
      }
    });
  });

  it('keeps nobody from exporting the next one when it can’t be read', async () => {
    await withProject(small, async (bench) => {
      const first = await exportAs(bench, 'v1.0.0');
      await rm(path.join(first.dir, 'schema.cypher'));
      const { problems, dir } = await exportAs(bench, 'v1.1.0');
      assert.deepEqual(
        problems.map((one) => one.code),
        ['VERSION_INCOMPLETE'],
      );
      assert.match(await readFile(path.join(dir, 'CHANGELOG.md'), 'utf8'), /Not compared with v1\.0\.0/);
      await symlink('loop', path.join(bench.dir, 'migrations/loop'));
      await mkdir(path.join(bench.dir, 'migrations/odd/manifest.json'), { recursive: true });
      const { versions } = await listProjectVersions(await bench.reload());
      assert.deepEqual(
        versions.map(({ version, broken }) => [version, broken?.code]),
        [
          ['v1.0.0', undefined],
          ['v1.1.0', undefined],
          ['odd', 'MANIFEST_INVALID'],
        ],
      );
    });
  });
});

describe('the guards of a database', () => {
  it('hold whatever path leads to it', async () => {
    await withProject(sampleGraph, async (plain) => {
      await symlink(plain.file, path.join(plain.dir, 'data/link.kuzu'));
      const bench = await configured(plain, {
        default: 'dev',
        databases: {
          dev: { path: 'dev.kuzu' },
          prod: { path: 'data/app.kuzu', protected: true },
          fixed: { path: 'fixed.kuzu', readOnly: true },
        },
      });
      const prod = bench.context.project.databases.find(({ name }) => name === 'prod');
      assert.ok(prod);
      await queryKuzu([{ path: path.join(bench.dir, 'fixed.kuzu'), statements: small }]);
      await exportAs({ ...bench, database: prod }, 'v1.0.0');
      for (const into of ['data/app.kuzu', 'data/link.kuzu']) {
        const asked: string[] = [];
        const confirm = async ({ database }: { database: { name: string; protected: boolean } }) => {
          asked.push(`${database.name} ${database.protected}`);
        };
        await importAs(bench, 'v1.0.0', { into: path.join(bench.dir, into), confirm });
        assert.deepEqual(asked, ['prod true']);
      }
      await assert.rejects(
        importAs(bench, 'v1.0.0', { into: path.join(bench.dir, 'fixed.kuzu') }),
        code('DATABASE_READ_ONLY'),
      );
    });
  });

  it('let only the default database move `current`', async () => {
    await withProject(small, async (plain) => {
      const bench = await configured(plain, {
        default: 'app',
        databases: { app: { path: 'data/app.kuzu' }, other: { path: 'other.kuzu' } },
      });
      await queryKuzu([{ path: path.join(bench.dir, 'other.kuzu'), statements: small }]);
      await exportAs(bench, 'v1.0.0');
      const other = bench.context.project.databases.find(({ name }) => name === 'other');
      assert.ok(other);
      await exportAs({ ...bench, database: other }, 'of-other');
      await importAs({ ...bench, database: other }, 'of-other');
      const current = async () => (await readCurrent(path.join(bench.dir, 'migrations')))?.version;
      assert.equal(await current(), 'v1.0.0');
      await importAs(bench, 'current');
      assert.equal(await current(), 'v1.0.0');
    });
  });

  it('tell a finished import from a failed one when only what follows it failed', async () => {
    await withProject(small, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      await rm(path.join(bench.dir, 'migrations/current'));
      await mkdir(path.join(bench.dir, 'migrations/current/full'), { recursive: true });
      const { problems, tables } = await importAs(bench, 'v1.0.0');
      assert.equal(tables.length, 1);
      assert.equal(problems.length, 1);
    });
  });
});

describe('several at once', () => {
  it('get a backup folder each, also in the same second', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const files = ['a', 'b', 'c'].map((name) => path.join(bench.dir, name, 'db.kuzu'));
      for (const file of files) await importAs(bench, 'v1.0.0', { into: file });
      const results = await Promise.all(files.map((into) => importAs(bench, 'v1.0.0', { into })));
      const backups = results.map(({ backup }) => backup ?? '');
      assert.equal(new Set(backups).size, 3);
      for (const backup of backups) assert.ok((await stat(path.join(backup, 'db.kuzu'))).size > 0);
    });
  });

  it('never both take over a stale lock', async () => {
    await withTempDir(async (dir) => {
      for (let round = 0; round < 20; round++) {
        const database = path.join(dir, `db${round}`);
        await writeFile(
          lockFile(database),
          JSON.stringify({
            pid: 999_999_999,
            host: (await import('node:os')).hostname(),
            id: 'stale',
            since: '',
            action: '',
          }),
        );
        const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => takeLock(database, 'test')));
        const winners = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
        assert.equal(winners.length, 1);
        for (const one of outcomes) assert.ok(one.status === 'fulfilled' || code('DATABASE_BUSY_WITH_US')(one.reason));
        await winners[0]?.release();
        assert.ok(!existsSync(lockFile(database)));
      }
      await writeFile(lockFile(path.join(dir, 'cut')), '');
      await (await takeLock(path.join(dir, 'cut'), 'test')).release();
      assert.deepEqual(await readdir(dir), []);
    });
  });
});

describe('odd places', () => {
  it('import from a folder whose name is a pattern for the engine', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0', { format: 'csv' });
      const odd = path.join(bench.dir, 'a[1]*{b}?', 'v1.0.0');
      await cp(dir, odd, { recursive: true });
      const into = path.join(bench.dir, 'x.kuzu');
      await importAs(bench, odd, { into });
      assert.equal(await sampleValues(bench, into), await sampleValues(bench));
      await rm(path.join(odd, 'manifest.json'));
      const file = path.join(odd, 'User.csv');
      await writeFile(file, `${await readFile(file, 'utf8')}not,a,user\n`);
      await assert.rejects(
        importAs(bench, odd, { into }),
        (error) => MigrateError.is(error, 'IMPORT_FAILED') && error.where.file === file,
      );
    });
  });

  it('read a database that a crash left in mid checkpoint, from a copy that is repaired', async () => {
    await withProject(small, async (bench) => {
      await crashInCheckpoint(bench.file);
      const { manifest } = await exportAs(bench, 'v1.0.0');
      assert.equal(manifest.rows, 1);
      assert.ok(!existsSync(journalFile(bench.file)));
      await assert.rejects(sampleOf(bench.file), /replay shadow pages/);
    });
  });

  it('import over such a database, and into it, as into any other', async () => {
    for (const merge of [false, true]) {
      await withProject(small, async (bench) => {
        await exportAs(bench, 'v1.0.0');
        const other = path.join(bench.dir, 'other.kuzu');
        const [name, rows] = merge ? ['B', 2] : ['A', 1];
        await queryKuzu([
          { path: other, statements: [`CREATE NODE TABLE ${name}(id INT64 PRIMARY KEY)`, `CREATE (:${name} {id: 2})`] },
        ]);
        await crashInCheckpoint(other);
        await importAs(bench, 'v1.0.0', { into: other, merge });
        assert.deepEqual(await sampleOf(other), [[{ rows }]]);
      });
    }
  });
});

const sampleOf = async (file: string) =>
  (await queryKuzu([{ path: file, readOnly: true, statements: ['MATCH (n) RETURN count(*) AS rows'] }]))[0];

/**
 * What a kill leaves that meets a checkpoint of Kùzu 0.11 behind its commit: a WAL that holds that commit alone, and
 * beside it the pages that were on their way (here the first one, as it is).
 */
async function crashInCheckpoint(database: string): Promise<void> {
  const shadow = Buffer.alloc(2 * 4096 + 16);
  shadow.writeUInt32LE(1, 0);
  (await readFile(database)).copy(shadow, 4096, 0, 4096);
  shadow.writeUInt32LE(1, 2 * 4096);
  shadow.writeUInt32LE(1, 2 * 4096 + 8);
  await writeFile(`${database}.wal`, Buffer.of(0xfe));
  await writeFile(`${database}.shadow`, shadow);
  await assert.rejects(sampleOf(database), /replay shadow pages/);
}
