import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { OtherTool } from '../../src/core/migration/other-tools';
import { type BaselineSource, baseline } from '../../src/workflow/migrate/baseline';
import { checkMigrations } from '../../src/workflow/migrate/check';
import { repair } from '../../src/workflow/migrate/repair';
import { ENGINES, type MigrationBench, type TestEngine, upDown, withMigrations } from '../support/migrations';

/** A database with something of everything that the engine has. */
const RICH: Readonly<Record<TestEngine, readonly string[]>> = {
  kuzu: [
    'CREATE TYPE mood AS STRING',
    'CREATE SEQUENCE seq1 START 5 INCREMENT 2',
    'CREATE MACRO TWICE(x) AS x * 2',
    "CREATE NODE TABLE User(id SERIAL, name STRING DEFAULT 'it''s', tags STRING[], PRIMARY KEY(id))".replace(
      "''",
      "\\'",
    ),
    'CREATE NODE TABLE City(`the name` STRING PRIMARY KEY)',
    'CREATE REL TABLE LivesIn(FROM User TO City, FROM City TO City, since DATE, MANY_MANY)',
    "COMMENT ON TABLE User IS 'who\\'s who'",
    "CREATE (:User {name: 'Ann'})",
  ],
  duckdb: [
    'CREATE SCHEMA aux',
    "CREATE TYPE mood AS ENUM ('ok', 'bad')",
    'CREATE SEQUENCE seq1 START 5 INCREMENT 2',
    'CREATE MACRO twice(x) AS x * 2',
    "CREATE TABLE city(id BIGINT PRIMARY KEY, name VARCHAR DEFAULT 'it''s')",
    "CREATE TABLE person(id BIGINT DEFAULT nextval('seq1'), city BIGINT REFERENCES city(id), m mood, CHECK (id > 0))",
    'CREATE TABLE aux.log("at" TIMESTAMP, "the text" VARCHAR)',
    'CREATE VIEW named AS SELECT name FROM city',
    'CREATE INDEX by_name ON city(name)',
    "COMMENT ON TABLE city IS 'who''s where'",
    "INSERT INTO city VALUES (1, 'Oslo')",
  ],
};

