import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withTempDir } from '../support/kuzu-script';
import { type Ended, runProgram } from '../support/library';
import { root } from '../support/project';

/** A project that has the package as npm packs it, with the engines beside it; nothing comes from the network. */
interface Installed {
  readonly dir: string;
  /** The files of the package, as npm listed them. */
  readonly files: readonly string[];
  write(name: string, text: string): Promise<void>;
  node(script: string): Promise<Ended>;
  npm(...args: string[]): Promise<Ended>;
}

async function withPackage<T>(work: (installed: Installed) => Promise<T>): Promise<T> {
  return withTempDir(async (base) => {
    const dir = path.join(base, 'project');
    const modules = path.join(dir, 'node_modules');
    await mkdir(path.join(modules, '@duckdb'), { recursive: true });
    const env = {
      npm_config_cache: path.join(base, 'cache'),
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      npm_config_loglevel: 'error',
    };
    const npm = async (cwd: string, args: readonly string[]) => {
      const ended = await runProgram('npm', args, { cwd, env, shell: process.platform === 'win32' });
      assert.equal(ended.code, 0, `${args[0]}: ${ended.stdout}${ended.stderr}`);
      return ended;
    };
    const packed = await npm(root, ['pack', '--json', '--ignore-scripts', '--pack-destination', base]);
    const [about] = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[];
    assert.ok(about);
    const unpacked = await runProgram('tar', ['-xzf', about.filename], { cwd: base });
    assert.equal(unpacked.code, 0, unpacked.stderr);
    await rename(path.join(base, 'package'), path.join(modules, 'kuzu-migrate'));
    for (const name of ['kuzu', '@duckdb/node-api']) {
      await symlink(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
    }
    await writeFile(path.join(dir, 'package.json'), '{ "name": "application", "private": true }');
    return work({
      dir,
      files: about.files.map((file) => file.path).sort(),
      write: async (name, text) => {
        await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
        await writeFile(path.join(dir, name), text);
      },
      node: (script) => runProgram(process.execPath, [script], { cwd: dir }),
      npm: (...args) => npm(dir, args),
    });
  });
}

const APPLICATION = `
  const migrations = [
    { id: '001', name: 'people', up: 'CREATE NODE TABLE Person(id INT64 PRIMARY KEY)', down: 'DROP TABLE Person' },
    { id: '002', name: 'first', up: async (db) => { await db.run('CREATE (:Person {id: $id})', { id: 1 }); } },
  ];
  const database = { path: 'data/' + process.argv[1].replace(/.*\\./, '') + '.kuzu', engine: 'kuzu' };
  const describe = async () => {
    const { ok, results, error } = await migrate({ database, migrations });
    const { current } = await status({ database, migrations });
    console.log(JSON.stringify([ok, results.map(({ id, status }) => id + ' ' + status), current, error]));
  };`;
const DONE = `[true,["1 success","2 success"],"2",null]\n`;

describe('the package of npm', () => {
  it('holds what the command line and the library need, and nothing of our own work', () =>
    withPackage(async ({ files, dir }) => {
      assert.deepEqual(
        files.filter((file) => !/^(README|CHANGELOG)(\.\w+)?\.md$/.test(file)),
        [
          'LICENSE',
          'dist/cli.js',
          'dist/code-babel.js',
          'dist/code-host.js',
          'dist/host.js',
          'dist/library.js',
          'package.json',
          'schemas/kuzu-migrate.schema.json',
          'types/kuzu-migrate.d.ts',
        ],
      );
      const own = path.join(dir, 'node_modules', 'kuzu-migrate');
      const { exports, types, bin } = JSON.parse(await readFile(path.join(own, 'package.json'), 'utf8')) as {
        exports: { '.': { types: string; default: string } };
        types: string;
        bin: { 'kuzu-migrate': string };
      };
      for (const file of [types, exports['.'].types, exports['.'].default, bin['kuzu-migrate']]) {
        assert.ok(files.includes(path.posix.normalize(file)), file);
      }
      // What is packed is what is installed.
      assert.deepEqual((await readdir(path.join(own, 'dist'))).length, 5);
    }));

  it('gives its functions to ES modules by name, and to CommonJS', () =>
    withPackage(async ({ write, node }) => {
      await write('app.mjs', `import { migrate, status } from 'kuzu-migrate';${APPLICATION}\nawait describe();`);
      await write('app.cjs', `const { migrate, status } = require('kuzu-migrate');${APPLICATION}\nvoid describe();`);
      for (const script of ['app.mjs', 'app.cjs']) {
        const ended = await node(script);
        assert.deepEqual(ended, { code: 0, signal: null, stdout: DONE, stderr: '' }, script);
      }
    }));

  it('runs the example of the documentation as it stands there, and says what it says', () =>
    withPackage(async ({ write, node }) => {
      for (const [name, file] of ['docs/library.md', 'docs/library.ja.md'].entries()) {
        const text = await readFile(path.join(root, file), 'utf8');
        const [, code, output] = /```ts\n([\s\S]*?)```\s+```\n([\s\S]*?)```/.exec(text) ?? assert.fail(file);
        await write(`example${name}.mjs`, (code ?? '').replace('data/app.kuzu', `data/app${name}.kuzu`));
        const ended = await node(`example${name}.mjs`);
        const timeless = (lines: string | undefined) => lines?.replace(/\d+ ms/g, 'some ms');
        assert.deepEqual([timeless(ended.stdout), ended.stderr], [timeless(output), ''], file);
      }
    }));

  it('compiles in TypeScript, without the types of Node', () =>
    withPackage(async ({ dir, write }) => {
      const use = `
        const controller: { readonly signal: CancelSignal } = { signal: { aborted: false, addEventListener() {}, removeEventListener() {} } };
        const first: EmbeddedMigration = { id: '1', name: 'first', up: async (db) => {
          const { touched } = await db.run('CREATE (:A {id: $id})', { id: 1n });
          const count: number | null = touched;
          void count;
        } };
        export async function start(): Promise<string | undefined> {
          const { ok, results, error } = await migrate({ database: 'a.kuzu', migrations: [first], signal: controller.signal });
          const { migrations } = await status();
          if (migrations.some(({ state }) => state === 'out-of-order')) return 'late';
          return ok ? results[0]?.status : error?.message;
        }
        // @ts-expect-error there is no such option
        void migrate({ dryrun: true });
        // @ts-expect-error a migration needs its way up
        void migrate({ migrations: [{ id: '1', name: 'x' }] });
        // @ts-expect-error a check only reads
        export const check: PluginCheck = { name: 'c', run: (db) => db.run('DROP') };`;
      const names = 'migrate, status, type CancelSignal, type EmbeddedMigration, type PluginCheck';
      await write('app.mts', `import { ${names} } from 'kuzu-migrate';${use}`);
      await write('app.cts', `import { ${names} } from 'kuzu-migrate';${use}`);
      await write(
        'migrations/001_first.ts',
        `import type { MigrationDatabase, MigrationModule } from 'kuzu-migrate';
         export async function up(db: MigrationDatabase): Promise<void> {
           for (const { n } of await db.rows('MATCH (a) RETURN count(a) AS n')) await db.run('CREATE (:A {id: $n})', { n: Number(n) });
         }
         ({ up }) satisfies MigrationModule;`,
      );
      const plugin = await readFile(path.join(root, 'docs/plugins.md'), 'utf8');
      const example = /```js\n([\s\S]*?)```/.exec(plugin)?.[1] ?? assert.fail();
      await write('people-plugin.mjs', example);
      const options = { strict: true, target: 'es2022', lib: ['es2022'], types: [], noEmit: true, skipLibCheck: false };
      const config = (more: Readonly<Record<string, unknown>>, files: readonly string[]) =>
        JSON.stringify({ compilerOptions: { ...options, ...more }, files });
      const typed = ['app.mts', 'app.cts', 'migrations/001_first.ts'];
      await write('tsconfig.json', config({ module: 'nodenext' }, typed));
      await write(
        'bundler.json',
        config({ module: 'preserve', moduleResolution: 'bundler' }, ['app.mts', typed[2] ?? '']),
      );
      // The example of the documentation, by the type that it says it has.
      const loose = {
        module: 'nodenext',
        allowJs: true,
        checkJs: true,
        noImplicitAny: false,
        useUnknownInCatchVariables: false,
      };
      await write('plugin.json', config(loose, ['people-plugin.mjs']));
      for (const project of ['tsconfig.json', 'bundler.json', 'plugin.json']) {
        const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
        const ended = await runProgram(process.execPath, [compiler, '-p', project], { cwd: dir });
        assert.deepEqual([ended.stdout, ended.code], ['', 0], project);
      }
    }));

  it('has the command line, with migrations in TypeScript on both engines', () =>
    withPackage(async ({ dir, write, npm }) => {
      // Links what packages bring to run, as an install does.
      await npm('rebuild', '--ignore-scripts');
      const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
      assert.equal((await npm('exec', '--no', '--', 'kuzu-migrate', '--version')).stdout.trim(), version);
      for (const [engine, create] of [
        ['kuzu', 'CREATE NODE TABLE A(id INT64 PRIMARY KEY)'],
        ['duckdb', 'CREATE TABLE A(id BIGINT PRIMARY KEY)'],
      ] as const) {
        const databases = { dev: { path: `data/app.${engine}`, engine } };
        await write('kuzu-migrate.json', JSON.stringify({ databases }));
        await write('migrations/001_a.ts', `export const up = (db): Promise<unknown> => db.run('${create}');`);
        const applied = JSON.parse((await npm('exec', '--no', '--', 'kuzu-migrate', 'up', '--json')).stdout) as {
          ok: boolean;
        };
        assert.equal(applied.ok, true);
      }
      assert.deepEqual((await readdir(path.join(dir, 'data'))).sort(), ['app.duckdb', 'app.kuzu']);
    }));
});
