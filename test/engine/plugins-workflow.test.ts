import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ENGINES, type MigrationBench, upDown, WORDS, withMigrations } from '../support/migrations';
import { root } from '../support/project';

/** Names of tables as statements, people as code, with a check; the same for both engines. */
const PLUGIN = `
  const lines = (text) => text.split('\\n').flatMap((line, at) => (line.trim() ? [{ value: line.trim(), line: at + 1 }] : []));
  export default {
    name: 'people',
    kinds: [
      {
        ending: '.tables.txt',
        parse({ text, dialect }) {
          const create = (name) => dialect === 'sql'
            ? 'CREATE TABLE ' + name + '(id BIGINT PRIMARY KEY, name VARCHAR) -- made by a plugin'
            : 'CREATE NODE TABLE ' + name + '(id INT64 PRIMARY KEY, name STRING) // made by a plugin';
          return {
            up: lines(text).map(({ value, line }) => ({ text: create(value), line })),
            down: lines(text).map(({ value, line }) => ({ text: 'DROP TABLE ' + value, line })).reverse(),
          };
        },
      },
      { ending: '.txt', parse: () => ({ up: ['NO STATEMENT'] }) },
      {
        ending: '.jsonl',
        parse({ text, dialect }) {
          const people = lines(text).map(({ value, line }) => {
            try {
              return JSON.parse(value);
            } catch (error) {
              throw Object.assign(error, { line });
            }
          });
          const [insert, remove] = dialect === 'sql'
            ? ['INSERT INTO Person VALUES ($id, $name)', 'DELETE FROM Person WHERE id = $id']
            : ['CREATE (:Person {id: $id, name: $name})', 'MATCH (p:Person {id: $id}) DELETE p'];
          return {
            async up(db) { for (const { id, name } of people) await db.run(insert, { id, name }); },
            async down(db) { for (const { id } of people) await db.run(remove, { id }); },
          };
        },
      },
    ],
    checks: [
      {
        name: 'names',
        async run(db, { migrations }) {
          if (migrations.every(({ state }) => state !== 'applied')) return [];
          const query = db.dialect === 'sql' ? 'SELECT id FROM Person WHERE name IS NULL' : 'MATCH (p:Person) WHERE p.name IS NULL RETURN p.id AS id';
          return (await db.rows(query)).map(({ id }) => ({ severity: 'error', message: 'Person ' + id + ' has no name.' }));
        },
      },
    ],
  };`;

const TABLES = 'Person\n\nCity\n';
const PEOPLE = '{"id": 1, "name": "Ada"}\n{"id": 2, "name": "Grace"}\n';

async function withPlugin(
  engine: MigrationBench['engine'],
  work: (bench: MigrationBench) => Promise<void>,
): Promise<void> {
  return withMigrations(engine, async (bench) => {
    await writeFile(path.join(bench.dir, 'people-plugin.mjs'), PLUGIN);
    await bench.configure({ plugins: ['./people-plugin.mjs'] });
    await bench.write('001_tables.tables.txt', TABLES);
    await bench.write('002_people.JSONL', PEOPLE);
    await bench.write('003_more', upDown([bench.words.insert('Person', 3)], [bench.words.remove('Person', 3)]));
    await work(bench);
  });
}

