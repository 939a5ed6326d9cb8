import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { readCurrent } from '../../src/project/current';
import { hashFile } from '../../src/workflow/export/file-hasher';
import { queryKuzu } from '../support/kuzu-script';
import { type Bench, withProject } from '../support/project';
import { exportAs, importAs, sampleGraph, sampleValues } from '../support/sample';

const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;
const hashOf = async (file: string) => (await hashFile(file)).sha256;

/** Runs something that has to fail, and proves that the database file and its folder are as they were. */
async function changesNothing(
  bench: Bench,
  work: () => Promise<unknown>,
  check: (error: MigrateError) => void,
): Promise<void> {
  const before = [await hashOf(bench.file), await readdir(path.dirname(bench.file))];
  await assert.rejects(work, (error) => {
    assert.ok(MigrateError.is(error), String(error));
    check(error);
    return true;
  });
  assert.deepEqual([await hashOf(bench.file), await readdir(path.dirname(bench.file))], before);
}

describe('importing a version', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`makes a new database with equal rows and values (${format})`, async () => {
      await withProject(sampleGraph, async (bench) => {
        await exportAs(bench, 'v1.0.0', { format });
        const into = path.join(bench.dir, 'elsewhere', 'copy.kuzu');
        const result = await importAs(bench, 'v1.0.0', { into });
        assert.equal(result.backup, undefined);
        assert.equal(await sampleValues(bench, into), await sampleValues(bench));
        assert.deepEqual(await readdir(path.dirname(into)), ['copy.kuzu']);
      });
    });

    it(`replaces the live database and keeps the old file as a backup (${format})`, async () => {
      await withProject(sampleGraph, async (bench) => {
        await exportAs(bench, 'v1.0.0', { format });
        const values = await sampleValues(bench);
        await bench.run('MATCH (u:User) SET u.score = -1', "CREATE (:City {name: 'Kyoto'})");
        await exportAs(bench, 'v1.1.0', { format });
        const old = [(await stat(bench.file)).ino, await sampleValues(bench)];
        const result = await importAs(bench, 'v1.0.0', { action: 'rollback' });
        assert.equal(await sampleValues(bench), values);
        assert.ok(result.backup);
        const kept = path.join(result.backup, 'app.kuzu');
        assert.deepEqual([(await stat(kept)).ino, await sampleValues(bench, kept)], old);
        assert.equal((await readCurrent(path.join(bench.dir, 'migrations')))?.version, 'v1.0.0');
        assert.deepEqual(await readdir(path.dirname(bench.file)), ['app.kuzu']);
      });
    });
  }

  it('leaves `current` alone when it imports elsewhere', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      await exportAs(bench, 'v1.1.0');
      await importAs(bench, 'v1.0.0', { into: path.join(bench.dir, 'x.kuzu') });
      assert.equal((await readCurrent(path.join(bench.dir, 'migrations')))?.version, 'v1.1.0');
    });
  });

  it('imports a directory that was moved, also one with absolute paths of another machine', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0', { format: 'csv' });
      const moved = path.join(bench.dir, 'somewhere', 'else');
      await mkdir(path.dirname(moved));
      await rename(dir, moved);
      await importAs(bench, moved, { into: path.join(bench.dir, 'a.kuzu') });
      // Old engines wrote absolute paths, and had no manifest.
      await rm(path.join(moved, 'manifest.json'));
      const copy = path.join(moved, 'copy.cypher');
      await writeFile(copy, (await readFile(copy, 'utf8')).replace(/FROM "/g, 'FROM "/home/nobody/old/'));
      await importAs(bench, moved, { into: path.join(bench.dir, 'b.kuzu') });
      assert.equal(await sampleValues(bench, path.join(bench.dir, 'b.kuzu')), await sampleValues(bench));
    });
  });

  it('imports what the engine alone exported, by name and with a macro file of an older engine', async () => {
    await withProject(sampleGraph, async (bench) => {
      const dir = path.join(bench.dir, 'migrations', 'from_requirement_graph');
      await mkdir(path.dirname(dir));
      await queryKuzu([{ path: bench.file, statements: [`EXPORT DATABASE '${dir}' (format='csv')`] }]);
      await writeFile(path.join(dir, 'macro.cypher'), 'CREATE MACRO twice(x) AS x * 2;\n');
      const into = path.join(bench.dir, 'x.kuzu');
      const { tables } = await importAs(bench, 'from_requirement_graph', { into });
      assert.equal(
        tables.reduce((sum, { rows }) => sum + rows, 0),
        211,
      );
      assert.equal(await sampleValues(bench, into), await sampleValues(bench));
      assert.deepEqual(await bench.rows('RETURN twice(21) AS n', into), [{ n: 42 }]);
    });
  });

  it('builds indexes after the data', async () => {
    await withProject([...sampleGraph, "CALL CREATE_FTS_INDEX('User', 'by_name', ['name'])"], async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const into = path.join(bench.dir, 'x.kuzu');
      await importAs(bench, 'v1.0.0', { into });
      const found = await bench.rows("CALL QUERY_FTS_INDEX('User', 'by_name', 'user 7') RETURN count(*) AS n", into);
      assert.deepEqual(found, [{ n: 100 }]);
    });
  });

  it('goes in phases: first the schema, then the data of one table, then the rest', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const into = path.join(bench.dir, 'x.kuzu');
      const rows = async () => Object.fromEntries((await importedRows(bench, into)).map(({ label, n }) => [label, n]));
      await importAs(bench, 'v1.0.0', { into, only: 'schema' });
      assert.deepEqual(await rows(), {});
      await importAs(bench, 'v1.0.0', { into, only: 'data', tables: ['user'] });
      assert.deepEqual(await rows(), { User: 100 });
      await importAs(bench, 'v1.0.0', { into, only: 'data', tables: ['City', 'Follows', 'LivesIn'] });
      assert.equal(await sampleValues(bench, into), await sampleValues(bench));
      await assert.rejects(
        importAs(bench, 'v1.0.0', { into, only: 'data', tables: ['Nope'] }),
        code('IMPORT_TABLE_UNKNOWN'),
      );
      await assert.rejects(
        importAs(bench, 'v1.0.0', { into: path.join(bench.dir, 'none.kuzu'), only: 'data' }),
        code('DATABASE_MISSING'),
      );
      const empty = path.join(bench.dir, 'empty.kuzu');
      await queryKuzu([{ path: empty, statements: ['CREATE NODE TABLE Other(id INT64 PRIMARY KEY)'] }]);
      await assert.rejects(importAs(bench, 'v1.0.0', { into: empty, only: 'data' }), code('IMPORT_NEEDS_TABLES'));
    });
  });

  it('adds a version’s tables to a database, and refuses names that are taken', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const into = path.join(bench.dir, 'x.kuzu');
      await queryKuzu([
        { path: into, statements: ['CREATE NODE TABLE Other(id INT64 PRIMARY KEY)', 'CREATE (:Other {id: 7})'] },
      ]);
      await importAs(bench, 'v1.0.0', { into, merge: true });
      assert.deepEqual(await bench.rows('MATCH (o:Other) RETURN o.id AS id', into), [{ id: 7 }]);
      assert.equal(await sampleValues(bench, into), await sampleValues(bench));
      await changesNothing(
        { ...bench, file: into },
        () => importAs(bench, 'v1.0.0', { into, merge: true }),
        (error) => {
          assert.equal(error.code, 'IMPORT_NAME_COLLISION');
          assert.match(String(error.params.names), /City, User, Follows, LivesIn/);
        },
      );
    });
  });

  it('shows an edited script as a difference, and imports it when the edit is accepted', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0');
      await appendFile(path.join(dir, 'CHANGELOG.md'), '\nOur own words.\n');
      await appendFile(path.join(dir, 'schema.cypher'), "COMMENT ON TABLE `User` IS 'added by hand';\n");
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0'),
        (error) => {
          assert.equal(error.code, 'VERSION_EDITED');
          assert.match(String(error.params.diff), /\+COMMENT ON TABLE `User` IS 'added by hand';/);
        },
      );
      await importAs(bench, 'v1.0.0', { acceptEdits: true });
      const [user] = (await bench.rows('CALL show_tables() RETURN *')).filter(({ name }) => name === 'User');
      assert.equal(user?.comment, 'added by hand');
    });
  });

  it('refuses a data file that was changed or is missing, with both hashes', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir, manifest } = await exportAs(bench, 'v1.0.0', { format: 'csv' });
      const file = path.join(dir, 'City.csv');
      const whole = await readFile(file);
      const expected = manifest.files.find((one) => one.path === 'City.csv')?.sha256;
      await appendFile(file, '"Kyoto","{lat: 35.0, lon: 135.7}"\n');
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0', { acceptEdits: true }),
        (error) => {
          assert.equal(error.code, 'VERSION_FILE_CHANGED');
          assert.equal(error.params.expected, expected);
          assert.match(String(error.params.actual), /^[0-9a-f]{64}$/);
          assert.notEqual(error.params.actual, expected);
        },
      );
      // Even one that the engine can't read: the changed file explains the failed load.
      await writeFile(file, 'not,a\ncity');
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0'),
        (error) => assert.equal(error.code, 'VERSION_FILE_CHANGED'),
      );
      await rm(file);
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0'),
        (error) => {
          assert.equal(error.code, 'VERSION_FILE_MISSING');
          assert.equal(error.params.expected, expected);
        },
      );
      await writeFile(file, whole);
      await importAs(bench, 'v1.0.0');
    });
  });

  it('says which table, file and line failed, and changes nothing', async () => {
    await withProject(sampleGraph, async (bench) => {
      const dir = path.join(bench.dir, 'migrations', 'native');
      await mkdir(path.dirname(dir));
      await queryKuzu([{ path: bench.file, statements: [`EXPORT DATABASE '${dir}' (format='csv')`] }]);
      const file = path.join(dir, 'User.csv');
      const lines = (await readFile(file, 'utf8')).split('\n');
      lines[6] = lines[6]?.replace(/^\d+/, 'seven') ?? '';
      await writeFile(file, lines.join('\n'));
      await changesNothing(
        bench,
        () => importAs(bench, 'native'),
        (error) => {
          assert.equal(error.code, 'IMPORT_FAILED');
          assert.equal(error.params.object, 'User');
          assert.equal(error.where.file, file);
          assert.equal(error.where.line, 7);
        },
      );
      await writeFile(
        path.join(dir, 'schema.cypher'),
        'CREATE NODE TABLE `A` (`id` INT64, PRIMARY KEY(`id`));\n\nCREATE NODE TABLE `B` (`id` NOTATYPE, PRIMARY KEY(`id`));\n',
      );
      await changesNothing(
        bench,
        () => importAs(bench, 'native'),
        (error) => {
          assert.deepEqual([error.code, error.where.line], ['IMPORT_FAILED', 3]);
          assert.match(String(error.where.file), /schema\.cypher$/);
        },
      );
    });
  });

  it('counts the rows: a version that lost some with the engine’s consent is refused', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0');
      const copy = path.join(dir, 'copy.cypher');
      // As an edit: one table's COPY is gone, which the engine reports as a success.
      await writeFile(
        copy,
        (await readFile(copy, 'utf8'))
          .split('\n')
          .filter((line) => !line.includes('`Follows`'))
          .join('\n'),
      );
      await importAs(bench, 'v1.0.0', { acceptEdits: true, into: path.join(bench.dir, 'x.kuzu') }).then(({ tables }) =>
        assert.equal(tables.find(({ name }) => name === 'Follows')?.rows, 0),
      );
      const manifest = path.join(dir, 'manifest.json');
      await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"rows": 100', '"rows": 101'));
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0', { acceptEdits: true }),
        (error) => {
          assert.equal(error.code, 'IMPORT_ROWS_DIFFER');
          assert.deepEqual([error.params.table, error.params.expected, error.params.actual], ['User', 101, 100]);
        },
      );
    });
  });

  it('refuses an engine’s export without copy.cypher, which the engine would load as empty', async () => {
    await withProject(sampleGraph, async (bench) => {
      const dir = path.join(bench.dir, 'migrations', 'native');
      await mkdir(path.dirname(dir));
      await queryKuzu([{ path: bench.file, statements: [`EXPORT DATABASE '${dir}'`] }]);
      await rm(path.join(dir, 'copy.cypher'));
      await changesNothing(
        bench,
        () => importAs(bench, 'native'),
        (error) => assert.equal(error.code, 'VERSION_INCOMPLETE'),
      );
    });
  });

  it('does nothing when the user does not agree, and refuses a read-only database', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const confirm = async () => {
        throw new MigrateError('NOT_CONFIRMED', { action: 'x' });
      };
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0', { confirm }),
        (error) => assert.equal(error.code, 'NOT_CONFIRMED'),
      );
      const database = { ...bench.database, readOnly: true };
      await changesNothing(
        bench,
        () => importAs(bench, 'v1.0.0', { database }),
        (error) => assert.equal(error.code, 'DATABASE_READ_ONLY'),
      );
    });
  });

  it('bounds the engine’s memory as the database says', async () => {
    await withProject(sampleGraph, async (bench) => {
      const limit = async (memoryMB?: number) => {
        const session = await bench.context
          .driver('kuzu')
          .open({ path: bench.file, readOnly: true, ...(memoryMB ? { memoryMB } : {}) });
        const [info] = await session.run([{ text: 'CALL bm_info() RETURN *', rows: 1 }]);
        await session.close();
        return Number(info?.rows[0]?.[0]);
      };
      assert.equal(await limit(128), 128 * 1024 * 1024);
      assert.ok((await limit()) > 128 * 1024 * 1024);
      await exportAs(bench, 'v1.0.0', { database: { ...bench.database, memoryMB: 64 } });
      await importAs(bench, 'v1.0.0', { database: { ...bench.database, memoryMB: 64 } });
    });
  });

  it('keeps as many backups as configured, of this database only', async () => {
    await withProject(sampleGraph, async (bench) => {
      await writeFile(
        path.join(bench.dir, 'kuzu-migrate.json'),
        JSON.stringify({ databases: { dev: { path: 'data/app.kuzu' } }, backups: { keep: 2 } }),
      );
      const context = await bench.reload();
      const database = context.project.databases[0];
      assert.ok(database);
      const dev: Bench = { ...bench, context, database };
      await exportAs(dev, 'v1.0.0');
      const stranger = path.join(bench.dir, 'backups', 'kuzu_backup_20200101_000000');
      await cp(path.join(bench.dir, 'data'), stranger, { recursive: true });
      for (let at = 0; at < 3; at++) await importAs(dev, 'v1.0.0');
      const kept = (await readdir(path.join(bench.dir, 'backups'))).filter((name) => name !== path.basename(stranger));
      assert.equal(kept.length, 2);
      assert.ok((await stat(path.join(stranger, 'app.kuzu'))).isFile());
    });
  });

  it('rolls back over a file that no engine opens any more, and keeps that file with its WAL', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const values = await sampleValues(bench);
      const whole = await readFile(bench.file);
      await writeFile(bench.file, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(8192, 0xa5)]));
      await writeFile(`${bench.file}.wal`, Buffer.alloc(64, 1));
      const { backup } = await importAs(bench, 'v1.0.0', { action: 'rollback' });
      assert.ok(backup);
      assert.deepEqual((await readdir(backup)).sort(), ['app.kuzu', 'app.kuzu.wal', 'backup.json']);
      assert.equal(await sampleValues(bench), values);
    });
  });
});

async function importedRows(bench: Bench, file: string) {
  return bench.rows('MATCH (n) RETURN label(n) AS label, count(*) AS n ORDER BY label', file);
}
