import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DataLosses, lossesOfStatements } from '../../src/workflow/losses';
import type { PlanQuestion } from '../../src/workflow/migrate/types';
import { type Answer, ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';
import { withDrivers } from '../support/project';

async function desire({ dir, words }: MigrationBench, statements: readonly string[]): Promise<void> {
  await mkdir(path.join(dir, 'ddl'), { recursive: true });
  const text = statements.map((statement) => `${statement};\n`).join('');
  await writeFile(path.join(dir, 'ddl', `schema${words.ending}`), text);
}

/** Everything in the project's folder, as bytes; a lock, a WAL or a temporary file would show. */
async function everything(dir: string): Promise<Map<string, string>> {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const files = names.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'base64')] as const)));
}

interface Counted {
  readonly kind: string;
  readonly object: string;
  readonly lost?: { readonly what: string; readonly count: number; readonly database: string };
}

const counted = ({ changes }: Answer) =>
  (changes as readonly Counted[]).map(({ kind, object, lost }) =>
    [kind, object, ...(lost ? [lost.count, lost.what, lost.database] : [])].join(' '),
  );
const noteKeys = ({ notes = [] }: Answer) => (notes as readonly { readonly key: string }[]).map(({ key }) => key);
const shown = ({ lost }: DataLosses) =>
  lost.map(({ text, counted: one }) => `${text.key} ${one?.object ?? '-'} ${one?.count ?? '-'}`);

/** Tables Aa and Bb, applied, with rows: two of Aa, and three of Bb of which one has a name. */
async function withRows(bench: MigrationBench): Promise<void> {
  const { words } = bench;
  await bench.write('001_a', upDown([words.table('Aa'), words.table('Bb')], [words.drop('Aa'), words.drop('Bb')]));
  await bench.migrate('up');
  await bench.run(words.insert('Aa', 1), words.insert('Aa', 2), words.insert('Bb', 1));
  const bare = (id: number) =>
    bench.engine === 'kuzu' ? `CREATE (:Bb {id: ${id}})` : `INSERT INTO Bb VALUES (${id}, NULL)`;
  await bench.run(bare(2), bare(3));
}

/** The desired schema that drops Aa and the column Bb.name. */
const less = (engine: string) =>
  engine === 'kuzu' ? 'CREATE NODE TABLE Bb(id INT64, PRIMARY KEY(id))' : 'CREATE TABLE Bb(id BIGINT PRIMARY KEY)';

