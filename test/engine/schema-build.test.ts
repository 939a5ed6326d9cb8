import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import type { EngineName, Schema } from '../../src/core/schema/model';
import { equalSchemas } from '../../src/core/schema/normalise';
import { scan } from '../../src/core/script/scan';
import { detectFile } from '../../src/engine/detect';
import { shadowSchema } from '../../src/engine/shadow';
import { loadProject } from '../../src/project/discovery';
import { parseSource, sourceSchema } from '../../src/workflow/compare/source';
import type { Context } from '../../src/workflow/context';
import { desiredStatements } from '../../src/workflow/desired';
import { buildSchemaFile } from '../../src/workflow/schema-build';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';

interface Place {
  readonly dir: string;
  readonly context: Context;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  read(file: string): Promise<string>;
  /** The schema that a text makes in the engine. */
  run(text: string): Promise<Schema>;
}

async function withPlace<T>(engine: EngineName, work: (place: Place) => Promise<T>): Promise<T> {
  return withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const config = { databases: { app: { path: 'data/app.db', engine } } };
      await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify(config));
      const project = await loadProject({ dir, env: {}, detect: detectFile });
      const context: Context = {
        project,
        driver: (name) => drivers.get(name),
        codeHost: () => assert.fail('no code is run'),
        log: () => undefined,
      };
      return work({
        dir,
        context,
        write: async (files) => {
          for (const [name, text] of Object.entries(files)) {
            await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
            await writeFile(path.join(dir, name), text);
          }
        },
        read: (file) => readFile(path.join(dir, file), 'utf8'),
        run: (text) => {
          const statements = scan(text, engine === 'duckdb' ? 'sql' : 'cypher');
          return shadowSchema(
            drivers.get(engine),
            statements.map((one) => ({ ...one, file: 'text' })),
          );
        },
      });
    }),
  );
}

const KUZU = {
  'ddl/core/edges/lives.cypher': 'CREATE REL TABLE Lives (FROM User TO City, at Point, MANY_ONE)',
  'ddl/core/macros/all.cypher':
    'CREATE MACRO thrice(x) AS x + twice(x) + abs(x); CREATE MACRO twice(x) AS CASE WHEN (x IN [1]) THEN (x) ELSE x + x END;',
  'ddl/core/nodes/city.cypher':
    "CREATE NODE TABLE City (name STRING PRIMARY KEY, at Point);\nCOMMENT ON TABLE City IS 'a place'",
  'ddl/core/nodes/user.cypher':
    "// Who signed up.\nCREATE NODE TABLE User (id INT64 DEFAULT nextval('ids'), PRIMARY KEY (id));ALTER TABLE User ADD mail STRING;",
  'ddl/core/sequences/ids.cypher': 'CREATE SEQUENCE ids START 10',
  'ddl/core/types/all.cypher':
    'CREATE TYPE Points AS STRUCT(a Point, b Point[]); CREATE TYPE Point AS STRUCT(x DOUBLE, y DOUBLE)',
};

const DUCKDB = {
  'ddl/core/a.sql': 'CREATE VIEW a AS SELECT z.id, twice(i.id) AS t FROM z_view z JOIN app.item i ON i.id = z.id;',
  'ddl/core/child.sql': 'CREATE TABLE a_child (id INTEGER REFERENCES parent (id), m mood, UNIQUE (m))',
  'ddl/core/macros.sql':
    'CREATE MACRO rows_of(n) AS TABLE SELECT * FROM a LIMIT n; CREATE MACRO twice(x) AS x * two(); CREATE MACRO two() AS 2',
  'ddl/core/parent.sql':
    "CREATE TABLE parent (id INTEGER PRIMARY KEY DEFAULT nextval('s'), CHECK (twice(id) > 0));\nCOMMENT ON COLUMN parent.id IS 'the id';\nCREATE INDEX ix ON app.item (id)",
  'ddl/core/schema.sql':
    "CREATE TABLE app.item (id INTEGER, k app.kind); CREATE TYPE app.kind AS ENUM ('k'); CREATE SCHEMA app;",
  'ddl/core/types.sql': "CREATE SEQUENCE s; CREATE TYPE mood AS ENUM ('a');",
  'ddl/core/z.sql': 'CREATE VIEW z_view AS WITH a AS (SELECT id FROM a_child) SELECT id FROM a',
};

