import assert from 'node:assert/strict';
import path from 'node:path';
import { CatalogFormatError } from '../../src/core/catalog/errors';
import { catalogRange } from '../../src/core/catalog/locate';
import { readCatalog } from '../../src/core/catalog/read';
import { schemaOfCatalog } from '../../src/core/catalog/to-schema';
import { catalogBytes, catalogOf } from '../support/catalog-of';
import { queryKuzu, withTempDir } from '../support/kuzu-script';

/** The catalog of a database in which these statements ran, one session a list. */
async function catalogAfter(...sessions: string[][]) {
  return withTempDir(async (dir) => {
    const file = path.join(dir, 'db');
    await queryKuzu(sessions.map((statements) => ({ path: file, statements })));
    return catalogOf(file);
  });
}

describe('the catalog inside a database file', () => {
  it('has node tables with their types in the spelling of table_info', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'db');
      const types = [
        'BOOL INT8 INT16 INT32 INT64 INT128 UINT8 UINT16 UINT32 UINT64 FLOAT DOUBLE DATE TIMESTAMP TIMESTAMP_SEC',
        'TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP_TZ INTERVAL STRING BLOB UUID JSON SERIAL',
      ].flatMap((line) => line.split(' '));
      types.push('DECIMAL(12,3)', 'INT64[]', 'STRING[][]', 'FLOAT[4]', 'INT64[2][]', 'MAP(STRING, INT64[])');
      types.push(
        'STRUCT(a INT64, b STRUCT(c DATE, d DECIMAL(4,1)[]))',
        'UNION(n INT64, s STRING)',
        'MAP(INT64,UNION(x INT8))',
      );
      const columns = types.map((type, index) => `c${index} ${type}`).join(', ');
      const [answers] = await queryKuzu([
        {
          path: file,
          statements: [
            `CREATE NODE TABLE T(${columns}, id STRING PRIMARY KEY)`,
            "COMMENT ON TABLE T IS 'it''s'".replace("it''s", "it\\'s"),
            "CALL table_info('T') RETURN *",
          ],
        },
      ]);
      const [table] = (await catalogOf(file)).nodeTables;
      assert.deepEqual(
        table?.columns.map((column) => [column.name, column.type]),
        answers?.[2]?.map((row) => [row.name, row.type]),
      );
      assert.equal(table?.primaryKey, 'id');
      assert.equal(table?.comment, "it's");
      assert.equal(table?.columns.find((column) => column.type === 'SERIAL')?.serialSequence, 'T_c23_serial');
    });
  });

  it('has rel tables with connections, multiplicity and storage direction, also without any column', async () => {
    const catalog = await catalogAfter([
      'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
      'CREATE NODE TABLE B(id INT64 PRIMARY KEY)',
      'CREATE REL TABLE R(FROM A TO B, FROM B TO A, since DATE, MANY_ONE)',
      "CREATE REL TABLE S(FROM A TO A) WITH (storage_direction='fwd')",
      "CREATE REL TABLE U(FROM A TO A, ONE_MANY) WITH (storage_direction='bwd')",
      "COMMENT ON TABLE S IS 'forward only'",
    ]);
    const schema = schemaOfCatalog(catalog);
    assert.deepEqual(schema.tables.slice(2), [
      {
        kind: 'rel',
        name: 'R',
        columns: [{ name: 'since', type: 'DATE' }],
        connections: [
          { from: 'A', to: 'B' },
          { from: 'B', to: 'A' },
        ],
        multiplicity: 'MANY_ONE',
        storageDirection: 'both',
      },
      {
        kind: 'rel',
        name: 'S',
        columns: [],
        connections: [{ from: 'A', to: 'A' }],
        multiplicity: 'MANY_MANY',
        storageDirection: 'fwd',
        comment: 'forward only',
      },
      {
        kind: 'rel',
        name: 'U',
        columns: [],
        connections: [{ from: 'A', to: 'A' }],
        multiplicity: 'ONE_MANY',
        storageDirection: 'bwd',
      },
    ]);
  });

  it('has defaults with their parentheses and signs, which table_info has not', async () => {
    const catalog = await catalogAfter([
      'CREATE SEQUENCE sq',
      `CREATE NODE TABLE T(id INT64 PRIMARY KEY, a INT64 DEFAULT -5, b DOUBLE DEFAULT (1 + 2) * -3.5,
        c STRING DEFAULT 'it\\'s', d INT64 DEFAULT nextval('sq'), e INT64[] DEFAULT [1, -2], f BOOL DEFAULT true,
        g INT64 DEFAULT NULL, h DATE DEFAULT date('2020-01-01'), i SERIAL,
        j INT128 DEFAULT -170141183460469231731687303715884105728, k DOUBLE DEFAULT 1e3,
        l STRUCT(x INT64, y STRING) DEFAULT {x: 1, y: 'a'}, m TIMESTAMP DEFAULT CAST('2020-01-01 00:00:00' AS TIMESTAMP))`,
      "ALTER TABLE T ADD n STRING DEFAULT '日本'",
    ]);
    const defaults = catalog.nodeTables[0]?.columns.map((column) => column.default);
    assert.deepEqual(defaults, [
      undefined,
      '-5',
      '(1 + 2) * -3.5',
      "'it\\'s'",
      "nextval('sq')",
      '[1, -2]',
      'true',
      undefined,
      "date('2020-01-01')",
      undefined,
      '-170141183460469231731687303715884105728',
      '1e3',
      "{x: 1, y: 'a'}",
      "CAST('2020-01-01 00:00:00' AS TIMESTAMP)",
      "'日本'",
    ]);
  });

  it('has sequences with what was used of them, and tells those of SERIAL columns', async () => {
    const catalog = await catalogAfter([
      'CREATE SEQUENCE unused START 5',
      'CREATE SEQUENCE used INCREMENT -2 MAXVALUE 9 MINVALUE -9223372036854775808 START 9 CYCLE',
      "RETURN nextval('used')",
      "RETURN nextval('used')",
      'CREATE NODE TABLE T(id SERIAL PRIMARY KEY)',
      'ALTER TABLE T RENAME TO U',
    ]);
    assert.deepEqual(
      catalog.sequences.map(({ name, usageCount, current, hasParent }) => ({ name, usageCount, current, hasParent })),
      [
        { name: 'unused', usageCount: 0n, current: 5n, hasParent: false },
        { name: 'used', usageCount: 2n, current: 7n, hasParent: false },
        { name: 'T_id_serial', usageCount: 0n, current: 0n, hasParent: true },
      ],
    );
    assert.equal(catalog.nodeTables[0]?.columns[0]?.serialSequence, 'T_id_serial');
    assert.deepEqual(schemaOfCatalog(catalog).sequences, [
      { name: 'unused', start: '5', increment: '1', min: '1', max: '9223372036854775807', cycle: false },
      { name: 'used', start: '9', increment: '-2', min: '-9223372036854775808', max: '9', cycle: true },
    ]);
  });

  it('has user types and indexes, and leaves out what an index brings along', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'db');
      await queryKuzu([
        {
          path: file,
          statements: [
            'CREATE TYPE Money AS DECIMAL(10, 2)',
            'CREATE TYPE Pair AS STRUCT(a Money, b STRING[])',
            'CREATE NODE TABLE T(id INT64 PRIMARY KEY, s STRING, w STRING, v FLOAT[3], p Pair)',
            "CALL CREATE_FTS_INDEX('T', 'words', ['s', 'w'], stemmer := 'none')",
            "CALL CREATE_FTS_INDEX('T', 'digits', ['s'], ignore_pattern := '[0-9]+')",
            "CALL CREATE_FTS_INDEX('T', 'gone', ['w'])",
            "CALL CREATE_VECTOR_INDEX('T', 'near', 'v', mu := 10, metric := 'l2', alpha := 1.25)",
            "CALL DROP_FTS_INDEX('T', 'gone')",
            'ALTER TABLE T RENAME TO Text',
            'ALTER TABLE Text RENAME w TO wide',
          ],
        },
      ]);
      const [[shown = []] = []] = await queryKuzu([{ path: file, statements: ['CALL show_indexes() RETURN *'] }]);
      const schema = schemaOfCatalog(await catalogOf(file));
      assert.deepEqual(schema.types, [
        { name: 'Money', definition: 'DECIMAL(10, 2)' },
        { name: 'Pair', definition: 'STRUCT(a DECIMAL(10, 2), b STRING[])' },
      ]);
      assert.deepEqual(
        schema.tables.map((table) => [table.name, table.columns.map((column) => column.type)]),
        [['Text', ['INT64', 'STRING', 'STRING', 'FLOAT[3]', 'STRUCT(a DECIMAL(10, 2), b STRING[])']]],
      );
      assert.deepEqual(schema.macros, []);
      assert.deepEqual(schema.sequences, []);
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      const engines = shown.map((row) => ({
        name: String(row.index_name),
        table: row.table_name,
        type: row.index_type,
        columns: row.property_names,
        // The engine leaves the pattern out, so that its own text makes another index.
        definition: String(row.index_definition).replace(
          /\);$/,
          row.index_name === 'digits' ? ", ignore_pattern := '[0-9]+')" : ')',
        ),
      }));
      assert.deepEqual([...schema.indexes].sort(byName), engines.sort(byName));
    });
  });

  it('follows renames, added and dropped columns and connections', async () => {
    const catalog = await catalogAfter(
      [
        'CREATE NODE TABLE `my T`(`my id` STRING PRIMARY KEY, a INT64, b INT64)',
        'CREATE NODE TABLE U(id INT64 PRIMARY KEY)',
        'CREATE REL TABLE R(FROM U TO U, w INT64)',
      ],
      [
        'ALTER TABLE `my T` DROP a',
        'ALTER TABLE `my T` ADD c STRING[]',
        'ALTER TABLE `my T` RENAME `my id` TO `key`',
        'ALTER TABLE `my T` RENAME TO `日本`',
        'ALTER TABLE R ADD FROM `日本` TO U',
        'ALTER TABLE R DROP FROM U TO U',
        'DROP SEQUENCE IF EXISTS nothing',
      ],
    );
    assert.deepEqual(schemaOfCatalog(catalog), {
      tables: [
        {
          kind: 'node',
          name: '日本',
          columns: [
            { name: 'key', type: 'STRING' },
            { name: 'b', type: 'INT64' },
            { name: 'c', type: 'STRING[]' },
          ],
          primaryKey: 'key',
        },
        { kind: 'node', name: 'U', columns: [{ name: 'id', type: 'INT64' }], primaryKey: 'id' },
        {
          kind: 'rel',
          name: 'R',
          columns: [{ name: 'w', type: 'INT64' }],
          connections: [{ from: '日本', to: 'U' }],
          multiplicity: 'MANY_MANY',
          storageDirection: 'both',
        },
      ],
      sequences: [],
      macros: [],
      indexes: [],
      types: [],
    });
  });

  it('is whole when it spans many pages', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `T${index}_${'x'.repeat(90)}`);
    const catalog = await catalogAfter([
      `CREATE MACRO big(x) AS x + '${'日本'.repeat(5000)}'`,
      ...names.map((name) => `CREATE NODE TABLE ${name}(id INT64 PRIMARY KEY, s STRUCT(a INT64, b STRING))`),
    ]);
    assert.deepEqual(
      catalog.nodeTables.map((table) => table.name),
      names,
    );
    assert.equal(catalog.macros[0]?.body, `x + '${'日本'.repeat(5000)}'`);
  });

  it('is empty for a database without any object', async () => {
    const empty = { nodeTables: [], relTables: [], sequences: [], macros: [], indexes: [] };
    const { types, ...rest } = await catalogAfter([]);
    assert.deepEqual(rest, empty);
    assert.ok(types.every((type) => type.definition === type.name));
    assert.deepEqual(catalogRange(new Uint8Array(0)), { offset: 0, bytes: 0 });
    assert.deepEqual(readCatalog(new Uint8Array(0)), { ...empty, types: [] });
  });

  it('reads a file that the engine itself can no longer open', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'db');
      await queryKuzu([{ path: file, statements: ['CREATE MACRO positive(x) AS x > 0'] }]);
      await assert.rejects(queryKuzu([{ path: file, statements: ['RETURN 1 AS x'] }]), /KU_UNREACHABLE/);
      const { macros } = await catalogOf(file);
      assert.deepEqual(
        macros.map(({ name, parameters, body }) => ({ name, parameters, body })),
        [{ name: 'POSITIVE', parameters: 'x', body: 'x > 0' }],
      );
    });
  });
});

