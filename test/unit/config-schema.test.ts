import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { parseConfig } from '../../src/project/config';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const schema = JSON.parse(readFileSync(path.join(root, 'schemas/kuzu-migrate.schema.json'), 'utf8'));
// The keywords that only VS Code's completion reads.
const ajv = new Ajv({
  keywords: ['allowComments', 'allowTrailingCommas', 'defaultSnippets', 'enumDescriptions'],
  strictTypes: false,
});
const validate = ajv.compile(schema);

function parses(config: unknown): boolean {
  try {
    parseConfig(JSON.stringify(config), 'kuzu-migrate.json');
    return true;
  } catch (error) {
    if (!MigrateError.is(error, 'CONFIG_INVALID')) throw error;
    return false;
  }
}

/** A JSON Schema can't say that one value names a key of another. */
function defaultIsUnknown(config: unknown): boolean {
  const { default: name, databases } = (config ?? {}) as { default?: unknown; databases?: unknown };
  return (
    typeof name === 'string' && typeof databases === 'object' && databases !== null && !Object.hasOwn(databases, name)
  );
}

function assertAgree(config: unknown): void {
  if (defaultIsUnknown(config)) assert.equal(parses(config), false);
  else assert.equal(parses(config), validate(config), JSON.stringify(config));
}

const databases = { dev: { path: 'data/app.kuzu' } };

describe('the JSON Schema of kuzu-migrate.json', () => {
  it('accepts the configuration of the documentation', () => {
    const config = {
      $schema: './x.json',
      engine: 'kuzu',
      default: 'dev',
      databases: { dev: { path: 'a', engine: 'duckdb', protected: false, readOnly: true, memoryMB: 512 } },
      migrations: 'migrations',
      versions: 'migrations',
      ddl: 'ddl',
      checks: 'ddl/checks',
      queries: 'dql',
      backups: { dir: 'backups', keep: 10 },
      backupBefore: 'risky',
      historyTable: 'migration_history',
      plugins: ['./rules.js'],
    };
    assert.ok(validate(config));
    assertAgree(config);
  });

  const cases: readonly unknown[] = [
    {},
    [],
    null,
    'text',
    7,
    { databases },
    { databases: {} },
    { databases: [] },
    { databases: null },
    { databases: { dev: 'data/app.kuzu' } },
    { databases: { dev: {} } },
    { databases: { dev: { path: '' } } },
    { databases: { dev: { path: 1 } } },
    { databases: { dev: { path: 'a', file: 'b' } } },
    { databases: { dev: { path: 'a', memoryMB: 63 } } },
    { databases: { dev: { path: 'a', memoryMB: 64 } } },
    { databases: { dev: { path: 'a', memoryMB: 64.5 } } },
    { databases: { dev: { path: 'a', memoryMB: 1e300 } } },
    { databases: { dev: { path: 'a', protected: 'yes' } } },
    { databases: { dev: { path: 'a', engine: 'sqlite' } } },
    { databases, engine: 'Kuzu' },
    { databases, backups: { keep: 0 } },
    { databases, backups: { keep: 1, older: 2 } },
    { databases, backups: [] },
    { databases, plugins: [''] },
    { databases, plugins: [] },
    { databases, backupBefore: 'always' },
    { databases, backupBefore: 'sometimes' },
    { databases, backupBefore: true },
    { databases, plugins: 'x' },
    { databases, historyTable: '1x' },
    { databases, historyTable: 'x-y' },
    { databases, historyTable: 'x\n' },
    { databases, default: 'prod' },
    { databases, default: 1 },
    { databases, unknown: 1 },
    { databases, migrations: '' },
  ];
  for (const config of cases) {
    it(`agrees with the parser on ${JSON.stringify(config)}`, () => assertAgree(config));
  }

  it('agrees with the parser on whatever is put where', () => {
    const value = fc.oneof(
      fc.constantFrom('kuzu', 'duckdb', 'dev', 'never', '', 'x_y', '1x', true, false, null, 0, 1, 63, 64, 1.5, 1e300),
      fc.array(fc.constantFrom('a', '', 1), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('dir', 'keep', 'x'), fc.constantFrom('', 'a', 0, 1, 2.5), { maxKeys: 2 }),
    );
    const keys = Object.keys(schema.properties);
    const entry = fc.dictionary(fc.constantFrom(...Object.keys(schema.definitions.database.properties), 'x'), value);
    const config = fc.record(
      {
        databases: fc.oneof(fc.dictionary(fc.constantFrom('dev', 'x_y'), fc.oneof(entry, value)), value),
        rest: fc.dictionary(fc.constantFrom(...keys, 'x'), value, { maxKeys: 3 }),
      },
      { requiredKeys: ['rest'] },
    );
    fc.assert(
      fc.property(config, ({ databases: some, rest }) => {
        assertAgree(some === undefined ? rest : { ...rest, databases: some });
      }),
      { numRuns: 2000 },
    );
  });

  it('describes every key for the completion', () => {
    const objects = [schema, schema.definitions.database, schema.properties.backups];
    for (const { properties } of objects) {
      for (const [key, property] of Object.entries<{ description?: string }>(properties)) {
        assert.ok((property.description ?? '').length > 10, key);
      }
    }
  });
});
