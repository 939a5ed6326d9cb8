import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { PluginClient, PluginParsed } from '../../src/engine/code/types';
import type { Session } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { type CodeBench, nothing, sessionDatabase, withCode } from '../support/code';
import { root, withDrivers } from '../support/project';

const exampleOf = (doc: string): string => {
  const text = readFileSync(path.join(root, 'docs', doc), 'utf8');
  return /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? assert.fail(`${doc} has no example`);
};

const rejected = async (work: Promise<unknown>): Promise<MigrateError> => {
  const error = await work.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(MigrateError.is(error), String(error));
  return error;
};

const input = (...states: string[]) => ({
  migrations: states.map((state, at) => ({ id: String(at + 1), name: 'm', file: `${at + 1}_m.jsonl`, state })),
});

describe('the plugin of the documentation', () => {
  const withExample = <T>(work: (plugin: PluginClient, session: Session, bench: CodeBench) => Promise<T>) =>
    withCode((bench) =>
      withDrivers((drivers) =>
        withSession(drivers.get('kuzu'), { readOnly: false }, async (session) =>
          work(
            await bench.host.plugin(await bench.write('people-plugin.mjs', exampleOf('plugins.md'))),
            session,
            bench,
          ),
        ),
      ),
    );
  const apply = async (session: Session, parsed: PluginParsed, direction: 'up' | 'down') => {
    const body = parsed[direction];
    if (body === 'code') return parsed.call(direction, sessionDatabase(session, 'cypher'));
    await session.run((body ?? assert.fail()).map(({ text }) => ({ text })));
  };

  it('is the same in both languages', () => {
    assert.equal(exampleOf('plugins.ja.md'), exampleOf('plugins.md'));
  });

  it('tells its kinds and checks', () =>
    withExample(async ({ name, kinds, checks }) => {
      assert.deepEqual(
        { name, kinds, checks },
        { name: 'people', kinds: ['.tables.txt', '.jsonl'], checks: ['people have names'] },
      );
    }));

  it('makes statements of one file and code of another, for both ways', () =>
    withExample(async (plugin, session) => {
      const tables = await plugin.parse('.tables.txt', '1_t.tables.txt', 'Person\n\nCity\n', 'cypher');
      assert.deepEqual([tables.hasDown, tables.transaction], [true, 'auto']);
      assert.deepEqual(tables.up, [
        { text: 'CREATE NODE TABLE Person(id INT64 PRIMARY KEY, name STRING)', line: 1 },
        { text: 'CREATE NODE TABLE City(id INT64 PRIMARY KEY, name STRING)', line: 3 },
      ]);
      const people = await plugin.parse(
        '.jsonl',
        '2_p.jsonl',
        '{"id": 1, "name": "Ada"}\n{"id": 2, "name": null}\n',
        'cypher',
      );
      assert.deepEqual([people.up, people.down], ['code', 'code']);

      await apply(session, tables, 'up');
      await apply(session, people, 'up');
      await people.close();
      const findings = await plugin.check(
        'people have names',
        sessionDatabase(session, 'cypher'),
        input('applied', 'pending'),
      );
      assert.deepEqual(findings, [
        { severity: 'error', message: 'Person 2 has no name.' },
        { severity: 'note', message: '1 migrations are pending.' },
      ]);

      const again = await plugin.parse(
        '.jsonl',
        '2_p.jsonl',
        '{"id": 1, "name": "Ada"}\n{"id": 2, "name": null}\n',
        'cypher',
      );
      await apply(session, again, 'down');
      const [left] = await session.run([{ text: 'MATCH (p:Person) RETURN count(p)', rows: 1 }]);
      assert.deepEqual(left?.rows, [[0]]);
      await apply(session, tables, 'down');
    }));

  it('names the line of a file that it can’t read', () =>
    withExample(async (plugin) => {
      const error = await rejected(plugin.parse('.jsonl', '/p/2_p.jsonl', '{"id": 1}\nnot json\n', 'cypher'));
      assert.equal(error.code, 'PLUGIN_FAILED');
      assert.match(String(error.params.detail), /^SyntaxError: /);
      assert.deepEqual(error.where, { file: '/p/2_p.jsonl', line: 2, column: 1 });
    }));

  it('fails with the error of a statement of its code, with the place in the plugin', () =>
    withExample(async (plugin, session, { dir }) => {
      const people = await plugin.parse('.jsonl', '2_p.jsonl', '{"id": 1, "name": "Ada"}', 'cypher');
      const error = await rejected(apply(session, people, 'up'));
      assert.equal(error.code, 'STATEMENT_FAILED');
      assert.equal(error.where.file, path.join(dir, 'people-plugin.mjs'));
      assert.ok((error.where.line ?? 0) > 1);
    }));

  it('goes on after its process was ended by a migration', () =>
    withExample(async (plugin, session, { host, write }) => {
      const tables = await plugin.parse('.tables.txt', '1_t.tables.txt', 'Person', 'cypher');
      await apply(session, tables, 'up');
      const people = await plugin.parse('.jsonl', '2_p.jsonl', '{"id": 1, "name": "Ada"}', 'cypher');
      const fatal = await host.load(await write('1.ts', 'export const up = () => process.exit(1);'));
      await rejected(fatal.call('up', nothing()));
      await apply(session, people, 'up');
      const findings = await plugin.check('people have names', sessionDatabase(session, 'cypher'), input());
      assert.deepEqual(findings, []);
    }));
});