for (const engine of ENGINES) {
  describe(`what would be lost is counted (${engine})`, function () {
    this.timeout(180_000);

    it('by generate, in the database of the project, of which it writes nothing', () =>
      withMigrations(engine, async (bench) => {
        await withRows(bench);
        await desire(bench, [less(engine)]);
        const before = await everything(bench.dir);
        const dry = await bench.json(['generate', 'less', '--dry-run']);
        assert.equal(dry.code, 0, dry.stderr);
        assert.deepEqual(counted(dry.json), ['drop-table Aa 2 rows dev', 'drop-column Bb.name 1 values dev']);
        assert.deepEqual(noteKeys(dry.json), []);
        assert.deepEqual(await everything(bench.dir), before);
        const told = await bench.cli(['generate', 'less']);
        assert.equal(told.code, 0, told.stderr);
        assert.match(told.stdout, /^Change\tObject\tHazards\tLost in dev\tText$/m);
        assert.match(told.stdout, /^drop-table\tAa\tDL101\t2\tDROP TABLE Aa$/m);
        assert.match(told.stdout, /can’t bring back: rows of Aa \(2 in dev\), values of Bb\.name \(1 in dev\)\./);
      }));

    it('by generate of a database that is not there, held, or in another state, and it says so', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write(
          '001_a',
          upDown([words.table('Aa'), words.table('Bb')], [words.drop('Aa'), words.drop('Bb')]),
        );
        await desire(bench, [less(engine)]);
        const none = await bench.json(['generate', 'less', '--dry-run']);
        assert.equal(none.code, 0, none.stderr);
        assert.deepEqual(counted(none.json), ['drop-table Aa', 'drop-column Bb.name']);
        assert.deepEqual(noteKeys(none.json), ['gone.noDatabase']);
        await bench.migrate('up');
        await bench.run(words.insert('Aa', 1), words.addColumn('Aa', 'more'));
        const other = await bench.json(['generate', 'less', '--dry-run']);
        assert.deepEqual(counted(other.json), ['drop-table Aa 1 rows dev', 'drop-column Bb.name 0 values dev']);
        assert.deepEqual(noteKeys(other.json), ['gone.otherState']);
        // By a process of its own.
        await withDrivers(async (others) => {
          const holder = await others.get(engine).open({ path: bench.file, readOnly: false });
          try {
            const held = await bench.json(['generate', 'less', '--dry-run']);
            assert.equal(held.code, 0, held.stderr);
            assert.deepEqual(counted(held.json), ['drop-table Aa 1 rows dev', 'drop-column Bb.name 0 values dev']);
            assert.deepEqual(noteKeys(held.json), ['gone.otherState', 'gone.fromCopy']);
          } finally {
            await holder.close();
          }
        });
        await writeFile(bench.file, 'no database');
        const broken = await bench.json(['generate', 'less', '--dry-run']);
        assert.equal(broken.code, 0, broken.stderr);
        assert.deepEqual(counted(broken.json), ['drop-table Aa', 'drop-column Bb.name']);
        assert.equal(noteKeys(broken.json)[0], 'gone.notCounted');
        assert.match(noteKeys(broken.json)[1] ?? '', /^error\./);
      }));

    it('by generate under the old name of a table that is renamed', () =>
      withMigrations(engine, async (bench) => {
        await withRows(bench);
        const renamed = less(engine).replace('Bb', 'Cc');
        await desire(bench, [bench.words.table('Aa'), renamed]);
        const { json, code, stderr } = await bench.json(['generate', 'less', '--rename', 'Bb=Cc', '--dry-run']);
        assert.equal(code, 0, stderr);
        assert.deepEqual(counted(json), ['rename-table Bb', 'drop-column Cc.name 1 values dev']);
      }));

    it('in the question of up, by the names that the database has, and in its dry run', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await withRows(bench);
        const alter =
          engine === 'kuzu' ? 'ALTER TABLE Cc RENAME name TO title' : 'ALTER TABLE Cc RENAME COLUMN name TO title';
        await bench.write('002_b', upDown(['ALTER TABLE Bb RENAME TO Cc', alter]));
        await bench.write('003_c', upDown([words.dropColumn('Cc', 'title'), words.table('Dd')]));
        await bench.write('004_d', upDown([words.drop('Aa'), words.drop('Dd')]));
        const asked = await bench.cli(['up']);
        assert.equal(asked.code, 2);
        assert.match(asked.stderr, /It removes data: values of Bb\.name \(1 in dev\), rows of Aa \(2 in dev\)\.$/m);
        const dry = await bench.json(['up', '--dry-run']);
        assert.equal(dry.code, 0, dry.stderr);
        assert.deepEqual(counted(dry.json), [
          'rename-table Bb',
          'drop-table Aa 2 rows dev',
          'drop-column Cc.name 1 values dev',
        ]);
        const told = await bench.cli(['up', '--dry-run']);
        assert.match(told.stdout, /^drop-table\tAa\tDL101\t2\tDROP TABLE Aa$/m);
        assert.equal((await bench.cli(['up', '--yes'])).code, 0);
        const down = await bench.cli(['down', '--to', '0']);
        assert.doesNotMatch(down.stderr, /removes data:/);
      }));

    it('not where the rows are copied first, nor before anything is there', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('000_z', upDown([words.table('Zz'), words.drop('Zz')]));
        let question: PlanQuestion | undefined;
        const keep = async (one: PlanQuestion) => {
          question = one;
          assert.deepEqual(await one.losses(), { database: 'dev', lost: [], notes: [] });
        };
        await bench.migrate('up', { confirm: keep });
        assert.ok(question);
        await withRows(bench);
        const copy =
          engine === 'kuzu' ? 'MATCH (a:Aa) CREATE (:Cc {id: a.id, name: a.name})' : 'INSERT INTO Cc SELECT * FROM Aa';
        const text = `-- transaction: none\n${upDown([words.table('Cc'), copy, words.drop('Aa')])}`;
        await bench.write('002_b', text);
        const dry = await bench.json(['up', '--dry-run']);
        assert.deepEqual(counted(dry.json).sort(), ['add-table Cc', 'drop-table Aa']);
        await bench.migrate('up', { confirm: async ({ losses }) => assert.deepEqual(shown(await losses()), []) });
      }));

    it('of the way down, and of what drift --revert takes back', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await withRows(bench);
        const down = await bench.cli(['down']);
        assert.equal(down.code, 2);
        assert.match(down.stderr, /It removes data: rows of Aa \(2 in dev\), rows of Bb \(3 in dev\)\.$/m);
        await bench.run(words.table('ByHand'), words.insert('ByHand', 1), words.insert('ByHand', 2));
        const revert = await bench.cli(['drift', '--revert']);
        assert.equal(revert.code, 2);
        assert.match(revert.stderr, /It removes data: rows of ByHand \(2 in dev\)\.$/m);
      }));

    it('never fails a question, and ends at a cancel', () =>
      withMigrations(engine, async (bench) => {
        await withRows(bench);
        const text = bench.words.drop('Aa');
        const statements = [{ text, start: 0, end: text.length, line: 1, column: 1, ignores: [] }];
        const ended = { signal: AbortSignal.abort() };
        await assert.rejects(
          lossesOfStatements(bench.context(), bench.database(), { statements, renames: [] }, ended),
          {
            code: 'CANCELLED',
          },
        );
        await writeFile(bench.file, 'no database');
        const losses = await lossesOfStatements(bench.context(), bench.database(), { statements, renames: [] }, {});
        assert.deepEqual([losses.lost, losses.notes[0]?.key], [[], 'gone.notCounted']);
      }));
  });
}