for (const [engine, sources, file] of [
  ['kuzu', KUZU, 'ddl/schema.cypher'],
  ['duckdb', DUCKDB, 'ddl/schema.sql'],
] as const) {
  describe(`a modular schema of ${engine}`, function () {
    this.timeout(60_000);

    it('becomes one file that runs as it stands and is proved to', async () => {
      await withPlace(engine, async ({ context, write, read, run }) => {
        await write(sources);
        const result = await buildSchemaFile(context);
        assert.deepEqual(result.findings.map(String), []);
        assert.deepEqual([result.file, result.changed], [file, true]);
        assert.equal(await read(file), result.text);
        const schema = await run(result.text);
        assert.equal(schema.tables.length, 3);
        assert.equal(schema.macros.length, engine === 'kuzu' ? 2 : 3);
        assert.equal((await buildSchemaFile(context)).changed, false);
      });
    });

    it('is the same schema whatever the files are called, and as a folder of DDL', async () => {
      await withPlace(engine, async ({ dir, context, write, run }) => {
        await write(sources);
        const wanted = await run((await buildSchemaFile(context, { verify: false })).text);
        const [, ending] = file.split('.');
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray(Object.values(sources), { minLength: Object.keys(sources).length }),
            async (texts) => {
              await rm(path.join(dir, 'ddl'), { recursive: true });
              await write(Object.fromEntries(texts.map((text, index) => [`other/${index}.${ending}`, text])));
              const { schema } = await sourceSchema(context, await parseSource(context, 'dir:other'));
              assert.ok(equalSchemas(schema, wanted));
              await write(Object.fromEntries(texts.map((text, index) => [`ddl/core/${index}.${ending}`, text])));
              const built = await buildSchemaFile(context, { verify: false, dry: true });
              assert.ok(equalSchemas(await run(built.text), wanted));
            },
          ),
          { numRuns: 4 },
        );
      });
    });

    it('is what the project wants, whatever the built file says', async () => {
      await withPlace(engine, async ({ context, write, run }) => {
        await write({ ...sources, [file]: 'stale' });
        const texts = (await desiredStatements(context)).map(({ text }) => text);
        const wanted = await run((await buildSchemaFile(context, { dry: true, verify: false })).text);
        assert.ok(equalSchemas(await run(texts.join(';\n')), wanted));
        const { schema } = await sourceSchema(context, await parseSource(context, 'dir:ddl'));
        assert.ok(equalSchemas(schema, wanted));
      });
    });
  });
}

