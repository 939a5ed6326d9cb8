import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { makeMigration } from '../../src/workflow/generate/make';
import { refuseToDecide } from '../../src/workflow/generate/plan';
import { writeMigration } from '../../src/workflow/generate/write';
import { changesOf, desire, filesOf, firstId, scripts } from '../support/desire';
import { ENGINES, type TestEngine, withMigrations } from '../support/migrations';

/** Two states of a schema, with rows that a migration has to keep. */
const STORY: Readonly<Record<TestEngine, Story>> = {
  kuzu: {
    first: [
      'CREATE NODE TABLE Person(id INT64, email STRING, balance DECIMAL(10, 2) DEFAULT 0.00, PRIMARY KEY(id));',
      'CREATE NODE TABLE City(name STRING, PRIMARY KEY(name));',
      'CREATE REL TABLE LivesIn(FROM Person TO City, since INT64, MANY_ONE);',
      "COMMENT ON TABLE City IS 'places';",
    ],
    second: [
      'CREATE NODE TABLE Town(name STRING, size INT32 DEFAULT 7, PRIMARY KEY(name));',
      'CREATE NODE TABLE Person(id INT64, mail STRING, balance DECIMAL(14, 3) DEFAULT 1.5, PRIMARY KEY(id));',
      'CREATE REL TABLE LivesIn(FROM Person TO Town, since INT64, MANY_MANY);',
      'CREATE MACRO twice(x) AS x * 2;',
      "CALL CREATE_FTS_INDEX('Person', 'mails', ['mail']);",
    ],
    renames: ['City=Town', 'Person.email=mail'],
    rows: [
      "CREATE (:Person {id: 1, email: 'a@b', balance: 12.34})-[:LivesIn {since: 1999}]->(:City {name: 'Oslo'})",
      "CREATE (:Person {id: 2, email: 'c@d'})",
    ],
    look: [
      'MATCH (p:Person) RETURN p.id AS id, p.mail AS mail, CAST(p.balance AS STRING) AS balance ORDER BY id',
      'MATCH (p:Person)-[l:LivesIn]->(t:Town) RETURN p.id AS p, l.since AS since, t.name AS t, t.size AS size',
    ],
    seen: [
      [
        { id: 1, mail: 'a@b', balance: '12.340' },
        { id: 2, mail: 'c@d', balance: '0.000' },
      ],
      [{ p: 1, since: 1999, t: 'Oslo', size: 7 }],
    ],
  },
  duckdb: {
    first: [
      'CREATE TABLE city(name VARCHAR PRIMARY KEY);',
      'CREATE TABLE person(id BIGINT PRIMARY KEY, email VARCHAR, balance DECIMAL(10, 2) DEFAULT 0.00, lives VARCHAR REFERENCES city(name));',
      'CREATE VIEW rich AS SELECT id FROM person WHERE balance > 10;',
      "COMMENT ON TABLE city IS 'places';",
    ],
    second: [
      'CREATE TABLE town(name VARCHAR PRIMARY KEY, size INTEGER DEFAULT 7);',
      'CREATE TABLE person(id BIGINT PRIMARY KEY, mail VARCHAR UNIQUE, balance DECIMAL(14, 3) DEFAULT 1.5, lives VARCHAR REFERENCES town(name));',
      'CREATE VIEW rich AS SELECT id, mail FROM person WHERE balance > 11;',
      'CREATE MACRO twice(x) AS x * 2;',
      'CREATE INDEX by_balance ON person(balance);',
    ],
    renames: ['city=town', 'person.email=mail'],
    rows: [
      "INSERT INTO city VALUES ('Oslo')",
      "INSERT INTO person VALUES (1, 'a@b', 12.34, 'Oslo'), (2, 'c@d', 0, NULL)",
    ],
    look: [
      'SELECT id::INTEGER AS id, mail, balance::VARCHAR AS balance FROM person ORDER BY id',
      'SELECT p.id::INTEGER AS p, t.name AS t, t.size AS size FROM person p JOIN town t ON p.lives = t.name',
    ],
    seen: [
      [
        { id: 1, mail: 'a@b', balance: '12.340' },
        { id: 2, mail: 'c@d', balance: '0.000' },
      ],
      [{ p: 1, t: 'Oslo', size: 7 }],
    ],
  },
};

interface Story {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly renames: readonly string[];
  readonly rows: readonly string[];
  readonly look: readonly string[];
  readonly seen: readonly (readonly unknown[])[];
}

