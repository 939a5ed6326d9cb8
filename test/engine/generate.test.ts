import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import { makeMigration } from '../../src/workflow/generate/make';
import { refuseToDecide } from '../../src/workflow/generate/plan';
import { writeMigration } from '../../src/workflow/generate/write';
import { type Answer, ENGINES, type MigrationBench, type TestEngine, withMigrations } from '../support/migrations';

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

async function desire({ dir, words }: MigrationBench, statements: readonly string[]): Promise<void> {
  await mkdir(path.join(dir, 'ddl'), { recursive: true });
  await writeFile(path.join(dir, 'ddl', `schema${words.ending}`), `${statements.join('\n')}\n`);
}

const filesOf = ({ files }: Answer) => files as readonly string[];
const firstId = (answer: Answer) => path.posix.basename(filesOf(answer)[0] ?? '').slice(0, 15);
const changesOf = (answer: Answer, key = 'changes') => answer[key] as readonly unknown[];
const scripts = async ({ dir }: MigrationBench) => (await readdir(path.join(dir, 'migrations'))).sort();

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

  describe(`drift (${engine})`, function () {
    this.timeout(180_000);

    it('is none after up; what was done by hand is shown with exit 3, adopted as a migration, or taken back', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json, cli } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n-- DOWN\n${words.drop('A')};\n`);
        assert.equal((await json(['up'])).code, 0);
        await run(words.insert('A', 1, 'kept'));
        assert.deepEqual([(await json(['drift'])).code, (await json(['drift'])).json.drift], [0, false]);
        await run(words.addColumn('A', 'extra'), words.table('ByHand'));
        const seen = await json(['drift']);
        assert.deepEqual([seen.code, seen.json.drift, changesOf(seen.json).length], [3, true, 2]);

        // Without anybody to ask it says what to pass.
        const refused = await json(['drift', '--revert']);
        assert.deepEqual([refused.code, refused.json.error?.code], [2, 'CONFIRMATION_NEEDED']);
        const reverted = await cli(['drift', '--revert', '--yes']);
        assert.equal(reverted.code, 0, reverted.stderr);
        assert.equal((await json(['drift'])).code, 0);
        assert.deepEqual(await bench.tables(), ['A']);
        assert.equal(await bench.count('A'), 1);
        assert.equal((await readdir(path.join(bench.dir, 'backups'))).length, 1);
        assert.deepEqual(await bench.states(), ['1 applied']);

        await run(words.addColumn('A', 'extra'), words.table('ByHand'));
        await write('2_pending', `-- UP\n${words.table('P')};\n`);
        const pending = await json(['drift', '--adopt', 'by hand']);
        assert.equal(pending.json.error?.code, 'DRIFT_PENDING');
        await bench.remove(`2_pending${words.ending}`);
        const adopted = await cli(['drift', '--adopt', 'by hand']);
        assert.equal(adopted.code, 0, adopted.stderr);
        assert.equal((await json(['drift'])).code, 0);
        const states = await bench.states();
        assert.deepEqual([states.length, states.every((state) => state.endsWith('applied'))], [2, true]);
        assert.equal((await json(['check'])).code, 0);
        // Elsewhere it runs like any other, and here it goes down again.
        assert.equal((await json(['down', '--yes'])).code, 0);
        assert.deepEqual(await bench.tables(), ['A']);
      }));

    it('compares with the desired schema, too: pending migrations explain a difference, nothing else does', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, json, cli } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await desire(bench, [`${words.table('A')};`, `${words.table('B')};`]);
        const behind = await json(['drift']);
        assert.deepEqual(
          [behind.code, changesOf(behind.json).length, changesOf(behind.json, 'desired').length],
          [3, 0, 1],
        );
        await write('2_b', `-- UP\n${words.table('B')};\n`);
        const explained = await json(['drift']);
        assert.deepEqual([explained.code, explained.json.pending, explained.json.pendingExplains], [0, ['2'], true]);
        assert.match((await cli(['drift'])).stdout, /kuzu-migrate up/);
      }));

    it('never takes back what a baseline without a text made, and says why', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json, cli } = bench;
        await run(words.table('Legacy'), words.insert('Legacy', 1));
        await write('1_first', `-- UP\n${words.table('First')};\n`);
        await run(words.table('First'));
        assert.equal((await json(['baseline', '1'])).code, 0);
        // Recorded with the text of its file: Legacy came otherwise, and is shown as what it is.
        assert.deepEqual([(await json(['drift'])).code, changesOf((await json(['drift'])).json).length], [3, 1]);
        await run(
          engine === 'kuzu'
            ? "MATCH (m:migration_history) SET m.up_script = ''"
            : "UPDATE migration_history SET up_script = ''",
        );
        const told = await cli(['drift']);
        assert.match(told.stdout, /history has no text of 1/);
        assert.doesNotMatch(told.stdout, /--revert/);
        const refused = await json(['drift', '--revert', '--yes']);
        assert.equal(refused.json.error?.code, 'DRIFT_NOT_REVERTED');
        assert.deepEqual(await bench.tables(), ['First', 'Legacy']);
      }));

    it('is shown though the files of the project have faults of their own', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await run(words.table('ByHand'));
        await desire(bench, ['CREATE NONSENSE;']);
        const seen = await json(['drift']);
        assert.deepEqual([seen.code, changesOf(seen.json).length, seen.json.desired], [3, 1, undefined]);
        assert.equal(changesOf(seen.json, 'notes').length, 1);
      }));

    it('is adopted behind every other id, whatever the clock says', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json } = bench;
        await write('20990101_000000_later', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await run(words.addColumn('A', 'extra'));
        const adopted = await json(['drift', '--adopt', 'extra']);
        assert.deepEqual(filesOf(adopted.json), [`migrations/20990101_000001_extra${words.ending}`]);
        assert.equal((await json(['drift'])).code, 0);
        await desire(bench, [`${words.table('A')};`]);
        const next = await json(['generate', 'next']);
        assert.deepEqual(filesOf(next.json), [`migrations/20990101_000002_next${words.ending}`]);
      }));

    it('is none where rows have only moved a sequence on', () =>
      withMigrations(engine, async (bench) => {
        const { write, run, json } = bench;
        const made =
          engine === 'kuzu'
            ? "CREATE SEQUENCE s; CREATE NODE TABLE P(id INT64 DEFAULT nextval('s') PRIMARY KEY, v STRING);"
            : "CREATE SEQUENCE s; CREATE TABLE p(id BIGINT PRIMARY KEY DEFAULT nextval('s'), v VARCHAR);";
        await write('1_a', `-- UP\n${made}\n`);
        await json(['up']);
        const insert = engine === 'kuzu' ? "CREATE (:P {v: 'x'})" : "INSERT INTO p(v) VALUES ('x')";
        await run(insert, insert);
        assert.deepEqual([(await json(['drift'])).code, changesOf((await json(['drift'])).json)], [0, []]);
        assert.deepEqual(changesOf((await json(['diff', 'migrations', 'db'])).json), []);
      }));

    it('needs a database, and one that is not half way', () =>
      withMigrations(engine, async (bench) => {
        assert.equal((await bench.json(['drift'])).json.error?.code, 'DATABASE_MISSING');
      }));
  });
}