describe('what the engine refuses of a schema', function () {
  this.timeout(60_000);

  it('is told at its place in its own file, and nothing is written', async () => {
    await withPlace('kuzu', async ({ context, write, read }) => {
      await write({
        ...KUZU,
        'ddl/core/nodes/x.cypher': '\n  CREATE NODE TABLE X (id INT64 DEFAULT upper(), PRIMARY KEY (id));',
      });
      const { findings } = await buildSchemaFile(context);
      assert.deepEqual(
        findings.map(({ code, where }) => [code, where.file, where.line, where.column]),
        [['STATEMENT_FAILED', 'ddl/core/nodes/x.cypher', 2, 3]],
      );
      await assert.rejects(read('ddl/schema.cypher'), { code: 'ENOENT' });
    });
    await withPlace('duckdb', async ({ context, write }) => {
      await write({ 'ddl/core/x.sql': 'CREATE TABLE t (x INTEGER);\nCREATE VIEW v AS SELECT *\nFROM gone;' });
      const { findings } = await buildSchemaFile(context);
      assert.deepEqual(
        findings.map(({ code, where }) => [code, where.file, where.line]),
        [['STATEMENT_FAILED', 'ddl/core/x.sql', 3]],
      );
    });
  });

  it('is a function that a macro of Kùzu calls and nobody has', async () => {
    await withPlace('kuzu', async ({ context, write }) => {
      await write({ ...KUZU, 'ddl/core/macros/x.cypher': 'CREATE MACRO f(x) AS\n  upper(x) + `no such`(x) + g(x)' });
      const { findings } = await buildSchemaFile(context);
      assert.deepEqual(
        findings.map(({ code, where, params }) => [code, params.name, where.file, where.line, where.column]),
        [
          ['DDL_UNDEFINED', 'no such', 'ddl/core/macros/x.cypher', 2, 14],
          ['DDL_UNDEFINED', 'g', 'ddl/core/macros/x.cypher', 2, 29],
        ],
      );
      assert.deepEqual((await buildSchemaFile(context, { verify: false })).findings, []);
    });
  });

  it('is a macro that would leave the database unreadable, wherever a schema is read from files', async () => {
    await withPlace('kuzu', async ({ context, write }) => {
      await write({ ...KUZU, 'ddl/core/macros/x.cypher': '\nCREATE MACRO pos(x) AS x > 0' });
      const { findings } = await buildSchemaFile(context);
      const seen = ({ code, params, where }: MigrateError) => [code, params.code, where.file, where.line];
      const expected = ['STATEMENT_DANGEROUS', 'KM308', 'ddl/core/macros/x.cypher', 2];
      assert.deepEqual(findings.map(seen), [expected]);
      await assert.rejects(desiredStatements(context), (error: MigrateError) => {
        assert.deepEqual(seen(error), expected);
        return true;
      });
      const source = await parseSource(context, 'dir:ddl/core/macros');
      await assert.rejects(sourceSchema(context, source), { code: 'STATEMENT_DANGEROUS' });
    });
  });

  it('is no word or type of Kùzu that stands before a bracket', async () => {
    await withPlace('kuzu', async ({ context, write }) => {
      const bodies = [
        '(x + 1) * 2',
        'upper(x)',
        'CASE (x) WHEN (1) THEN (2) ELSE (3) END',
        'CAST(x AS DECIMAL(10, 2)) + 1',
        'CAST(x AS STRUCT(a INT64, b MAP(STRING, DECIMAL(4, 1))))',
        'x IN ([1, 2])',
        'x STARTS WITH (x)',
        'x CONTAINS (x)',
      ];
      await write({
        ...KUZU,
        'ddl/core/macros/x.cypher': bodies.map((body, at) => `CREATE MACRO f${at}(x, y := 3) AS ${body};`).join('\n'),
        'ddl/core/nodes/x.cypher':
          "CREATE NODE TABLE X (id SERIAL PRIMARY KEY, a INT64 DEFAULT (1 + 2), b DECIMAL(4, 1) DEFAULT CAST('1.5' AS DECIMAL(4, 1)));",
      });
      assert.deepEqual((await buildSchemaFile(context)).findings, []);
    });
  });

  it('is no file of the disk: DuckDB gets no access to them', async () => {
    await withPlace('duckdb', async ({ dir, context, write }) => {
      await write({ 'data.csv': 'a,b\n1,2\n' });
      await write({ 'ddl/core/x.sql': `CREATE VIEW v AS SELECT * FROM '${path.join(dir, 'data.csv')}'` });
      const { findings } = await buildSchemaFile(context);
      assert.deepEqual(
        findings.map(({ code }) => code),
        ['STATEMENT_FAILED'],
      );
    });
  });
});

