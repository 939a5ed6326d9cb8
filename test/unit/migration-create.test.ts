import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { detectFile } from '../../src/engine/detect';
import { loadProject } from '../../src/project/discovery';
import type { Project } from '../../src/project/project';
import { createMigration } from '../../src/workflow/create';
import { withTempDir } from '../support/kuzu-script';

const now = new Date('2024-01-15T12:00:59.500Z');

async function withEmpty(
  work: (project: Project, migrations: string) => Promise<void>,
  config?: object,
): Promise<void> {
  await withTempDir(async (dir) => {
    if (config) await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify(config));
    await work(await loadProject({ dir, env: {}, detect: detectFile }), path.join(dir, 'migrations'));
  });
}

describe('creating a migration', () => {
  it('makes the folder and the file, in the dialect of the database, and leaves nothing else', async () => {
    await withEmpty(async (project, folder) => {
      const { files, paths, notes } = await createMigration(project, { name: 'Add X', kind: 'single', now });
      assert.deepEqual(files, ['migrations/20240115_120059_add_x.cypher']);
      assert.deepEqual(paths, [path.join(folder, '20240115_120059_add_x.cypher')]);
      assert.deepEqual(notes, []);
      assert.deepEqual(await readdir(folder), ['20240115_120059_add_x.cypher']);
      assert.match(await readFile(paths[0] ?? '', 'utf8'), /-- UP\n/);
    });
    const databases = { dev: { path: 'x.duckdb', engine: 'duckdb' } };
    await withEmpty(
      async (project) => {
        const { files } = await createMigration(project, { name: 'x', kind: 'pair', now });
        assert.deepEqual(files, ['scripts/20240115120059_x.up.sql', 'scripts/20240115120059_x.down.sql']);
        const other = await createMigration(project, { name: 'x', kind: 'single', engine: 'kuzu', now });
        assert.deepEqual(other.files, ['scripts/20240115_120100_x.cypher']);
      },
      { databases, migrations: 'scripts' },
    );
  });

  it('takes the next second that no migration has, in whatever form', async () => {
    await withEmpty(async (project, folder) => {
      await mkdir(folder);
      for (const taken of ['20240115_120059_a.ts', '20240115120100_b.up.sql', '20240115120101.0_c.cypher']) {
        await writeFile(path.join(folder, taken), '');
      }
      const { files } = await createMigration(project, { name: 'x', kind: 'single', now });
      assert.deepEqual(files, ['migrations/20240115_120102_x.cypher']);
    });
  });

  it('gives each of many at once an id of its own', async () => {
    await withEmpty(async (project, folder) => {
      const kinds = ['single', 'pair', 'ts'] as const;
      const all = await Promise.all(
        Array.from({ length: 12 }, (_one, at) =>
          createMigration(project, { name: `m${at}`, kind: kinds[at % 3] ?? 'single', now }),
        ),
      );
      const ids = all.map(({ files }) => files[0]?.replace(/^migrations\/(\d{8})_?(\d{6})_.*/, '$1$2'));
      assert.equal(new Set(ids).size, 12);
      assert.equal((await readdir(folder)).length, 16);
    });
  });

  it('says when its id is not the last one', async () => {
    await withEmpty(async (project, folder) => {
      await mkdir(folder);
      await writeFile(path.join(folder, '20990101_000000_x.cypher'), '');
      const { notes } = await createMigration(project, { name: 'x', kind: 'single', now });
      assert.deepEqual(notes, [{ key: 'migration.notLast', params: { last: '20990101000000' } }]);
    });
  });

  it('refuses a bad name before it makes anything', async () => {
    await withEmpty(async (project) => {
      await assert.rejects(createMigration(project, { name: '../x', kind: 'single' }), (error) =>
        MigrateError.is(error, 'MIGRATION_NAME_INVALID'),
      );
      assert.deepEqual(await readdir(project.dir), []);
    });
  });

  it('says so when the folder is a file', async () => {
    await withEmpty(async (project, folder) => {
      await writeFile(folder, '');
      await assert.rejects(
        createMigration(project, { name: 'x', kind: 'single' }),
        (error) => MigrateError.is(error, 'FILE_FAILED') && error.params.path === folder,
      );
    });
  });

  it('removes what killed runs left, and nothing that may still be at work', async () => {
    await withEmpty(async (project, folder) => {
      await mkdir(folder);
      const [old, fresh] = ['.20240115110000.creating', '.20240115120059.creating'];
      for (const name of [old, fresh, '.x.cypher.999999999-0123abcd.tmp']) await writeFile(path.join(folder, name), '');
      await utimes(path.join(folder, old), 1, 1);
      const { files } = await createMigration(project, { name: 'x', kind: 'single', now });
      assert.deepEqual(files, ['migrations/20240115_120100_x.cypher']);
      assert.deepEqual((await readdir(folder)).sort(), [fresh, '20240115_120100_x.cypher']);
    });
  });
});
