import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { findVersion } from '../../src/project/versions';
import { hashFile } from '../../src/workflow/export/file-hasher';
import { listProjectVersions } from '../../src/workflow/list';
import { queryKuzu } from '../support/kuzu-script';
import { withProject } from '../support/project';
import { exportAs, sampleGraph } from '../support/sample';

const code = (wanted: string) => (error: unknown) => MigrateError.is(error) && error.code === wanted;

describe('exporting a version', () => {
  for (const format of ['parquet', 'csv'] as const) {
    it(`writes the engine's files and a manifest that is true of each of them (${format})`, async () => {
      await withProject(sampleGraph, async (bench) => {
        const { dir, manifest } = await exportAs(bench, 'v1.0.0', { format });
        const names = (await readdir(dir)).sort();
        for (const name of [
          'schema.cypher',
          'copy.cypher',
          'index.cypher',
          'manifest.json',
          'CHANGELOG.md',
          `User.${format}`,
          `Follows_User_User.${format}`,
        ]) {
          assert.ok(names.includes(name), `${name} in ${names}`);
        }
        assert.deepEqual(JSON.parse(await readFile(path.join(dir, 'manifest.json'), 'utf8')), manifest);
        assert.deepEqual(
          manifest.files.map((file) => file.path),
          names.filter((name) => !['manifest.json', 'CHANGELOG.md'].includes(name)),
        );
        for (const file of manifest.files) {
          assert.equal(file.sha256, (await hashFile(path.join(dir, file.path))).sha256, file.path);
          assert.equal(file.bytes, (await stat(path.join(dir, file.path))).size, file.path);
        }
        assert.deepEqual(Object.fromEntries(manifest.tables.map(({ name, rows }) => [name, rows])), {
          City: 2,
          User: 100,
          Follows: 99,
          LivesIn: 10,
        });
        assert.equal(manifest.rows, 211);
        assert.equal(manifest.engine, 'kuzu');
        assert.equal(manifest.storageVersion, 39);
        assert.equal(manifest.dataFormat, format);
      });
    });
  }

  it('has the true hash of CSV files that grew for a while', async () => {
    const big =
      'UNWIND range(1000, 120000) AS i CREATE (:User {id: i, name: md5(CAST(i AS STRING)) + md5(CAST(i + 1 AS STRING))})';
    await withProject([...sampleGraph, big], async (bench) => {
      const { dir, manifest } = await exportAs(bench, 'v1.0.0', { format: 'csv' });
      const user = manifest.files.find((file) => file.path === 'User.csv');
      assert.ok((user?.bytes ?? 0) > 8_000_000);
      for (const file of manifest.files) {
        assert.equal(file.sha256, (await hashFile(path.join(dir, file.path))).sha256, file.path);
      }
    });
  });

  it('is readable by the engine’s own IMPORT DATABASE', async () => {
    await withProject(sampleGraph, async (bench) => {
      const { dir } = await exportAs(bench, 'v1.0.0');
      const other = path.join(bench.dir, 'native');
      const [answers] = await queryKuzu([
        { path: other, statements: [`IMPORT DATABASE '${dir}'`, 'MATCH (n) RETURN count(*) AS n'] },
      ]);
      assert.deepEqual(answers?.[1], [{ n: 102 }]);
    });
  });

  it('keeps the schema alone, with its indexes, on request', async () => {
    const withIndex = [...sampleGraph, "CALL CREATE_FTS_INDEX('User', 'by_name', ['name'])"];
    await withProject(withIndex, async (bench) => {
      const { dir, manifest } = await exportAs(bench, 'v1.0.0', { schemaOnly: true });
      assert.equal(manifest.dataFormat, null);
      assert.equal(manifest.rows, null);
      assert.match(await readFile(path.join(dir, 'index.cypher'), 'utf8'), /CREATE_FTS_INDEX\('User', 'by_name'/);
      assert.ok(!(await readdir(dir)).some((name) => name.endsWith('.parquet')));
    });
  });

  it('starts a changelog from what changed since the version before it', async () => {
    await withProject(sampleGraph, async (bench) => {
      const first = await exportAs(bench, 'v1.0.0');
      assert.match(await readFile(path.join(first.dir, 'CHANGELOG.md'), 'utf8'), /The first version/);
      await bench.run('ALTER TABLE User ADD email STRING', 'CREATE NODE TABLE Tag(name STRING PRIMARY KEY)');
      const second = await exportAs(bench, 'v1.1.0');
      assert.equal(second.previous, 'v1.0.0');
      assert.deepEqual(
        second.changes.map(({ kind, object }) => `${kind} ${object}`),
        ['add-table Tag', 'add-column User.email'],
      );
      const text = await readFile(path.join(second.dir, 'CHANGELOG.md'), 'utf8');
      assert.match(text, /User\.email/);
      assert.match(text, /`User` \| 100/);
    });
  });

  it('knows what the migrations have renamed', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const rename = 'ALTER TABLE User RENAME name TO title';
      await writeFile(path.join(bench.dir, 'migrations', '001_title.cypher'), `-- UP\n${rename};\n`);
      await bench.run(rename);
      const second = await exportAs(bench, 'v1.1.0');
      assert.deepEqual(
        second.changes.map(({ kind, object }) => `${kind} ${object}`),
        ['rename-column User.name'],
      );
      assert.match(
        await readFile(path.join(second.dir, 'CHANGELOG.md'), 'utf8'),
        /ALTER TABLE User RENAME name TO title/,
      );
    });
  });

  it('points current at the new version, and list tells when the database has moved on', async () => {
    await withProject(sampleGraph, async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const link = path.join(bench.dir, 'migrations', 'current');
      assert.equal(await readlink(link), 'v1.0.0');
      assert.deepEqual(await currentOf(bench.reload), ['v1.0.0', false]);
      await bench.run("CREATE (:City {name: 'Kyoto'})");
      assert.deepEqual(await currentOf(bench.reload), ['v1.0.0', true]);
      await exportAs(bench, 'v1.1.0');
      assert.deepEqual(await currentOf(bench.reload), ['v1.1.0', false]);
    });
  });

  it('sorts semantic versions by precedence and labels by time', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      for (const version of ['v1.10.0', 'pre-migration', 'v1.9.0', 'v1.9.0-rc.1', 'backup-20250801'])
        await exportAs(bench, version);
      const { versions } = await listProjectVersions(await bench.reload());
      assert.deepEqual(
        versions.map(({ version }) => version),
        ['v1.9.0-rc.1', 'v1.9.0', 'v1.10.0', 'pre-migration', 'backup-20250801'],
      );
    });
  });

  it('leaves the database file untouched to the last bit', async () => {
    await withProject(sampleGraph, async (bench) => {
      const before = await stat(bench.file);
      const hash = (await hashFile(bench.file)).sha256;
      await exportAs(bench, 'v1.0.0');
      const after = await stat(bench.file);
      assert.deepEqual(
        [after.ino, after.size, after.mtimeMs, after.ctimeMs],
        [before.ino, before.size, before.mtimeMs, before.ctimeMs],
      );
      assert.equal((await hashFile(bench.file)).sha256, hash);
      assert.deepEqual(await readdir(path.dirname(bench.file)), ['app.kuzu']);
    });
  });

  it('refuses a name that is a path, a device, or too long', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      for (const name of ['../v1', 'a/b', 'a\\b', '', '.hidden', 'current', 'con', 'x'.repeat(65), 'v1 0']) {
        await assert.rejects(exportAs(bench, name), code('VERSION_NAME_INVALID'), name);
      }
      assert.deepEqual(await readdir(bench.dir), ['data']);
    });
  });

  it('refuses a version that exists, also in another case of letters, and leaves it alone', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      const { dir } = await exportAs(bench, 'Release');
      const before = (await hashFile(path.join(dir, 'manifest.json'))).sha256;
      await assert.rejects(exportAs(bench, 'Release'), code('VERSION_EXISTS'));
      await assert.rejects(exportAs(bench, 'release'), code('VERSION_EXISTS'));
      assert.equal((await hashFile(path.join(dir, 'manifest.json'))).sha256, before);
      assert.deepEqual((await readdir(path.dirname(dir))).sort(), ['Release', 'current']);
    });
  });

  it('leaves nothing behind when it is cancelled', async () => {
    await withProject(sampleGraph, async (bench) => {
      const controller = new AbortController();
      const onProgress = ({ step }: { step: string }) => {
        if (step === 'export') controller.abort();
      };
      await assert.rejects(exportAs(bench, 'v1.0.0', { signal: controller.signal, onProgress }), code('CANCELLED'));
      assert.deepEqual(await readdir(path.join(bench.dir, 'migrations')), []);
      await exportAs(bench, 'v1.0.0');
    });
  });

  it('says so where the folder may not be written', async () => {
    // Rights don't bind root; a file in the folder's place does.
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      if (process.getuid?.() === 0) {
        await writeFile(path.join(bench.dir, 'migrations'), '');
        await assert.rejects(exportAs(bench, 'v1.0.0'), code('FILE_FAILED'));
        return;
      }
      await mkdir(path.join(bench.dir, 'migrations'));
      await chmod(path.join(bench.dir, 'migrations'), 0o500);
      await assert.rejects(exportAs(bench, 'v1.0.0'), code('NO_PERMISSION'));
    });
  });

  it('does not follow a versions folder that is a link out of the project', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      await symlink(os.tmpdir(), path.join(bench.dir, 'migrations'));
      await assert.rejects(bench.reload(), code('PATH_OUTSIDE_PROJECT'));
    });
  });

  it('names a database of another engine or storage version, and what can open it', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      const cases = [
        {
          bytes: Buffer.concat([Buffer.from('LBUG'), Buffer.from([43, 0, 0, 0])]),
          expected: 'DATABASE_OTHER_ENGINE',
          names: 'LadybugDB',
        },
        {
          bytes: Buffer.concat([Buffer.from('KUZU'), Buffer.from([38, 0, 0, 0])]),
          expected: 'DATABASE_OTHER_VERSION',
          names: '0.10',
        },
        { bytes: Buffer.from('SQLite format 3\0 and more'), expected: 'DATABASE_NOT_RECOGNISED', names: '53 51' },
      ];
      for (const { bytes, expected, names } of cases) {
        await writeFile(bench.file, bytes);
        await assert.rejects(exportAs(bench, 'v1.0.0'), (error) => {
          assert.ok(MigrateError.is(error));
          assert.equal(error.code, expected);
          assert.match(JSON.stringify(error.params), new RegExp(names));
          return true;
        });
      }
    });
  });

  it('removes the folder of an export whose process is gone, and lists none of them', async () => {
    await withProject(['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'], async (bench) => {
      const stale = path.join(bench.dir, 'migrations', '.export-999999999-v0.9.0');
      await mkdir(stale, { recursive: true });
      await writeFile(path.join(stale, 'schema.cypher'), '');
      assert.equal((await listProjectVersions(bench.context)).versions.length, 0);
      await exportAs(bench, 'v1.0.0');
      assert.deepEqual((await readdir(path.join(bench.dir, 'migrations'))).sort(), ['current', 'v1.0.0']);
      await assert.rejects(findVersion(bench.context.project.versionsDir, '.export-1'), code('VERSION_NOT_FOUND'));
    });
  });
});

async function currentOf(reload: () => Promise<Parameters<typeof listProjectVersions>[0]>) {
  const { current, movedOn } = await listProjectVersions(await reload());
  return [current, movedOn];
}