for (const engine of ENGINES) {
  describe(`baseline on ${engine}`, () => {
    const adopt = (bench: MigrationBench, source: BaselineSource, now = new Date('2026-05-04T03:02:01Z')) =>
      baseline(bench.context(), {
        database: bench.database(),
        source,
        now,
        confirm: async () => assert.fail('a database that is not protected needs no answer'),
      });
    const findings = async (bench: MigrationBench) =>
      (await checkMigrations(bench.context(), { database: bench.database() })).findings.map(({ code }) => code);

    it('records every file up to an id without running it, and runs the rest', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop, failing } = bench.words;
        await bench.run(table('A'), table('B'));
        await bench.write('001_a', upDown([table('A')], [drop('A')]));
        await bench.write('002_b.mjs', `export const up = (db) => db.run(${JSON.stringify(failing)});`);
        await bench.write('003_c', upDown([table('C')]));
        const { recorded } = await adopt(bench, { kind: 'id', id: '002' });
        assert.deepEqual(
          recorded.map(({ id, name, file }) => [id, name, file]),
          [
            ['1', 'a', `migrations/001_a${bench.words.ending}`],
            ['2', 'b', 'migrations/002_b.mjs'],
          ],
        );
        assert.deepEqual(await bench.events(), ['baseline 1 success', 'baseline 2 success']);
        assert.deepEqual(await bench.states(), ['1 applied', '2 applied', '3 pending']);
        assert.deepEqual(await findings(bench), []);
        assert.equal((await bench.migrate('up')).error, undefined);
        assert.deepEqual(await bench.tables(), ['A', 'B', 'C']);
        await assert.rejects(adopt(bench, { kind: 'id', id: '3' }), { code: 'BASELINE_NOT_EMPTY' });
        await bench.migrate('down', { to: '2' }).catch(() => undefined);
        assert.equal((await bench.history())[0]?.total, 1);
      }));

    it('records an id that no file has by itself, which is not missing', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(bench.words.table('A'));
        await bench.write('009_z', upDown([bench.words.table('Z')]));
        const { recorded } = await adopt(bench, { kind: 'id', id: '5' });
        assert.deepEqual(recorded, [{ id: '5', name: 'baseline', file: null }]);
        assert.deepEqual(await bench.states(), ['5 applied', '9 pending']);
        assert.deepEqual(await findings(bench), []);
        assert.equal((await bench.migrate('up')).notes.length, 0);
        await bench.migrate('down').catch(() => undefined);
        await assert.rejects(bench.migrate('down', { to: '0' }), { code: 'MIGRATION_IRREVERSIBLE' });
      }));

    it('refuses what is no id, no database, or no readable file', () =>
      withMigrations(engine, async (bench) => {
        await assert.rejects(adopt(bench, { kind: 'id', id: '1' }), { code: 'DATABASE_MISSING' });
        await bench.run(bench.words.table('A'));
        await assert.rejects(adopt(bench, { kind: 'id', id: 'x' }), { code: 'MIGRATION_UNKNOWN' });
        await bench.write('x_a', bench.words.table('A'));
        await assert.rejects(adopt(bench, { kind: 'id', id: '1' }), { code: 'MIGRATION_NAME_INVALID' });
        assert.deepEqual(await bench.tables(), ['A']);
      }));

    it('writes a first migration that makes the same schema and drops it again', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(...RICH[engine]);
        const { files, recorded } = await adopt(bench, { kind: 'generate' });
        const name = `20260504_030201_initial${bench.words.ending}`;
        assert.deepEqual(files, [`migrations/${name}`]);
        assert.deepEqual(recorded, [{ id: '20260504030201', name: 'initial', file: `migrations/${name}` }]);
        assert.deepEqual(readdirSync(path.join(bench.dir, 'migrations')), [name]);
        assert.deepEqual(await findings(bench), []);
        assert.deepEqual(await bench.states(), ['20260504030201 applied']);
        const { changes } = (await bench.migrate('redo', { dryRun: true })).schema ?? {};
        assert.deepEqual(changes, []);
        assert.match(await bench.read(name), /^-- DOWN$[\s\S]*^DROP MACRO twice;$[\s\S]*^DROP TYPE mood;$/im);
      }));

    it('gives it an id below that of every file, and leaves those pending', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(bench.words.table('A'));
        await bench.write('20200101_000000_b', upDown([bench.words.table('B')], [bench.words.drop('B')]));
        const dated = await adopt(bench, { kind: 'generate', name: 'Was There' });
        assert.deepEqual(dated.files, [`migrations/20191231_235959_was_there${bench.words.ending}`]);
        assert.equal((await bench.migrate('up')).error, undefined);
        assert.deepEqual(await bench.tables(), ['A', 'B']);
        assert.equal((await bench.migrate('down', { to: '0' })).error, undefined);
        assert.deepEqual(await bench.tables(), []);
      }));

    it('writes nothing where its migration would not make the same database', () =>
      withMigrations(engine, async (bench) => {
        const { table, drop } = bench.words;
        // A table without a connection has no DDL; a view stays when its table goes.
        await bench.run(
          ...(engine === 'kuzu'
            ? [table('A'), table('B'), 'CREATE REL TABLE R(FROM A TO B)', 'ALTER TABLE R DROP FROM A TO B']
            : [table('A'), 'CREATE VIEW v AS SELECT * FROM A', drop('A')]),
        );
        await assert.rejects(adopt(bench, { kind: 'generate' }), { code: 'BASELINE_DIFFERS' });
        assert.deepEqual(readdirSync(path.join(bench.dir, 'migrations')), []);
        assert.ok(!(await bench.tables()).some((name) => name.startsWith('migration_')));
      }));

    it('makes a first migration of no empty database', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(bench.words.table('A'), bench.words.drop('A'));
        await assert.rejects(adopt(bench, { kind: 'generate' }), { code: 'BASELINE_IMPOSSIBLE' });
        assert.deepEqual(readdirSync(path.join(bench.dir, 'migrations')), []);
      }));

    it('can be written back from the history after a kill before its file had its name', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(bench.words.table('A'));
        const { files } = await adopt(bench, { kind: 'generate' });
        await bench.remove(path.basename(files[0] ?? ''));
        const request = { kind: 'rewrite' as const, id: '20260504030201' };
        await repair(bench.context(), {
          database: bench.database(),
          repair: request,
          confirm: async () => undefined,
        });
        assert.deepEqual(await findings(bench), []);
        assert.equal((await bench.migrate('redo')).error, undefined);
      }));

    describe('takes over the history of', () => {
      /** A table of another tool, with its rows, as that tool's own driver makes it. */
      const other = (
        table: string,
        columns: Readonly<Record<string, string>>,
        rows: readonly (readonly unknown[])[],
      ) => {
        const names = Object.keys(columns);
        const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
        if (engine === 'kuzu') {
          const types = { INT: 'INT64', TEXT: 'STRING', BOOL: 'BOOL' } as Readonly<Record<string, string>>;
          const list = names.map((name) => `${name} ${types[columns[name] ?? '']}`).join(', ');
          return [
            `CREATE NODE TABLE ${table}(${list}, PRIMARY KEY(${names[0]}))`,
            ...rows.map(
              (row) => `CREATE (:${table} {${names.map((name, at) => `${name}: ${literal(row[at])}`).join(', ')}})`,
            ),
          ];
        }
        const types = { INT: 'BIGINT', TEXT: 'VARCHAR', BOOL: 'BOOLEAN' } as Readonly<Record<string, string>>;
        return [
          `CREATE TABLE ${table}(${names.map((name) => `${name} ${types[columns[name] ?? '']}`).join(', ')})`,
          ...rows.map((row) => `INSERT INTO ${table} VALUES (${row.map(literal).join(', ')})`),
        ];
      };
      const takeOver = async (bench: MigrationBench, tool: OtherTool, made: readonly string[]) => {
        await bench.run(...made);
        for (const id of ['001_a', '002_b', '003_c', '004_d'])
          await bench.write(id, upDown([bench.words.table(id.slice(4).toUpperCase())]));
        const [note] = (await checkMigrations(bench.context(), { database: bench.database() })).findings;
        assert.deepEqual(
          [note?.code, ...(note?.commands ?? [])],
          ['other-history', `kuzu-migrate baseline --from ${tool}`],
        );
        await adopt(bench, { kind: 'from', tool });
        return bench.states();
      };

      it('golang-migrate: everything up to its version, unless that is dirty', () =>
        withMigrations(engine, async (bench) => {
          const columns = { version: 'INT', dirty: 'BOOL' };
          const made = other('schema_migrations', columns, [[3, false]]);
          assert.deepEqual(await takeOver(bench, 'golang-migrate', made), [
            '1 applied',
            '2 applied',
            '3 applied',
            '4 pending',
          ]);
          assert.deepEqual(await findings(bench), []);
          await withMigrations(engine, async (second) => {
            await second.run(...other('schema_migrations', columns, [[3, true]]));
            await assert.rejects(adopt(second, { kind: 'from', tool: 'golang-migrate' }), {
              code: 'BASELINE_IMPOSSIBLE',
            });
            await assert.rejects(adopt(second, { kind: 'from', tool: 'dbmate' }), { code: 'BASELINE_IMPOSSIBLE' });
          });
        }));

      it('dbmate: its versions, also one without a file', () =>
        withMigrations(engine, async (bench) => {
          const made = other('schema_migrations', { version: 'TEXT' }, [['001'], ['3'], ['20200101000000']]);
          assert.deepEqual(await takeOver(bench, 'dbmate', made), [
            '1 applied',
            '2 out-of-order',
            '3 applied',
            '4 out-of-order',
            '20200101000000 applied',
          ]);
        }));

      it('goose: the last word on each version', () =>
        withMigrations(engine, async (bench) => {
          const columns = { id: 'INT', version_id: 'INT', is_applied: 'BOOL' };
          const made = other('goose_db_version', columns, [
            [1, 0, true],
            [2, 1, true],
            [3, 2, true],
            [4, 3, true],
            [5, 3, false],
          ]);
          assert.deepEqual(await takeOver(bench, 'goose', made), ['1 applied', '2 applied', '3 pending', '4 pending']);
        }));

      it('Flyway: with its baseline, undos and repeatable scripts', () =>
        withMigrations(engine, async (bench) => {
          const columns = {
            installed_rank: 'INT',
            version: 'TEXT',
            description: 'TEXT',
            type: 'TEXT',
            success: 'BOOL',
          };
          const made = other('flyway_schema_history', columns, [
            [1, '1', 'base', 'BASELINE', true],
            [2, '2', 'b', 'SQL', true],
            [3, '3', 'c', 'SQL', true],
            [4, null, 'views', 'SQL', true],
            [5, '3', 'c', 'UNDO_SQL', true],
          ]);
          assert.deepEqual(await takeOver(bench, 'flyway', made), ['1 applied', '2 applied', '3 pending', '4 pending']);
        }));
    });

    it('is a command: one source, the file it wrote, its name for a protected database', () =>
      withMigrations(engine, async (bench) => {
        await bench.run(bench.words.table('A'));
        const none = await bench.json(['baseline']);
        assert.deepEqual([none.code, none.json.error?.code], [2, 'USAGE']);
        assert.match(none.json.error?.message ?? '', /golang-migrate/);
        const two = await bench.json(['baseline', '1', '--generate']);
        assert.deepEqual([two.code, two.json.error?.code], [2, 'USAGE']);
        await bench.configure({}, { protected: true });
        assert.equal((await bench.json(['baseline', '--generate'])).json.error?.code, 'CONFIRMATION_NEEDED');
        assert.deepEqual(readdirSync(path.join(bench.dir, 'migrations')), []);
        const { code, json, stderr } = await bench.json(['baseline', '--generate', '--yes', '--confirm', 'dev']);
        assert.equal(code, 0, stderr);
        assert.equal((json.files as string[]).length, 1);
      }));
  });
}
