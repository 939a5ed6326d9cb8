import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type MigrationBench, withMigrations } from '../support/migrations';

const FIRST = [
  "CREATE TYPE mood AS ENUM ('ok', 'sad');",
  'CREATE TYPE moods AS mood[];',
  'CREATE TABLE person (id BIGINT PRIMARY KEY, past mood[], now STRUCT(m mood, n INTEGER), said UNION(m mood, t VARCHAR), boss BIGINT REFERENCES person(id));',
  "CREATE TABLE note (id BIGINT PRIMARY KEY, author BIGINT REFERENCES person(id), tags MAP(VARCHAR, mood) DEFAULT MAP {'a': 'ok'::mood});",
  'CREATE INDEX by_author ON note(author);',
  "COMMENT ON TABLE note IS 'what they say';",
  'CREATE VIEW notes AS SELECT n.id, p.past FROM note n JOIN person p ON p.id = n.author;',
];

/** All of it in another schema, with one label more in another place, and one column under another name. */
const SECOND = [
  'CREATE SCHEMA crm;',
  "CREATE TYPE mood AS ENUM ('glad', 'sad', 'ok');",
  'CREATE TYPE moods AS mood[];',
  'CREATE TABLE crm.person (id BIGINT PRIMARY KEY, past mood[], now STRUCT(n BIGINT, m mood), said UNION(m mood, t VARCHAR, d DATE), chief BIGINT REFERENCES crm.person(id));',
  "CREATE TABLE crm.note (id BIGINT PRIMARY KEY, author BIGINT REFERENCES crm.person(id), tags MAP(VARCHAR, mood) DEFAULT MAP {'a': 'ok'::mood});",
  'CREATE INDEX by_author ON crm.note(author);',
  "COMMENT ON TABLE crm.note IS 'what they say';",
  'CREATE VIEW notes AS SELECT n.id, p.past FROM crm.note n JOIN crm.person p ON p.id = n.author;',
];

const ROWS = [
  "INSERT INTO person VALUES (1, ['ok', 'sad'], {'m': 'sad', 'n': 7}, 'ok'::mood, NULL)",
  "INSERT INTO person VALUES (2, [], NULL, 'a text', 1)",
  "INSERT INTO note VALUES (10, 1, MAP {'x': 'sad'::mood}), (11, 2, NULL)",
];

const look = (schema: string, boss: string, now: string) => [
  `SELECT id::INTEGER AS id, past::VARCHAR AS past, ${now}::VARCHAR AS n, said::VARCHAR AS said, union_tag(said)::VARCHAR AS tag, ${boss}::INTEGER AS boss FROM ${schema}.person ORDER BY id`,
  `SELECT id::INTEGER AS id, author::INTEGER AS author, tags::VARCHAR AS tags FROM ${schema}.note ORDER BY id`,
  'SELECT id::INTEGER AS id, past::VARCHAR AS past FROM notes ORDER BY id',
];

const SEEN = [
  [
    { id: 1, past: '[ok, sad]', n: '7', said: 'ok', tag: 'm', boss: null },
    { id: 2, past: '[]', n: null, said: 'a text', tag: 't', boss: 1 },
  ],
  [
    { id: 10, author: 1, tags: '{x=sad}' },
    { id: 11, author: 2, tags: null },
  ],
  [
    { id: 10, past: '[ok, sad]' },
    { id: 11, past: '[]' },
  ],
];

async function desire({ dir }: MigrationBench, statements: readonly string[]): Promise<void> {
  await mkdir(path.join(dir, 'ddl'), { recursive: true });
  await writeFile(path.join(dir, 'ddl', 'schema.sql'), `${statements.join('\n')}\n`);
}

async function done({ cli }: MigrationBench, ...args: string[]) {
  const run = await cli(args);
  assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
  return run;
}

describe('generate (duckdb): tables that move, enums inside of types, UNIONs', function () {
  this.timeout(300_000);

  it('keeps every row on the way up and down, records the moves, and a version keeps all of it', () =>
    withMigrations('duckdb', async (bench) => {
      await desire(bench, FIRST);
      await done(bench, 'generate', 'initial');
      await done(bench, 'up');
      await bench.run(...ROWS);
      assert.deepEqual(await bench.ask(...look('main', 'boss', 'now.n')), SEEN);
      await desire(bench, SECOND);
      const asked = await bench.json(['generate', 'crm']);
      assert.deepEqual([asked.code, asked.json.error?.code], [2, 'RENAME_UNDECIDED']);
      const answers = ['main.note=crm.note', 'main.person=crm.person', 'crm.person.boss=chief'];
      for (const answer of answers) assert.ok(asked.json.error?.message.includes(`--rename ${answer}`), answer);
      await done(bench, 'generate', 'crm', ...answers.flatMap((one) => ['--rename', one]));
      const [, name = ''] = (await readdir(path.join(bench.dir, 'migrations'))).sort();
      const text = await readFile(path.join(bench.dir, 'migrations', name), 'utf8');
      for (const answer of answers) assert.ok(text.includes(`-- rename: ${answer}\n`), text);
      // Nothing of it is a loss, and nothing asks again.
      assert.doesNotMatch(text, /Hazard DL/);
      const linted = await bench.json(['lint']);
      assert.deepEqual([linted.code, linted.json.findings], [0, []], linted.stderr);
      const moved = await bench.json(['diff', 'db', 'dir:ddl']);
      const renamed = (moved.json.changes as { kind: string }[]).filter(({ kind }) => kind.startsWith('rename-'));
      assert.deepEqual([renamed.length, moved.json.renames], [3, []]);
      await done(bench, 'up', '--yes');
      assert.deepEqual(await bench.ask(...look('crm', 'chief', 'now.n')), SEEN);
      assert.deepEqual((await bench.json(['diff', 'db', 'dir:ddl'])).json.changes, []);
      await done(bench, 'export', '--version', 'v1.0.0');
      await done(bench, 'import', '--version', 'v1.0.0', '--into', 'data/again.duckdb');
      const same = await bench.json(['diff', 'db', path.join(bench.dir, 'data', 'again.duckdb')]);
      assert.deepEqual([same.code, same.json.changes], [0, []], same.stderr);
      await done(bench, 'down', '--yes');
      assert.deepEqual(await bench.ask(...look('main', 'boss', 'now.n')), SEEN);
      assert.deepEqual((await bench.json(['drift'])).json.changes, []);
    }));
});
