import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { detectFile } from '../../src/engine/detect';
import { loadProject, type ProjectRequest } from '../../src/project/discovery';
import { withTempDir } from '../support/kuzu-script';

const header = (letters: string, version: number) =>
  Buffer.concat([Buffer.from(letters), Buffer.from([version, 0, 0, 0])]);
const load = (dir: string, more: Partial<ProjectRequest> = {}) =>
  loadProject({ dir, env: {}, detect: detectFile, ...more });

async function fill(dir: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
    await writeFile(path.join(dir, name), content);
  }
}

describe('a project without a configuration', () => {
  it('is what its folder holds: database files by their header, whatever they are called', async () => {
    await withTempDir(async (dir) => {
      await fill(dir, {
        'data/app.kuzu': header('KUZU', 39),
        'graph.db': header('LBUG', 43),
        'data/old/warehouse': Buffer.concat([
          Buffer.alloc(8),
          Buffer.from('DUCK'),
          Buffer.from([64, 0, 0, 0, 0, 0, 0, 0]),
        ]),
        'data/notes.db': 'SQLite format 3',
        'data/app.kuzu.wal': header('KUZU', 39),
        'backups/x/app.kuzu': header('KUZU', 39),
        'node_modules/x.kuzu': header('KUZU', 39),
      });
      const { databases, configFile } = await load(dir);
      assert.equal(configFile, undefined);
      assert.deepEqual(databases.map(({ name, engine }) => [name, engine]).sort(), [
        ['app', 'kuzu'],
        ['graph', 'ladybug'],
        ['warehouse', 'duckdb'],
      ]);
    });
  });

  it('finds scripts and versions in migrations/, or below ddl/ when they are only there', async () => {
    await withTempDir(async (dir) => {
      const places = async () => {
        const { migrationsDir, versionsDir } = await load(dir);
        return [migrationsDir, versionsDir].map((place) => path.relative(dir, place));
      };
      assert.deepEqual(await places(), ['migrations', 'migrations']);
      await fill(dir, { 'ddl/migrations/001_x.cypher': '', 'ddl/snapshots/v1.0.0/schema.cypher': '' });
      assert.deepEqual(await places(), [path.join('ddl', 'migrations'), path.join('ddl', 'snapshots')]);
      await fill(dir, { 'migrations/v1.1.0/manifest.json': '{}' });
      assert.deepEqual(await places(), [path.join('ddl', 'migrations'), 'migrations']);
      await fill(dir, { 'migrations/002_y.cypher': '' });
      assert.deepEqual(await places(), ['migrations', 'migrations']);
    });
  });

  it('takes a database from --db or KUZU_DB_PATH, as a name or a path, and refuses a mistyped name', async () => {
    await withTempDir(async (dir) => {
      await fill(dir, { 'data/app.kuzu': header('KUZU', 39) });
      assert.equal((await load(dir, { database: 'app' })).chosenDatabase?.path, path.join(dir, 'data/app.kuzu'));
      assert.equal((await load(dir, { database: 'new.kuzu' })).chosenDatabase?.path, path.join(dir, 'new.kuzu'));
      assert.equal((await load(dir, { env: { KUZU_DB_PATH: 'data/app.kuzu' } })).chosenDatabase?.name, 'app');
      await assert.rejects(
        load(dir, { database: 'apq' }),
        (error) => MigrateError.is(error, 'DATABASE_UNKNOWN') && error.params.known === 'app',
      );
    });
  });
});

describe('a project with a configuration', () => {
  it('names its databases, with variables in their paths', async () => {
    await withTempDir(async (dir) => {
      await fill(dir, {
        'kuzu-migrate.json':
          '{"default":"b","databases":{"a":{"path":"a.kuzu"},"b":{"path":"${env:X}/b.kuzu","readOnly":true,"memoryMB":256}}}',
      });
      const { databases, defaultDatabase } = await load(dir, { env: { X: 'there' } });
      assert.deepEqual(
        databases.map(({ name }) => name),
        ['a', 'b'],
      );
      assert.deepEqual(defaultDatabase, {
        name: 'b',
        path: path.join(dir, 'there/b.kuzu'),
        engine: 'kuzu',
        protected: false,
        readOnly: true,
        memoryMB: 256,
      });
      await assert.rejects(
        load(dir),
        (error) => MigrateError.is(error, 'CONFIG_ENV_MISSING') && error.params.name === 'X',
      );
    });
  });

  it('tells the engine by the file, unless the configuration says it', async () => {
    await withTempDir(async (dir) => {
      await fill(dir, {
        'x.db': header('LBUG', 43),
        'kuzu-migrate.json':
          '{"databases":{"a":{"path":"x.db"},"b":{"path":"x.db","engine":"duckdb"},"c":{"path":"none"}}}',
      });
      assert.deepEqual(
        (await load(dir)).databases.map(({ engine }) => engine),
        ['ladybug', 'duckdb', 'kuzu'],
      );
    });
  });

  it('says when to make backups, and what the history tables are called', async () => {
    await withTempDir(async (dir) => {
      const settings = async (config: object) => {
        await fill(dir, { 'kuzu-migrate.json': JSON.stringify({ databases: {}, ...config }) });
        const { backupBefore, historyTables } = await load(dir);
        return [backupBefore, ...Object.values(historyTables)];
      };
      const usual = ['migration_history', 'schema_version', 'migration_event'];
      assert.deepEqual(await settings({}), ['risky', ...usual]);
      assert.deepEqual(await settings({ historyTable: 'migration_history' }), ['risky', ...usual]);
      assert.deepEqual(await settings({ backupBefore: 'never', historyTable: 'x' }), [
        'never',
        'x',
        'x_version',
        'x_event',
      ]);
    });
  });

  it('takes plugins from the project only', async () => {
    await withTempDir(async (top) => {
      const dir = path.join(top, 'inside');
      const plugins = async (...names: string[]) => {
        await fill(dir, { 'kuzu-migrate.json': JSON.stringify({ databases: {}, plugins: names }) });
        return (await load(dir, { env: { P: 'tools' } })).plugins.map((plugin) => path.relative(dir, plugin));
      };
      await fill(dir, { 'tools/a.mjs': '', '..b/c.mjs': '' });
      await fill(top, { 'outside/x.mjs': '' });
      await symlink(path.join(top, 'outside/x.mjs'), path.join(dir, 'link.mjs'));
      assert.deepEqual(await plugins('./tools/a.mjs', '${env:P}/later.mjs', '..b/c.mjs'), [
        path.join('tools', 'a.mjs'),
        path.join('tools', 'later.mjs'),
        path.join('..b', 'c.mjs'),
      ]);
      for (const outside of ['../outside/x.mjs', path.join(top, 'outside/x.mjs'), 'link.mjs']) {
        await assert.rejects(plugins(outside), (error) => MigrateError.is(error, 'PATH_OUTSIDE_PROJECT'), outside);
      }
    });
  });

  it('does not follow a link out of the project', async () => {
    await withTempDir(async (dir) => {
      await fill(dir, { 'inside/kuzu-migrate.json': '{"databases":{}}', 'outside/x': '' });
      await symlink(path.join(dir, 'outside'), path.join(dir, 'inside/migrations'));
      await assert.rejects(load(path.join(dir, 'inside')), (error) => MigrateError.is(error, 'PATH_OUTSIDE_PROJECT'));
    });
  });
});