for (const engine of ENGINES) {
  const story = STORY[engine];
  describe(`generate (${engine})`, function () {
    this.timeout(180_000);

    it('writes the migration from the state after all others to the desired schema, with its way back, and keeps rows', () =>
      withMigrations(engine, async (bench) => {
        await desire(bench, story.first);
        const first = await bench.json(['generate', 'initial']);
        assert.equal(first.code, 0, first.stderr);
        assert.deepEqual(
          await scripts(bench),
          filesOf(first.json).map((file) => path.posix.basename(file)),
        );
        assert.equal((await bench.json(['up'])).code, 0);
        await bench.run(...story.rows);
        await desire(bench, story.second);
        // What may be a rename is a question, which nobody answers here.
        const asked = await bench.json(['generate', 'second']);
        assert.deepEqual([asked.code, asked.json.error?.code], [2, 'RENAME_UNDECIDED']);
        assert.match(asked.json.error?.message ?? '', new RegExp(`--rename ${story.renames[1]}`, 'i'));
        const told = await bench.cli(['generate', 'second', ...story.renames.flatMap((one) => ['--rename', one])]);
        assert.equal(told.code, 0, told.stderr);
        const [, name = ''] = await scripts(bench);
        const text = await readFile(path.join(bench.dir, 'migrations', name), 'utf8');
        for (const rename of story.renames)
          assert.match(text, new RegExp(`^-- rename: .*${rename.split('=')[1]}$`, 'm'));
        const up = await bench.cli(['up', '--yes']);
        assert.equal(up.code, 0, up.stderr);
        assert.deepEqual(await bench.ask(...story.look), story.seen);
        // The header remembers the answer: nobody asks again.
        const recorded = await bench.json(['diff', 'migrations@0', 'db']);
        assert.equal(recorded.code, 0);
        const older = await bench.json(['diff', `migrations@${firstId(first.json)}`, 'db']);
        assert.deepEqual(changesOf(older.json, 'renames'), []);
        assert.equal(
          (changesOf(older.json) as { kind: string }[]).filter(({ kind }) => kind.startsWith('rename-')).length,
          story.renames.length,
        );
        const back = await bench.json([
          'generate',
          'back',
          '--from',
          'db',
          '--to',
          `migrations@${firstId(first.json)}`,
          '--dry-run',
        ]);
        assert.equal(back.code, 0, back.stderr);
        const kinds = (changesOf(back.json) as { kind: string }[]).map(({ kind }) => kind);
        assert.equal(kinds.filter((kind) => kind.startsWith('rename-')).length, story.renames.length);
        const same = await bench.json(['diff', 'db', 'dir:ddl']);
        assert.deepEqual(same.json.changes, []);
        const nothing = await bench.json(['generate', 'third']);
        assert.deepEqual([nothing.code, nothing.json.files, nothing.json.changes], [0, [], []]);
        const down = await bench.cli(['down', '--yes']);
        assert.equal(down.code, 0, down.stderr);
        const drift = await bench.json(['drift']);
        assert.deepEqual(drift.json.changes, []);
      }));

    if (engine === 'kuzu')
      it('asks before the first statement whether the rows have a new key and fit a new multiplicity (Kùzu)', () =>
        withMigrations('kuzu', async (bench) => {
          const index = "CALL CREATE_FTS_INDEX('Doc', 'words', ['body']);";
          const doc = (key: string) =>
            `CREATE NODE TABLE Doc(id INT64, code STRING, body STRING, PRIMARY KEY(${key}));`;
          const cites = (multiplicity: string) => `CREATE REL TABLE Cites(FROM Doc TO Doc, ${multiplicity});`;
          await desire(bench, [doc('id'), cites('MANY_MANY'), index]);
          assert.equal((await bench.json(['generate', 'initial'])).code, 0);
          assert.equal((await bench.json(['up'])).code, 0);
          await bench.run(
            "CREATE (:Doc {id: 1, code: 'a', body: 'pear'}), (:Doc {id: 2, body: 'apple'}), (:Doc {id: 3, code: 'c', body: 'apple'})",
            'MATCH (a:Doc {id: 1}), (b:Doc) WHERE b.id > 1 CREATE (a)-[:Cites]->(b)',
          );
          await desire(bench, [doc('code'), cites('MANY_ONE'), index]);
          assert.equal((await bench.json(['generate', 'by code'])).code, 0);
          const refused = async () => {
            const { json } = await bench.json(['up', '--yes']);
            assert.equal(json.error?.code, 'PRECONDITION_FAILED', JSON.stringify(json));
            assert.equal((await bench.status()).dirty, false);
            const found = "CALL QUERY_FTS_INDEX('Doc', 'words', 'apple') RETURN node.id AS id ORDER BY id";
            assert.deepEqual(await bench.rows(found), [{ id: 2 }, { id: 3 }]);
          };
          await refused();
          await bench.run("MATCH (d:Doc {id: 2}) SET d.code = 'b'");
          await refused();
          await bench.run('MATCH (:Doc)-[c:Cites]->(d:Doc {id: 3}) DELETE c');
          assert.equal((await bench.json(['up', '--yes'])).code, 0);
          assert.deepEqual(await bench.rows('MATCH (a:Doc)-[:Cites]->(b:Doc) RETURN a.code AS a, b.code AS b'), [
            { a: 'a', b: 'b' },
          ]);
        }));

    it('prints it with --dry-run, writes a pair with --kind, and takes other sources', () =>
      withMigrations(engine, async (bench) => {
        await desire(bench, story.first);
        const dry = await bench.cli(['generate', 'initial', '--dry-run']);
        assert.match(dry.stdout, /^-- UP$/m);
        assert.deepEqual(await scripts(bench), []);
        const pair = await bench.json([
          'generate',
          'initial',
          '--kind',
          'pair',
          '--from',
          'migrations',
          '--to',
          'dir:ddl',
        ]);
        assert.equal(filesOf(pair.json).length, 2);
        assert.equal((await bench.json(['up'])).code, 0);
        assert.deepEqual((await bench.json(['diff', 'db', 'dir:ddl'])).json.changes, []);
        assert.equal((await bench.json(['down', '--yes'])).code, 0);
        assert.deepEqual(await bench.tables(), []);
      }));

    it('with --yes drops and adds what may be a rename, and says so', () =>
      withMigrations(engine, async (bench) => {
        await desire(bench, story.first);
        await bench.json(['generate', 'initial']);
        await desire(bench, story.second);
        const run = await bench.cli(['generate', 'second', '--yes']);
        assert.equal(run.code, 0, run.stderr);
        assert.match(run.stdout, new RegExp(`Not taken for a rename.*${story.renames[1]}`));
        const [, name = ''] = await scripts(bench);
        assert.match(await readFile(path.join(bench.dir, 'migrations', name), 'utf8'), /^-- Hazard DL101/m);
      }));

    it('is written as it was made, though the DDL changed in between, and only once', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await desire(bench, [`${words.table('A')};`]);
        const made = await makeMigration(bench.context(), {
          database: bench.database(),
          name: 'first',
          decide: async (list) => refuseToDecide(list),
        });
        const [shown] = made.texts;
        assert.ok(shown);
        assert.deepEqual(await scripts(bench), []);
        await desire(bench, [`${words.table('B')};`]);
        const written = await writeMigration(bench.context(), made);
        assert.deepEqual(await scripts(bench), [shown.name]);
        assert.equal(await bench.read(shown.name), shown.text);
        assert.deepEqual(written.files, [`migrations/${shown.name}`]);
        assert.deepEqual(written.notes, [{ key: 'generate.otherTarget', params: { to: 'ddl' } }]);
        await assert.rejects(writeMigration(bench.context(), made), { code: 'GENERATE_OUTDATED' });
        await bench.remove(shown.name);
        // What was agreed to doesn't need the DDL any more.
        await desire(bench, ['CREATE NONSENSE;']);
        assert.equal((await writeMigration(bench.context(), made)).notes[0]?.key, 'generate.otherTarget');
        assert.equal(await bench.read(shown.name), shown.text);
      }));

    it('is not written once the migrations before it are others, or one comes behind it', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('20240101_000000_a', `-- UP\n${words.table('A')};\n`);
        await desire(bench, [`${words.table('A')};`, `${words.table('B')};`]);
        const make = () =>
          makeMigration(bench.context(), {
            database: bench.database(),
            name: 'b',
            decide: async (list) => refuseToDecide(list),
          });
        const made = await make();
        const refused = async (detail: string, ...others: string[]) => {
          await assert.rejects(writeMigration(bench.context(), made), (error) => {
            assert.ok(MigrateError.is(error, 'GENERATE_OUTDATED'));
            assert.equal(error.params.detail, detail);
            return true;
          });
          const names = ['20240101_000000_a', ...others].map((name) => `${name}${words.ending}`);
          assert.deepEqual(await scripts(bench), names);
        };
        await bench.write('20240102_000000_c', `-- UP\n${words.table('C')};\n`);
        await refused('@generate.otherSource:migrations', '20240102_000000_c');
        await bench.remove(`20240102_000000_c${words.ending}`);
        // The schema is the same, and the order would not be.
        await bench.write('29990101_000000_rows', `-- UP\n${words.insert('A', 1)};\n`);
        await refused('@generate.later:29990101000000', '29990101_000000_rows');
        await bench.remove(`29990101_000000_rows${words.ending}`);
        await bench.write('20240102_000000_rows', `-- UP\n${words.insert('A', 1)};\n`);
        assert.equal((await writeMigration(bench.context(), made)).files.length, 1);
        // It comes behind what is there, whatever the clock says.
        await bench.write('29990101_000000_d', `-- UP\n${words.table('D')};\n`);
        const next = await make();
        assert.match(next.texts[0]?.name ?? '', /^29990101_000001_b\./);
      }));

    it('says where the desired schema is wrong, and without one what is missing', () =>
      withMigrations(engine, async (bench) => {
        const none = await bench.json(['generate', 'x']);
        assert.deepEqual([none.code, none.json.error?.code], [1, 'DESIRED_SCHEMA_MISSING']);
        await desire(bench, [`${bench.words.table('A')};`, 'CREATE NONSENSE;']);
        const wrong = await bench.json(['generate', 'x']);
        assert.notEqual(wrong.code, 0);
        assert.deepEqual(
          [wrong.json.error?.line, path.posix.basename(wrong.json.error?.file ?? '')],
          [2, `schema${bench.words.ending}`],
        );
        const { project } = bench.context();
        await assert.rejects(
          makeMigration(bench.context(), {
            database: bench.database(),
            name: ' ',
            decide: async (list) => refuseToDecide(list),
          }),
          'a name of nothing',
        );
        assert.equal(project.dir, bench.dir);
      }));
  });
}
