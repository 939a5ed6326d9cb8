import assert from 'node:assert/strict';
import { ENGINES, type MigrationBench, type TestEngine, upDown, withMigrations } from '../support/migrations';

const column = (engine: TestEngine, table: string, from: string, to: string) =>
  `ALTER TABLE ${table} RENAME ${engine === 'kuzu' ? '' : 'COLUMN '}${from} TO ${to}`;

/** The changes of the schema that a dry run tells, with their hazards. */
async function changes(bench: MigrationBench, ...args: string[]): Promise<unknown[]> {
  const { json } = await bench.json([...args, '--dry-run']);
  assert.equal(json.ok, true);
  const rows = (json as unknown as { changes: { kind: string; object: string; hazards: string[] }[] }).changes;
  return rows.map(({ kind, object, hazards }) => [kind, object, ...hazards].join(' '));
}

for (const engine of ENGINES) {
  describe(`a dry run of renames on ${engine}`, () => {
    it('tells those of the statements as renames, up and down, and what is left as it is', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('Aa'), words.table('Gone')], [words.drop('Aa')]));
        await bench.migrate('up');
        await bench.write(
          '002_b',
          upDown(
            [
              'ALTER TABLE Aa RENAME TO Bb',
              column(engine, 'Bb', 'name', 'title'),
              words.addColumn('Bb', 'age'),
              words.drop('Gone'),
            ],
            [
              words.table('Gone'),
              words.dropColumn('Bb', 'age'),
              column(engine, 'Bb', 'title', 'name'),
              'ALTER TABLE Bb RENAME TO Aa',
            ],
          ),
        );
        const up = ['rename-table Aa', 'rename-column Bb.name', 'drop-table Gone DL101', 'add-column Bb.age'];
        const found = await changes(bench, 'up');
        assert.deepEqual([...found].sort(), [...up].sort());
        const { stdout } = await bench.cli(['up', '--dry-run']);
        assert.match(stdout, /rename-table\s+Aa\s+ALTER TABLE Aa RENAME TO Bb/);
        await bench.migrate('up');
        assert.deepEqual(
          [...(await changes(bench, 'down'))].sort(),
          ['rename-table Bb', 'rename-column Aa.title', 'add-table Gone', 'drop-column Aa.age DL102'].sort(),
        );
      }));

    it('tells those that a header records, and those of code', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('Aa')], [words.drop('Aa')]));
        await bench.migrate('up');
        // As generate writes it where a table has to be made anew.
        const rebuilt = [words.table('Bb'), words.drop('Aa')];
        await bench.write('002_b', upDown(rebuilt, [words.table('Aa'), words.drop('Bb')], '-- rename: Aa=Bb\n'));
        assert.deepEqual(await changes(bench, 'up'), ['rename-table Aa']);
        const code = JSON.stringify(column(engine, 'Bb', 'name', 'title'));
        await bench.write('003_c.js', `export async function up(db) { await db.run(${code}); }`);
        assert.deepEqual(await changes(bench, 'up'), ['rename-table Aa', 'rename-column Bb.name']);
      }));

    it('tells a recorded one of a table that is made anew, and lint sees nothing lost', () =>
      withMigrations(engine, async (bench) => {
        const isKuzu = engine === 'kuzu';
        const make = (name: string, type: string) =>
          isKuzu
            ? `CREATE NODE TABLE Aa(id INT64 PRIMARY KEY, ${name} ${type})`
            : `CREATE TABLE Aa(id INT PRIMARY KEY, ${name} ${type})`;
        await bench.write('001_a', upDown([make('no', isKuzu ? 'INT32' : 'INT')]));
        await bench.migrate('up');
        await bench.run(isKuzu ? 'CREATE (:Aa {id: 1, no: 5})' : 'INSERT INTO Aa VALUES (1, 5)');
        const copied = isKuzu
          ? 'COPY Aa FROM (MATCH (n:Aa_old) RETURN n.id, CAST(n.no AS INT64))'
          : 'INSERT INTO Aa SELECT id, no FROM Aa_old';
        await bench.write(
          '002_b',
          upDown(
            [
              'ALTER TABLE Aa RENAME TO Aa_old',
              make('number', isKuzu ? 'INT64' : 'BIGINT'),
              copied,
              'DROP TABLE Aa_old',
            ],
            [],
            '-- rename: Aa.no=number\n',
          ),
        );
        const kinds = (await changes(bench, 'up')).map((change) => String(change).replace(/ KM205$/, ''));
        assert.deepEqual(kinds, ['rename-column Aa.no', 'change-column-type Aa.number']);
        const { stdout } = await bench.cli(['lint']);
        assert.doesNotMatch(stdout, /DL102/);
      }));

    it('guesses none', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('Aa')]));
        await bench.migrate('up');
        await bench.write('002_b', upDown([words.table('Bb'), words.drop('Aa')]));
        assert.deepEqual([...(await changes(bench, 'up'))].sort(), ['add-table Bb', 'drop-table Aa DL101']);
      }));
  });
}
