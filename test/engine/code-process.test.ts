import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { createCodeHost } from '../../src/engine/code/host';
import { isAlive } from '../../src/project/process';
import { nothing, withCode } from '../support/code';
import { dist, root, until } from '../support/project';

/** Runs a program of its own that has the host in it; `body` may use `host`, `nothing` and `write`. */
function program(dir: string, body: string): Promise<string> {
  const outfile = path.join(dir, 'program.cjs');
  const contents = `
    import { writeFileSync } from 'node:fs';
    import { createCodeHost } from ${JSON.stringify(path.join(root, 'src/engine/code/host.ts'))};
    const host = createCodeHost(${JSON.stringify(dist)}, { log: (line) => console.log(line) });
    const nothing = { dialect: 'cypher', run: async () => ({ touched: null }), rows: async () => [] };
    const write = (name, text) => {
      const file = ${JSON.stringify(dir)} + '/' + name;
      writeFileSync(file, text);
      return file;
    };
    (async () => { ${body} })();`;
  return build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    outfile,
  }).then(() => outfile);
}

describe('the process of user code', () => {
  it('keeps no program alive that has nothing else to do', () =>
    withCode(async ({ dir }) => {
      const file = await program(
        dir,
        `const module = await host.load(write('1.ts', 'setInterval(() => {}, 10); export const up = (db) => db.run("A");'));
         await module.call('up', nothing);`,
      );
      const child = spawn(process.execPath, [file], { stdio: 'inherit' });
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    }));

  for (const [what, body] of [
    ['at rest', 'console.log("pid", process.pid);'],
    ['in a loop without an end', 'console.log("pid", process.pid); for (;;);'],
  ] as const) {
    it(`ends with its caller while the code is ${what}`, () =>
      withCode(async ({ dir }) => {
        const text = `export const up = () => { ${body} };`;
        const file = await program(
          dir,
          `const module = await host.load(write('1.ts', ${JSON.stringify(text)}));
           await module.call('up', nothing);
           setInterval(() => {}, 1000);`,
        );
        const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
        let printed = '';
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
          printed += chunk;
        });
        const ended = once(child, 'exit');
        const pidIn = () => Number(/pid (\d+)/.exec(printed)?.[1] ?? 0);
        await until(() => pidIn() > 0, 'the process of user code');
        assert.ok(isAlive(pidIn()));
        child.kill('SIGKILL');
        await ended;
        await until(() => !isAlive(pidIn()), 'its end');
      }));
  }

  it('is ended by dispose, in the midst of a call, and does not start again', () =>
    withCode(async ({ host, write }) => {
      const module = await host.load(
        await write('1.ts', 'export const up = async (db) => { await db.run(String(process.pid)); for (;;); };'),
      );
      const database = nothing();
      const call = assert.rejects(module.call('up', database));
      await until(() => database.seen.length > 0, 'the call');
      await host.dispose();
      await call;
      assert.ok(!isAlive(Number(database.seen[0])));
      await assert.rejects(module.call('up', database));
      assert.equal(database.seen.length, 1);
    }));

  it('holds no engine', () =>
    withCode(async ({ host, write }) => {
      const module = await host.load(
        await write(
          '1.ts',
          'export const up = (db) => db.run(Object.keys(require.cache).concat(process.moduleLoadList).join("\\n"));',
        ),
      );
      const database = nothing();
      await module.call('up', database);
      assert.match(database.seen[0] ?? '', /code-host\.js/);
      assert.doesNotMatch(database.seen[0] ?? '', /kuzujs|duckdb|[\\/]host\.js/);
    }));

  it('works from its two files alone, as in an installed package', () =>
    withCode(async ({ dir, write }) => {
      const alone = path.join(dir, 'dist');
      await mkdir(alone);
      for (const name of ['code-host.js', 'code-babel.js'])
        await copyFile(path.join(dist, name), path.join(alone, name));
      const host = createCodeHost(alone, { log: () => undefined });
      try {
        const module = await host.load(
          await write('1.ts', 'enum Way { up = "UP" }\nexport const up = (db: any) => db.run(Way.up);'),
        );
        const database = nothing();
        await module.call('up', database);
        assert.deepEqual(database.seen, ['UP']);
      } finally {
        await host.dispose();
      }
    }));

  it('runs one call after another, in the order in which they were asked for', () =>
    withCode(async ({ host, write }) => {
      const file = await write(
        '1.ts',
        'let at = 0;\nexport const up = async (db) => { const my = ++at; await db.run(`begin ${my}`); await db.run(`end ${my}`); };',
      );
      const module = await host.load(file);
      const database = nothing();
      await Promise.all([1, 2, 3].map(() => module.call('up', database)));
      assert.deepEqual(
        database.seen,
        [1, 2, 3].flatMap((my) => [`begin ${my}`, `end ${my}`]),
      );
    }));
});
