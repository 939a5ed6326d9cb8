// The figures of schema as code: the diff and the canonical text in core, and a whole generate.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root, run, single } from './lib.mjs';

const TABLES = 200;

/** @returns rows as `single` gives them */
export async function measureSchema(dir, runs) {
  const bundle = await bundled(dir, 'schema-of-ours');
  // A cache of an earlier run would leave out the replay.
  const env = { XDG_CACHE_HOME: path.join(dir, 'cache') };
  const of = (...args) => JSON.parse(run(process.execPath, [bundle, ...args], dir, env).stdout);
  const rows = [];
  for (const [tables, limit] of [
    [1000, 50],
    [10_000, 500],
  ]) {
    rows.push(
      single({
        name: `diff and canonical text of ${tables.toLocaleString('en')} tables with 20 columns, warm`,
        runs,
        limit,
        unit: 'ms',
        measure: () => of('core', String(tables)).ms,
      }),
    );
  }
  for (const engine of ['kuzu', 'duckdb']) {
    const place = project(dir, engine);
    rows.push(
      single({
        name: `generate on ${TABLES} tables of ${engine === 'kuzu' ? 'Kùzu' : 'DuckDB'}, warm`,
        runs,
        limit: 3000,
        unit: 'ms',
        measure: () => of('generate', place).ms,
      }),
    );
  }
  return [...rows, ...(await measureDangers(dir, runs))];
}

/**
 * Whether a script of ten times the statements takes ten times the time, and what a larger heap costs: looking that takes
 * the square of it would take a hundred times.
 */
export async function measureDangers(dir, runs) {
  const bundle = await bundled(dir, 'dangers-of-ours');
  const ms = (dialect, statements) =>
    JSON.parse(run(process.execPath, [bundle, dialect, String(statements)], dir).stdout).ms;
  return ['cypher', 'sql'].map((dialect) =>
    single({
      name: `looking for dangers in 10,000 ${dialect} statements, against 1,000`,
      runs,
      limit: 30,
      unit: 'times',
      measure: () => ms(dialect, 10_000) / ms(dialect, 1000),
    }),
  );
}

async function bundled(dir, name) {
  const outfile = path.join(dir, `${name}.mjs`);
  await build({
    entryPoints: [path.join(root, `bench/${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    // What is CommonJS in it asks for `require`.
    banner: { js: "import { createRequire as made } from 'node:module'; const require = made(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}

/** Migrations that make the tables, and a desired schema in which every tenth has a column more. */
function project(dir, engine) {
  const place = path.join(dir, `generate-${engine}`);
  const ending = engine === 'duckdb' ? 'sql' : 'cypher';
  mkdirSync(path.join(place, 'migrations'), { recursive: true });
  mkdirSync(path.join(place, 'ddl'));
  writeFileSync(
    path.join(place, 'kuzu-migrate.json'),
    JSON.stringify({ databases: { dev: { path: 'app.db', engine } } }),
  );
  const table = (at, more) =>
    engine === 'duckdb'
      ? `CREATE TABLE T${at}(id BIGINT PRIMARY KEY, name VARCHAR, size INTEGER DEFAULT 1${more ? ', extra BIGINT' : ''});\n`
      : `CREATE NODE TABLE T${at}(id INT64, name STRING, size INT32 DEFAULT 1${more ? ', extra INT64' : ''}, PRIMARY KEY(id));\n`;
  const all = (more) => Array.from({ length: TABLES }, (_, at) => table(at, more && at % 10 === 0)).join('');
  writeFileSync(path.join(place, 'migrations', `001_first.${ending}`), `-- UP\n${all(false)}`);
  writeFileSync(path.join(place, 'ddl', `schema.${ending}`), all(true));
  return place;
}

export function tableOfSchema(rows) {
  return [
    '| What | median | least–most | limit |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.value.toFixed(0)} ${row.unit} | ${row.least.toFixed(0)}–${row.most.toFixed(0)} | ${row.limit} ${row.unit} |`,
    ),
  ].join('\n');
}