describe('what would be lost of relationships is counted', () => {
  it('by generate, and in the question of up', () =>
    withMigrations('kuzu', async (bench) => {
      const node = (name: string) => `CREATE NODE TABLE ${name}(id INT64, PRIMARY KEY(id))`;
      const rels = (pairs: string) => `CREATE REL TABLE R(${pairs}, w INT64)`;
      await bench.write(
        '001_a',
        upDown([node('A'), node('B'), rels('FROM A TO A, FROM A TO B'), 'CREATE REL TABLE S(FROM A TO B)']),
      );
      await bench.migrate('up');
      await bench.run('CREATE (a:A {id: 1})-[:R {w: 1}]->(:A {id: 2}), (a)-[:R]->(:B {id: 3}), (a)-[:S]->(:B {id: 4})');
      await desire(bench, [node('A'), node('B'), rels('FROM A TO B').replace(', w INT64', '')]);
      const { json, code, stderr } = await bench.json(['generate', 'less']);
      assert.equal(code, 0, stderr);
      assert.deepEqual(counted(json), [
        'drop-connection R(A->A) 1 relationships dev',
        'drop-column R.w 1 values dev',
        'drop-table S 1 relationships dev',
      ]);
      const asked = await bench.cli(['up']);
      assert.match(asked.stderr, /relationships of R\(A->A\) \(1 in dev\)/);
      assert.match(asked.stderr, /relationships of S \(1 in dev\)/);
    })).timeout(180_000);
});

describe('what would be lost in DuckDB is counted', () => {
  const FIRST = [
    'CREATE SCHEMA ap',
    'CREATE SCHEMA x',
    'CREATE TABLE t(a INTEGER, c INTEGER)',
    'CREATE TABLE m(a INTEGER, b INTEGER)',
    'CREATE TABLE "x.y"(a INTEGER)',
    'CREATE TABLE x.y(a INTEGER)',
  ];
  const NEXT = [
    'CREATE SCHEMA ap',
    'CREATE SCHEMA x',
    'CREATE TABLE t(a INTEGER, c INTEGER GENERATED ALWAYS AS (a + 1))',
    'CREATE TABLE ap.m(a INTEGER)',
    'CREATE TABLE x.y(a INTEGER)',
  ];
  const ROWS = [
    'INSERT INTO t VALUES (1, 100), (2, 200)',
    'INSERT INTO m VALUES (1, 2), (3, NULL)',
    'INSERT INTO "x.y" VALUES (1), (2), (3)',
  ];
  const LOST = ['drop-table x.y 3 rows dev', 'drop-column ap.m.b 1 values dev', 'change-generated t.c 2 values dev'];

  it('of a column that is computed from now on, of a table that moves, of names with dots', () =>
    withMigrations('duckdb', async (bench) => {
      await bench.write('001_a', upDown(FIRST));
      await bench.migrate('up');
      await bench.run(...ROWS);
      await desire(bench, NEXT);
      const { json, code, stderr } = await bench.json(['generate', 'next', '--rename', 'main.m=ap.m']);
      assert.equal(code, 0, stderr);
      const losses = (rows: readonly string[]) => rows.filter((row) => row.endsWith(' dev')).sort();
      assert.deepEqual(losses(counted(json)), [...LOST].sort());
      const folder = path.join(bench.dir, 'migrations');
      const name = (await readdir(folder)).find((one) => one.endsWith('_next.sql')) ?? '';
      const text = await readFile(path.join(folder, name), 'utf8');
      assert.match(text, /^-- Hazard DL102 `t\.c`/m);
      const notBack = [...text.matchAll(/^-- Not brought back: (.*)$/gm)].map(([, what]) => what);
      assert.deepEqual(notBack.sort(), ['rows of x.y', 'values of ap.m.b', 'values of t.c']);
      const linted = await bench.cli(['lint']);
      assert.match(linted.stdout, /It loses the values of the column “t\.c”: 2 in dev\. \(DL102\)/);
      assert.match(linted.stdout, /It loses the values of the column “ap\.m\.b”: 1 in dev\. \(DL102\)/);
      const dry = await bench.json(['up', '--dry-run']);
      assert.deepEqual(losses(counted(dry.json)), [...LOST].sort());
      const asked = await bench.cli(['up']);
      assert.equal(asked.code, 2);
      assert.match(asked.stderr, /values of t\.c \(2 in dev\)/);
      assert.match(asked.stderr, /values of m\.b \(1 in dev\)/);
      assert.match(asked.stderr, /rows of x\.y \(3 in dev\)/);
    })).timeout(180_000);

  it('of a column by hand that drift --revert makes a computed one again', () =>
    withMigrations('duckdb', async (bench) => {
      await bench.write('001_a', upDown(['CREATE TABLE t(a INTEGER, c INTEGER GENERATED ALWAYS AS (a + 1))']));
      await bench.migrate('up');
      await bench.run('DROP TABLE t', 'CREATE TABLE t(a INTEGER, c INTEGER)', 'INSERT INTO t VALUES (1, 7), (2, NULL)');
      const revert = await bench.cli(['drift', '--revert']);
      assert.equal(revert.code, 2);
      assert.match(revert.stderr, /It removes data: values of t\.c \(1 in dev\)\.$/m);
    })).timeout(180_000);
});