async function statesOf({ json }: MigrationBench): Promise<string[]> {
  const { code, json: answer, stderr } = await json(['status']);
  assert.equal(code, 0, stderr);
  return (answer.migrations as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`);
}

for (const engine of ENGINES) {
  const words = WORDS[engine];

  describe(`kinds of a plugin on ${engine}`, () => {
    it('are found, planned, applied, shown, rolled back and done again as all others', () =>
      withPlugin(engine, async (bench) => {
        const { json, count, tables, history, rows } = bench;
        assert.deepEqual(await statesOf(bench), ['1 pending', '2 pending', '3 pending']);
        const up = await json(['up']);
        assert.equal(up.code, 0, up.stderr);
        assert.deepEqual(
          up.json.results?.map(({ id, status }) => `${id} ${status}`),
          ['1 success', '2 success', '3 success'],
        );
        assert.deepEqual(await tables(), ['City', 'Person']);
        assert.equal(await count('Person'), 3);
        assert.deepEqual(await statesOf(bench), ['1 applied', '2 applied', '3 applied']);
        assert.deepEqual(
          (await history()).map(({ version, done, total }) => [version, done, total]),
          [
            ['1', 2, 2],
            ['2', 2, 2],
            ['3', 1, 1],
          ],
        );

        assert.equal((await json(['down', '--yes'])).code, 0);
        const redo = await json(['redo', '--yes']);
        assert.equal(redo.code, 0, redo.stderr);
        assert.deepEqual(
          redo.json.results?.map(({ id, status }) => `${id} ${status}`),
          ['2 success', '2 success'],
        );
        const names =
          engine === 'kuzu'
            ? 'MATCH (p:Person) RETURN p.name AS name ORDER BY name'
            : 'SELECT name FROM Person ORDER BY name';
        assert.deepEqual(
          (await rows(names)).map(({ name }) => name),
          ['Ada', 'Grace'],
        );
        const down = await json(['down', '--to', '0', '--yes']);
        assert.equal(down.code, 0, down.stderr);
        assert.deepEqual(await tables(), []);
        assert.deepEqual(await statesOf(bench), ['1 pending', '2 pending', '3 pending']);
      }));

    it('go through a dry run, with the statements where there are some', () =>
      withPlugin(engine, async ({ cli, tables, json, run }) => {
        await run(words.table('Other'));
        const dry = await cli(['up', '--dry-run']);
        assert.equal(dry.code, 0, dry.stderr);
        assert.match(dry.stdout, /CREATE (NODE )?TABLE City/);
        assert.match(dry.stdout, /Ada/);
        assert.deepEqual(await tables(), ['Other']);
        assert.equal((await json(['up', '--rehearse'])).code, 0);
        assert.deepEqual(await tables(), ['City', 'Other', 'Person']);
      }));

    it('are told to have changed, and go back as they were applied, with the file or without', () =>
      withPlugin(engine, async (bench) => {
        const { json, write, remove, count, tables, configure } = bench;
        await bench.remove('003_more');
        await json(['up']);
        await write('002_people.JSONL', PEOPLE.replace('1', '7'));
        await write('001_tables.tables.txt', `${TABLES}Street\n`);
        assert.deepEqual(await statesOf(bench), ['1 changed', '2 changed']);
        const refused = await json(['up']);
        assert.deepEqual([refused.code, refused.json.error?.code], [1, 'MIGRATION_CHANGED']);
        assert.equal((await json(['down', '--yes'])).code, 0);
        assert.equal(await count('Person'), 0);
        await write('002_people.JSONL', PEOPLE);
        await write('001_tables.tables.txt', TABLES);
        await json(['up']);

        await remove('001_tables.tables.txt');
        await remove('002_people.JSONL');
        assert.deepEqual(await statesOf(bench), ['1 missing', '2 missing']);
        const gone = await json(['down', '--yes']);
        assert.deepEqual([gone.code, gone.json.error], [0, undefined]);
        assert.equal(await count('Person'), 0);
        // Statements are kept as such: they need no plugin any more.
        await configure();
        assert.deepEqual(await statesOf(bench), ['1 missing']);
        const without = await json(['down', '--yes']);
        assert.deepEqual([without.code, without.json.error], [0, undefined]);
        assert.deepEqual(await tables(), []);
      }));

    it('need their plugin for the way back of code', () =>
      withPlugin(engine, async (bench) => {
        await bench.remove('003_more');
        await bench.json(['up']);
        await bench.configure();
        assert.deepEqual(await statesOf(bench), ['1 missing', '2 missing']);
        const { code, json } = await bench.json(['down', '--yes']);
        assert.deepEqual(
          [code, json.error?.code, json.error?.file],
          [1, 'MIGRATION_KIND_UNKNOWN', 'migrations/002_people.JSONL'],
        );
        assert.equal(await bench.count('Person'), 2);
      }));

    it('stop a run before its first statement when a file can’t be read, with its line', () =>
      withPlugin(engine, async ({ json, write, cli, file }) => {
        await write('002_people.JSONL', '{"id": 1, "name": "Ada"}\nnot json\n');
        const { code, json: answer } = await json(['up']);
        assert.deepEqual([code, answer.error?.code, answer.error?.line], [1, 'PLUGIN_FAILED', 2]);
        assert.match(answer.error?.file ?? '', /002_people\.JSONL$/);
        await assert.rejects(readFile(file));
        const { stderr } = await cli(['up']);
        assert.match(stderr, /002_people\.JSONL:2/);
      }));

    it('fail with the line of the statement, and leave nothing of the migration', () =>
      withPlugin(engine, async (bench) => {
        await bench.write('001_tables.tables.txt', 'Person\n\nPerson\n');
        const { code, json } = await bench.json(['up']);
        assert.deepEqual(
          [code, json.error?.code, json.error?.file, json.error?.line],
          [1, 'STATEMENT_FAILED', 'migrations/001_tables.tables.txt', 3],
        );
        assert.deepEqual(
          json.results?.map(({ status }) => status),
          ['error', 'not-executed', 'not-executed'],
        );
        assert.deepEqual(await bench.tables(), []);
        assert.deepEqual(await statesOf(bench), ['1 failed', '2 pending', '3 pending']);
      }));

    it('run without a transaction where the plugin says so, and never out of one where it does not', () =>
      withMigrations(engine, async (bench) => {
        const { dir, configure, write, json, tables } = bench;
        const plugin = (transaction: string, ...up: string[]) =>
          writeFile(
            path.join(dir, 'p.cjs'),
            `module.exports = { name: 'p', kinds: [{ ending: '.any', parse: () => (${JSON.stringify({ up, transaction })}) }] };`,
          );
        await configure({ plugins: ['p.cjs'] });
        await write('1_a.any', '');
        await plugin('auto', words.table('A'), 'COMMIT', words.table('B'));
        const refused = await json(['up']);
        assert.equal(refused.code, 1);
        assert.equal(refused.json.error?.statement, 'COMMIT');
        await plugin('auto', `${words.table('A')}; COMMIT`, words.table('B'));
        assert.equal((await json(['up'])).json.error?.code, 'STATEMENT_FAILED');
        assert.deepEqual(await tables(), []);
        await plugin('none', words.table('A'), words.checkpoint, words.table('B'));
        const applied = await json(['up']);
        assert.equal(applied.code, 0, applied.stderr);
        assert.deepEqual(await tables(), ['A', 'B']);
      }));
  });

  describe(`checks of a plugin on ${engine}`, () => {
    it('run in check, and end it with exit code 3', () =>
      withPlugin(engine, async ({ cli, json, run, write }) => {
        assert.equal((await json(['check'])).code, 0);
        await json(['up']);
        const clean = await json(['check']);
        assert.equal(clean.code, 0, JSON.stringify(clean.json));
        await run(
          engine === 'kuzu'
            ? 'MATCH (p:Person {id: 2}) SET p.name = NULL'
            : 'UPDATE Person SET name = NULL WHERE id = 2',
        );
        const { code, stdout } = await cli(['check']);
        assert.equal(code, 3);
        assert.match(stdout, /Person 2 has no name\./);
        await write(
          '../people-plugin.mjs',
          PLUGIN.replace('(await db.rows(query))', '(await db.rows(query + " nonsense"))'),
        );
        const broken = await json(['check']);
        assert.deepEqual([broken.code, broken.json.ok, broken.json.error?.code], [1, false, 'STATEMENT_FAILED']);
      }));
  });
}

describe('a plugin that can’t be used', () => {
  const COMMANDS = [['status'], ['up'], ['up', '--dry-run'], ['down', '--yes'], ['redo', '--yes'], ['check']];
  const cases: readonly (readonly [
    what: string,
    text: string | undefined,
    detail: RegExp,
    line: number | undefined,
  ])[] = [
    ['throws', "\nthrow new Error('broken by design');", /broken by design/, 2],
    ['has a mistake in its syntax', 'export default {\n  name: "p",\n  kinds: [\n};', /./, undefined],
    ['is not there', undefined, /./, undefined],
    ['exports nothing', 'export const name = 1;', /has no name/, undefined],
    ['ends its process', 'process.exit(0);', /exit code 0/, undefined],
  ];
  for (const [what, text, detail, line] of cases) {
    it(`fails every command with one clear error: one that ${what}`, () =>
      withMigrations('duckdb', async ({ dir, configure, write, json, cli, file }) => {
        if (text !== undefined) await writeFile(path.join(dir, 'plugin.mjs'), text);
        await configure({ plugins: ['./plugin.mjs'] });
        await write('001_a', 'CREATE TABLE A(i INT);');
        for (const command of COMMANDS) {
          const { code, json: answer } = await json(command);
          assert.deepEqual([code, answer.ok, answer.error?.code], [1, false, 'PLUGIN_FAILED'], command.join(' '));
          assert.match(answer.error?.message ?? '', detail);
          assert.match(answer.error?.file ?? '', /plugin\.mjs$/);
          if (line !== undefined) assert.equal(answer.error?.line, line);
        }
        const { stderr, stdout } = await cli(['up']);
        assert.equal(stdout, '');
        assert.equal(stderr.match(/^error: /gm)?.length, 1);
        assert.doesNotMatch(stderr, /^\s+at /m);
        await assert.rejects(readFile(file));
      }));
  }

  it('is refused when it lies outside of the project, or a link leads there', () =>
    withMigrations('duckdb', async ({ dir, configure, json, tmp }) => {
      const outside = path.join(tmp, 'outside.mjs');
      const ran = path.join(tmp, 'ran');
      await writeFile(
        outside,
        `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, ''); export default { name: 'p' };`,
      );
      await symlink(outside, path.join(dir, 'link.mjs'));
      for (const plugin of [outside, path.relative(dir, outside), './link.mjs']) {
        await configure({ plugins: [plugin] }).catch(() => undefined);
        const { code, json: answer } = await json(['status']);
        assert.deepEqual([code, answer.error?.code], [2, 'PATH_OUTSIDE_PROJECT'], plugin);
      }
      await assert.rejects(readFile(ran));
    }));
});

describe('the process of user code', () => {
  const RECORDER = "require('node:fs').appendFileSync(process.env.STARTED, process.argv[1] + '\\n');";

  it('does not start for a status, nor for a run, of what needs none', () =>
    withMigrations('duckdb', async ({ dir, tmp, configure, write, cli, remove }) => {
      const recorder = path.join(tmp, 'recorder.cjs');
      const started = path.join(tmp, 'started');
      await writeFile(recorder, RECORDER);
      const processes = async (...args: string[]) => {
        await rm(started, { force: true });
        const { code, stderr } = await cli(args, { NODE_OPTIONS: `--require=${recorder}`, STARTED: started });
        assert.equal(code, 0, stderr);
        return (await readFile(started, 'utf8'))
          .trim()
          .split('\n')
          .map((file) => path.basename(file));
      };
      await write('001_a', 'CREATE TABLE A(i INT);');
      assert.deepEqual(await processes('status'), ['cli.js']);
      assert.deepEqual((await processes('up')).sort(), ['cli.js', 'host.js']);
      // Code that is not to be run is not even loaded.
      await write('002_code.ts', 'throw new Error("loaded");');
      assert.ok(!(await processes('status')).includes('code-host.js'));
      await remove('002_code.ts');
      await writeFile(path.join(dir, 'p.cjs'), "module.exports = { name: 'p' };");
      await configure({ plugins: ['p.cjs'] });
      assert.deepEqual((await processes('status')).filter((name) => name === 'code-host.js').length, 1);
    }));

  it('is reached by the editor through one place only, which asks whether the workspace is trusted', () => {
    const src = path.join(root, 'src');
    const texts = new Map(
      readdirSync(src, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => [name.split(path.sep).join('/').slice(0, -3), readFileSync(path.join(src, name), 'utf8')]),
    );
    // Values, not types: those are gone when the program runs.
    const importsOf = (name: string) =>
      [...(texts.get(name) ?? '').matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm)].map(([, target]) =>
        path.posix.join(path.posix.dirname(name), target ?? ''),
      );
    const reached = (from: string) => {
      const seen = new Set([from]);
      for (const name of seen) for (const next of importsOf(name)) seen.add(next);
      return seen;
    };
    const goals = ['workflow/migrate/kinds', 'engine/code/host'];
    const users = [...texts.keys()].filter(
      (name) => name.startsWith('extension/') && goals.some((goal) => reached(name).has(goal)),
    );
    assert.deepEqual(users, ['extension/workflows']);
    const loaders = [...texts].filter(([, text]) => /import\('[./]*workflows'\)/.test(text)).map(([name]) => name);
    assert.deepEqual(loaders, ['extension/services/engines']);
    const engines = texts.get('extension/services/engines') ?? '';
    assert.match(engines, /async #load\(\)[^{]*\{\s*if \(!this\.#isTrusted\(\)\) throw/);
    assert.equal(engines.match(/this\.#read\(\)/g)?.length, 1);
  });
});