describe('a plugin', () => {
  it('may be CommonJS or TypeScript, and have neither kinds nor checks', () =>
    withCode(async ({ host, write }) => {
      const old = await host.plugin(await write('old.cjs', 'module.exports = { name: "old" };'));
      const typed = await host.plugin(
        await write(
          'typed.ts',
          'import type { Plugin } from "kuzu-migrate";\nexport default { name: "typed" } satisfies Plugin;',
        ),
      );
      assert.deepEqual([old.name, typed.name], ['old', 'typed']);
    }));

  const shapes: readonly (readonly [what: string, plugin: string, detail: RegExp])[] = [
    ['that has no name', '{}', /^@code.plugin.name$/],
    ['whose kinds are no list', '{ name: "p", kinds: {} }', /^@code.notList:kinds$/],
    [
      'with an odd ending',
      '{ name: "p", kinds: [{ ending: "jsonl", parse() {} }] }',
      /^@code.plugin.ending:kinds\[0\]$/,
    ],
    ['without parse', '{ name: "p", kinds: [{ ending: ".a" }] }', /^@code.notFunction:kinds\[0\].parse$/],
    [
      'with an ending twice',
      '{ name: "p", kinds: [1, 2].map(() => ({ ending: ".a", parse() {} })) }',
      /^@code.plugin.twice:.a$/,
    ],
    ['with a check without a name', '{ name: "p", checks: [{ run() {} }] }', /^@code.plugin.checkName:checks\[0\]$/],
    ['with a check that can’t run', '{ name: "p", checks: [{ name: "c" }] }', /^@code.notFunction:checks\[0\].run$/],
    ['that throws', '(() => { throw new Error("broken"); })()', /^broken$/],
  ];
  for (const [what, text, detail] of shapes) {
    it(`is refused: one ${what}`, () =>
      withCode(async ({ host, write }) => {
        const file = await write('p.mjs', `export default ${text};`);
        const error = await rejected(host.plugin(file));
        assert.equal(error.code, 'PLUGIN_FAILED');
        assert.match(String(error.params.detail), detail);
        assert.equal(error.where.file, file);
      }));
  }

  const results: readonly (readonly [what: string, parse: string, detail: string])[] = [
    ['nothing', 'undefined', '@code.plugin.noUp'],
    ['a text', '({ up: "CREATE (:A)" })', '@code.notList:up'],
    ['an odd statement', '({ up: ["A", { line: 3 }] })', '@code.plugin.statement:up'],
    ['an odd line', '({ up: [], down: [{ text: "A", line: 0 }] })', '@code.plugin.statement:down'],
    ['an odd transaction', '({ up: [], transaction: "all" })', '@code.transaction'],
  ];
  for (const [what, result, detail] of results) {
    it(`fails when its parse returns ${what}`, () =>
      withCode(async ({ host, write }) => {
        const text = `export default { name: "p", kinds: [{ ending: ".a", parse: () => ${result} }] };`;
        const plugin = await host.plugin(await write('p.mjs', text));
        const error = await rejected(plugin.parse('.a', '1.a', '', 'sql'));
        assert.equal(error.code, 'PLUGIN_FAILED');
        assert.equal(error.params.detail, detail);
      }));
  }

  it('fails when a check returns no findings, tries to write, or has no end', () =>
    withCode(async ({ host, write }) => {
      const text = `export default { name: "p", checks: [
        { name: "odd", run: () => [{ severity: "fatal", message: "m" }] },
        { name: "none", run: () => undefined },
        { name: "writes", run: (db) => db.run("DROP") },
        { name: "endless", run: () => { for (;;); } } ] };`;
      const plugin = await host.plugin(await write('p.mjs', text));
      const detail = async (name: string, timeoutMs?: number) =>
        (await rejected(plugin.check(name, nothing(), input(), timeoutMs === undefined ? {} : { timeoutMs }))).params
          .detail;
      assert.equal(await detail('odd'), '@code.plugin.finding:odd');
      assert.equal(await detail('none'), '@code.notList:none');
      assert.equal(await detail('writes'), 'TypeError: db.run is not a function');
      assert.equal(await detail('endless', 300), '@code.timeout:0.3');
    }));
});
