import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MigrateOptions, StatusOptions } from '../../src/workflow/library';
import { built, withApplication } from '../support/library';

const { migrate, status } = built;

describe('the library never throws', () => {
  const wrong: readonly (readonly [options: unknown, option: string])[] = [
    [null, 'options'],
    ['data/app.kuzu', 'options'],
    [[], 'options'],
    [{ dryrun: true }, 'dryrun'],
    [{ toString: 1 }, 'toString'],
    [{ direction: 'redo' }, 'direction'],
    [{ to: 3 }, 'to'],
    [{ steps: 0 }, 'steps'],
    [{ steps: '1' }, 'steps'],
    [{ lockTimeoutMs: -1 }, 'lockTimeoutMs'],
    [{ lockTimeoutMs: Number.NaN }, 'lockTimeoutMs'],
    [{ backupBefore: 'maybe' }, 'backupBefore'],
    [{ yes: 'yes' }, 'yes'],
    [{ language: 'fr' }, 'language'],
    [{ language: 1 }, 'language'],
    [{ log: console }, 'log'],
    [{ signal: {} }, 'signal'],
    [{ database: '' }, 'database'],
    [{ database: 1 }, 'database'],
    [{ database: {} }, 'database.path'],
    [{ database: { path: 'x', engine: 'sqlite' } }, 'database.engine'],
    [{ database: { path: 'x', memory: 1 } }, 'database.memory'],
    [{ migrations: {} }, 'migrations'],
    [{ migrations: [null] }, 'migrations[0]'],
    [{ migrations: [{ id: 1, name: 'n', up: 'x' }] }, 'migrations[0].id'],
    [{ migrations: [{ id: 'first', name: 'n', up: 'x' }] }, 'migrations[0].id'],
    [
      {
        migrations: [
          { id: '1', name: 'n', up: 'x' },
          { id: '2', up: 'x' },
        ],
      },
      'migrations[1].name',
    ],
    [{ migrations: [{ id: '1', name: 'n' }] }, 'migrations[0].up'],
    [{ migrations: [{ id: '1', name: 'n', up: ['x'] }] }, 'migrations[0].up'],
    [{ migrations: [{ id: '1', name: 'n', up: 'x', down: 1 }] }, 'migrations[0].down'],
    [{ migrations: [{ id: '1', name: 'n', up: 'x', transaction: 'no' }] }, 'migrations[0].transaction'],
  ];
  for (const [options, option] of wrong) {
    it(`for ${JSON.stringify(options)}`, async () => {
      const report = await migrate(options as MigrateOptions);
      assert.deepEqual([report.ok, report.results, report.error?.code], [false, [], 'OPTION_INVALID']);
      assert.ok(report.error?.message.includes(`The option ${option} can`), report.error?.message);
      const state = await status(options as StatusOptions);
      assert.deepEqual([state.ok, state.migrations, state.error?.code], [false, [], 'OPTION_INVALID']);
    });
  }

  const broken: readonly (readonly [what: string, config: string, code: string])[] = [
    ['a configuration that is no JSON', '{', 'CONFIG_INVALID'],
    ['an unknown key in it', '{ "databases": {}, "migration": "x" }', 'CONFIG_INVALID'],
    ['a configuration without a database', '{ "databases": {} }', 'CONFIG_NOT_FOUND'],
    ['a variable that is not set', '{ "databases": { "a": { "path": "${env:NO_SUCH_1}" } } }', 'CONFIG_ENV_MISSING'],
    [
      'a plugin outside of the project',
      '{ "databases": { "a": { "path": "a" } }, "plugins": ["../p.mjs"] }',
      'PATH_OUTSIDE_PROJECT',
    ],
    [
      'an engine that is not there',
      '{ "databases": { "a": { "path": "a", "engine": "ladybug" } } }',
      'ENGINE_NOT_SUPPORTED',
    ],
    ['a folder that is a file', '{ "databases": { "a": { "path": "kuzu-migrate.json/a" } } }', 'FILE_FAILED'],
    ['a database that is a folder', '{ "databases": { "a": { "path": "migrations" } } }', 'FILE_FAILED'],
  ];
  for (const [what, config, code] of broken) {
    it(`for ${what}`, () =>
      withApplication('kuzu', async ({ dir, up, write }) => {
        await writeFile(path.join(dir, 'kuzu-migrate.json'), config);
        await write('001_a', 'CREATE NODE TABLE A(id INT64 PRIMARY KEY);');
        const report = await migrate({ project: dir });
        assert.deepEqual([report.ok, report.error?.code], [false, code], report.error?.message);
        assert.equal((await up([{ id: '1', name: 'a', up: 'RETURN 1' }])).ok, false);
        assert.equal((await status({ project: dir })).ok, false);
      }));
  }

  it('for a project that is not there, a database that is not known, and files that are wrong', () =>
    withApplication('kuzu', async ({ dir, write }) => {
      const code = async (options: MigrateOptions) => (await migrate(options)).error?.code;
      assert.equal(await code({ project: path.join(dir, 'nowhere') }), 'CONFIG_NOT_FOUND');
      assert.equal(await code({ project: dir, database: 'prod' }), 'DATABASE_UNKNOWN');
      assert.equal(await code({ project: dir, to: '7' }), 'MIGRATION_UNKNOWN');
      await write('readme', 'RETURN 1');
      assert.equal(await code({ project: dir }), 'MIGRATION_NAME_INVALID');
      const state = await status({ project: dir });
      assert.deepEqual([state.ok, state.error?.code], [false, 'MIGRATION_NAME_INVALID']);
    }));

  it('for ids that are the same', () =>
    withApplication('kuzu', async ({ up }) => {
      for (const ids of [
        ['1', '001'],
        ['3.1', '3.1.0'],
        ['20250801_120000', '20250801120000'],
      ]) {
        const report = await up(ids.map((id, at) => ({ id, name: `number ${at}`, up: 'RETURN 1' })));
        assert.equal(report.error?.code, 'MIGRATION_DUPLICATE_ID');
        assert.match(report.error?.message ?? '', /number 0 and number 1/);
      }
    }));
});