describe('the files of a modular schema', () => {
  it('that are no UTF-8, or lead out of the project, are named, all at once', async () => {
    await withTempDir((outside) =>
      withPlace('kuzu', async ({ dir, context, write }) => {
        await writeFile(path.join(outside, 'x.cypher'), 'CREATE SEQUENCE s');
        await write({ ...KUZU, 'ddl/core/.hidden.cypher': 'no', 'ddl/core/notes.txt': 'no' });
        await writeFile(path.join(dir, 'ddl/core/latin.cypher'), Buffer.from([0x2f, 0x2f, 0xe9]));
        await symlink(path.join(outside, 'x.cypher'), path.join(dir, 'ddl/core/out.cypher'));
        await symlink(outside, path.join(dir, 'ddl/core/outside'));
        await symlink('gone.cypher', path.join(dir, 'ddl/core/dangling.cypher'));
        const { findings } = await buildSchemaFile(context);
        assert.deepEqual(
          findings.map(({ code, where }) => [code, where.file]),
          [
            ['FILE_FAILED', 'ddl/core/dangling.cypher'],
            ['SCRIPT_ENCODING', 'ddl/core/latin.cypher'],
            ['PATH_OUTSIDE_PROJECT', 'ddl/core/out.cypher'],
            ['PATH_OUTSIDE_PROJECT', 'ddl/core/outside'],
          ],
        );
      }),
    );
  });

  it('may be links inside of the project, and a link back to a folder is no endless way', async () => {
    await withPlace('kuzu', async ({ dir, context, write }) => {
      await write({ 'shared/s.cypher': 'CREATE SEQUENCE s', 'ddl/core/nodes/t.cypher': 'CREATE SEQUENCE t' });
      await symlink('../../shared', path.join(dir, 'ddl/core/shared'));
      await symlink('..', path.join(dir, 'ddl/core/nodes/up'));
      const { findings, objects } = await buildSchemaFile(context, { verify: false });
      assert.deepEqual(findings, []);
      assert.deepEqual(
        objects.map(({ name, file }) => [name, file]),
        [
          ['t', 'ddl/core/nodes/t.cypher'],
          ['s', 'ddl/core/shared/s.cypher'],
        ],
      );
    });
  });

  it('are written through a link inside of the project only', async () => {
    await withTempDir((outside) =>
      withPlace('kuzu', async ({ dir, context, write, read }) => {
        await write({ ...KUZU, 'made/schema.cypher': '' });
        await symlink('../made/schema.cypher', path.join(dir, 'ddl/schema.cypher'));
        const { text } = await buildSchemaFile(context, { verify: false });
        assert.equal(await read('made/schema.cypher'), text);
        await rm(path.join(dir, 'ddl/schema.cypher'));
        await writeFile(path.join(outside, 'x'), 'theirs');
        await symlink(path.join(outside, 'x'), path.join(dir, 'ddl/schema.cypher'));
        await assert.rejects(buildSchemaFile(context, { verify: false }), (error) =>
          MigrateError.is(error, 'PATH_OUTSIDE_PROJECT'),
        );
        assert.equal(await readFile(path.join(outside, 'x'), 'utf8'), 'theirs');
      }),
    );
  });

  it('need not be there: then schema.cypher is what is wanted, or the other files but for scripts and checks', async () => {
    await withPlace('kuzu', async ({ dir, context, write }) => {
      await assert.rejects(desiredStatements(context), (error) => MigrateError.is(error, 'DESIRED_SCHEMA_MISSING'));
      await write({
        'ddl/a.cypher': 'CREATE REL TABLE R (FROM N TO N)',
        'ddl/tables/n.cypher': 'CREATE NODE TABLE N (id INT64 PRIMARY KEY)',
        'ddl/migrations/001_x.cypher': 'CREATE SEQUENCE no',
        'ddl/snapshots/v1/schema.cypher': 'CREATE SEQUENCE no',
        'ddl/checks/c.cypher': 'MATCH (n) RETURN n',
        'ddl/dql/q.cypher': 'MATCH (n) RETURN n',
      });
      const wanted = async () => (await desiredStatements(context)).map(({ file }) => file);
      assert.deepEqual(await wanted(), ['ddl/tables/n.cypher', 'ddl/a.cypher']);
      await write({ 'ddl/schema.cypher': 'CREATE SEQUENCE s;' });
      assert.deepEqual(await wanted(), ['ddl/schema.cypher']);
      await write({ 'ddl/schema.cypher': 'MATCH (n) DELETE n' });
      await assert.rejects(wanted(), (error) => MigrateError.is(error, 'STATEMENT_NOT_ALLOWED'));
      await write({ 'ddl/core/nodes/a.cypher': 'CREATE SEQUENCE A; CREATE SEQUENCE a; CREATE SEQUENCE a' });
      await assert.rejects(wanted(), (error) => MigrateError.is(error, 'DDL_INVALID') && error.params.count === 2);
      await rm(path.join(dir, 'ddl/core/nodes/a.cypher'));
    });
  });
});