describe('bytes that are no catalog', () => {
  const code = (expected: string) => (error: unknown) => error instanceof CatalogFormatError && error.code === expected;

  it('are told by the header: another format, another engine, another storage version', () => {
    assert.throws(() => catalogRange(new TextEncoder().encode('SQLite format 3')), code('NOT_KUZU'));
    assert.throws(() => catalogRange(new Uint8Array([0x4c, 0x42, 0x55, 0x47, 43, 0, 0, 0])), code('NOT_KUZU'));
    assert.throws(() => catalogRange(new Uint8Array([0x4b, 0x55, 0x5a, 0x55, 38, 0, 0, 0])), code('STORAGE_VERSION'));
    assert.throws(() => catalogRange(new Uint8Array([0x4b, 0x55, 0x5a, 0x55, 39, 0, 0, 0])), code('MALFORMED'));
  });

  it('end in an error, never in a hang or a full memory, wherever a real catalog is damaged', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'db');
      await queryKuzu([
        {
          path: file,
          statements: [
            'CREATE NODE TABLE T(id SERIAL PRIMARY KEY, s STRUCT(a INT64[], b MAP(STRING, DECIMAL(4, 1))))',
            'CREATE REL TABLE R(FROM T TO T, w INT64 DEFAULT 1 + 2)',
            'CREATE MACRO m(x, y := 3) AS CASE x WHEN 1 THEN y ELSE -x END',
          ],
        },
      ]);
      const bytes = await catalogBytes(file);
      const end = bytes.findLastIndex((byte) => byte !== 0);
      for (let length = 0; length < end; length += 7) {
        if (length > 0) assert.throws(() => readCatalog(bytes.subarray(0, length)), CatalogFormatError);
      }
      for (let at = 0; at < end; at++) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = 0xff;
        try {
          readCatalog(damaged);
        } catch (error) {
          assert.ok(error instanceof CatalogFormatError, String(error));
        }
      }
    });
  });
});
