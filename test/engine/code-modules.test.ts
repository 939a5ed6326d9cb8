import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { MigrateError } from '../../src/core/errors';
import { nothing, withCode } from '../support/code';

const rejected = async (work: Promise<unknown>): Promise<MigrateError> => {
  const error = await work.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(MigrateError.is(error), String(error));
  return error;
};

describe('a migration in code', () => {
  const forms: readonly (readonly [file: string, text: string])[] = [
    [
      '1_named.ts',
      'export async function up(db: any) { await db.run("UP"); }\nexport async function down(db: any) { await db.run("DOWN"); }',
    ],
    [
      '2_default.ts',
      'enum Way { up = "UP" }\nexport default { up: (db: any) => db.run(Way.up), down: (db: any) => db.run("DOWN") };',
    ],
    [
      '3.mts',
      'await Promise.resolve();\nexport const up = (db: any) => db.run("UP"), down = (db: any) => db.run("DOWN");',
    ],
    ['4.cts', 'exports.up = async (db: any) => { await db.run("UP"); }; exports.down = (db: any) => db.run("DOWN");'],
    ['5_esm.js', 'export const up = (db) => db.run("UP");\nexport const down = (db) => db.run("DOWN");'],
    [
      '6_commonjs.js',
      'const os = require("os");\nmodule.exports = { up: (db) => db.run("UP"), down: (db) => db.run("DOWN") };',
    ],
    ['7.mjs', 'export default { up: (db) => db.run("UP"), async down(db) { await db.run("DOWN"); } };'],
    ['8.cjs', 'exports.up = (db) => db.run("UP"); exports.down = (db) => db.run("DOWN");'],
    [
      '9_class.ts',
      'class M { way = "UP"; async up(db: any) { await db.run(this.way); } async down(db: any) { await db.run("DOWN"); } }\nexport default new M();',
    ],
  ];
  for (const [name, text] of forms) {
    it(`runs both ways of ${name}`, () =>
      withCode(async ({ host, write }) => {
        const module = await host.load(await write(name, text));
        assert.equal(module.hasDown, true);
        assert.equal(module.transaction, 'auto');
        const database = nothing();
        await module.call('up', database);
        await module.call('down', database);
        await module.close();
        assert.deepEqual(database.seen, ['UP', 'DOWN']);
      }));
  }

  it('tells whether there is a way down, and what it asks of the transaction', () =>
    withCode(async ({ host, write }) => {
      const file = await write('1.ts', 'export const transaction = "none";\nexport async function up() {}');
      const { hasDown, transaction } = await host.load(file);
      assert.deepEqual({ hasDown, transaction }, { hasDown: false, transaction: 'none' });
    }));

  it('imports the user’s other modules, those of Node, and JSON', () =>
    withCode(async ({ host, write }) => {
      await write('lib/words.ts', 'import { deep } from "./deep.js";\nexport const word: string = deep();');
      await write('lib/deep.ts', 'export const deep = () => "deep";');
      await write('lib/old.cjs', 'module.exports = "old";');
      await write('lib/new.mjs', 'export const fresh = "new";');
      await write('data.json', '{"key": "json"}');
      const file = await write(
        '1.ts',
        `import path from 'node:path';
         import { word } from './lib/words';
         import old from './lib/old.cjs';
         import { fresh } from './lib/new.mjs';
         import data from './data.json';
         import type { MigrationDatabase } from 'kuzu-migrate';
         export const up = (db: MigrationDatabase) =>
           db.run([path.basename(__filename), word, old, fresh, data.key].join());`,
      );
      const database = nothing();
      await (await host.load(file)).call('up', database);
      assert.deepEqual(database.seen, ['1.ts,deep,old,new,json']);
    }));

  it('evaluates the text that it is given, whatever the file holds, and where there is none', () =>
    withCode(async ({ host, write }) => {
      await write('helper.ts', 'export const helper = "helped";');
      for (const ending of ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']) {
        const commonJs = ending.startsWith('c');
        const helper = commonJs ? 'const { helper } = require("./helper");' : 'import { helper } from "./helper";';
        const source = `${helper}\n${commonJs ? 'exports.up =' : 'export const up ='} (db) => db.run(helper + " stored");`;
        const file = await write(`1.${ending}`, 'throw new Error("the file was read")');
        for (const gone of [false, true]) {
          if (gone) await rm(file);
          const database = nothing();
          await (await host.load(file, { source })).call('up', database);
          assert.deepEqual(database.seen, ['helped stored'], ending);
        }
      }
    }));

  it('sends what the code prints to the log', () =>
    withCode(async ({ host, write, log }) => {
      const file = await write('1.ts', 'export function up() { console.log("printed"); console.error("and warned"); }');
      const module = await host.load(file);
      await module.call('up', nothing());
      await host.dispose();
      assert.deepEqual([...log].sort(), ['[code] and warned', '[code] printed']);
    }));

  describe('that can’t be loaded', () => {
    const cases: readonly (readonly [what: string, text: string, detail: RegExp, line?: number, column?: number])[] = [
      ['a mistake in its syntax', 'export const a = 1;\nexport function up( { }', /^SyntaxError: /, 2],
      [
        'a missing file',
        'import { a } from "./nowhere";\nexport const up = () => a;',
        /Cannot find module '.\/nowhere'/,
      ],
      ['a missing package', 'import a from "no-such-package";\nexport const up = () => a;', /no-such-package/],
      ['a top level that throws', '\n  throw new RangeError("too far");', /^RangeError: too far$/, 2, 9],
      ['a first line that throws', 'const a = 1; throw new Error("at once");', /^at once$/, 1, 20],
      ['a top level that ends the process', 'process.exit(7);', /^@code.exited:7$/],
    ];
    for (const [what, text, detail, line, column] of cases) {
      it(`for ${what}: says so, with the place where there is one`, () =>
        withCode(async ({ host, write }) => {
          const file = await write('1.ts', text);
          const error = await rejected(host.load(file));
          assert.equal(error.code, 'CODE_MIGRATION_FAILED');
          assert.equal(error.params.file, file);
          assert.match(String(error.params.detail), detail);
          assert.equal(error.where.file, file);
          if (line !== undefined) assert.equal(error.where.line, line);
          if (column !== undefined) assert.equal(error.where.column, column);
        }));
    }

    it('names the module in which the error lies', () =>
      withCode(async ({ host, write }) => {
        const helper = await write('helper.ts', 'export type A = number;\nexport const a: A = ;\n');
        const error = await rejected(
          host.load(await write('1.ts', 'import { a } from "./helper";\nexport const up = () => a;')),
        );
        assert.deepEqual([error.where.file, error.where.line], [helper, 2]);
      }));

    it('works again when the next one is loaded', () =>
      withCode(async ({ host, write }) => {
        await rejected(host.load(await write('1.ts', 'process.exit()')));
        await host.load(await write('2.ts', 'export const up = () => undefined;'));
      }));

    it('ends a top level without an end when the time is over, and on a cancel', () =>
      withCode(async ({ host, write }) => {
        const file = await write('1.ts', 'for (;;);');
        const late = await rejected(host.load(file, { timeoutMs: 300 }));
        assert.equal(late.params.detail, '@code.timeout:0.3');
        const cancelled = await rejected(host.load(file, { signal: AbortSignal.timeout(300) }));
        assert.equal(cancelled.code, 'CANCELLED');
      }));

    const shapes: readonly (readonly [what: string, text: string, detail: string])[] = [
      ['without up', 'export function down() {}', '@code.noUp'],
      ['without anything', '', '@code.noUp'],
      ['whose up is no function', 'export const up = "CREATE (:A)";', '@code.notFunction:up'],
      ['whose down is no function', 'export const up = () => {}; export const down = [];', '@code.notFunction:down'],
      ['with an odd transaction', 'export const up = () => {}; export const transaction = false;', '@code.transaction'],
    ];
    for (const [what, text, detail] of shapes) {
      it(`refuses a module ${what}`, () =>
        withCode(async ({ host, write }) => {
          const error = await rejected(host.load(await write('1.ts', text)));
          assert.equal(error.code, 'CODE_MIGRATION_INVALID');
          assert.equal(error.params.detail, detail);
        }));
    }
  });
});
