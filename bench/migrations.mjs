// Migrations against the peer and against a bare engine, whole processes, and the figures that stand alone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { paired, root, run, single } from './lib.mjs';

const COUNT = 1000;
const MANY = 10_000;
const cli = path.join(root, 'dist/cli.js');

/** @returns rows for the document */
export async function measureMigrations(dir, runs) {
  const bundle = await bundled(dir);
  const duck = project(
    dir,
    'duckdb',
    COUNT,
    (at) => `CREATE TABLE t${at}(id INTEGER PRIMARY KEY, name VARCHAR, at_time TIMESTAMP)`,
  );
  const kuzu = project(dir, 'kuzu', COUNT, (at) =>
    at === 1 ? 'CREATE NODE TABLE T(id INT64 PRIMARY KEY)' : `ALTER TABLE T ADD c${at} INT64`,
  );
  const statements = path.join(dir, 'statements.json');
  run(process.execPath, [bundle, 'statements', kuzu.folder, statements], dir);
  // A cache of its own: the user's is neither read nor filled.
  const env = { XDG_CACHE_HOME: path.join(dir, 'cache') };
  const ours = ({ place, database }) => {
    for (const name of readdirSync(place)) {
      if (name.startsWith(database)) rmSync(path.join(place, name), { recursive: true });
    }
    return run(process.execPath, [cli, 'up', '--yes'], place, env).wall;
  };
  const fresh = (name) => {
    for (const ending of ['', '.wal']) rmSync(path.join(dir, name + ending), { force: true });
    return path.join(dir, name);
  };
  const rows = [
    paired({
      name: `up, ${COUNT} migrations on DuckDB`,
      peer: 'npm umzug',
      runs,
      limit: 1,
      ours: () => ours(duck),
      theirs: () => run(process.execPath, [path.join(root, 'bench/umzug.mjs'), fresh('peer.db'), duck.plain], dir).wall,
    }),
    paired({
      name: `up, ${COUNT} ALTER migrations on Kùzu`,
      peer: 'the same statements in a bare process',
      runs,
      limit: 1.15,
      ours: () => ours(kuzu),
      theirs: () =>
        run(process.execPath, [path.join(root, 'bench/bare-statements.mjs'), fresh('bare.kuzu'), statements], dir).wall,
    }),
  ];
  for (const [name, one] of [
    ['DuckDB', duck],
    ['Kùzu', kuzu],
  ]) {
    rows.push(
      single({
        name: `status, ${COUNT} applied on ${name}, nothing changed`,
        runs,
        limit: 250,
        unit: 'ms',
        measure: () => run(process.execPath, [cli, 'status', '--json'], one.place, env).wall,
      }),
    );
  }
  const many = project(dir, 'many', MANY, (at) => `CREATE NODE TABLE T${at}(id INT64 PRIMARY KEY)`);
  rows.push(
    single({
      name: `planning with ${MANY.toLocaleString('en')} files: read, hash, compare, plan`,
      runs,
      limit: 300,
      unit: 'ms',
      measure: () => JSON.parse(run(process.execPath, [bundle, 'plan', many.place], dir).stdout).ms,
    }),
  );
  for (const dialect of ['cypher', 'sql']) {
    for (const what of ['scan', 'parse']) {
      rows.push(
        single({
          name: `${what} a ${dialect} script of 20 MB`,
          runs,
          limit: 20,
          atLeast: true,
          unit: 'MB/s',
          measure: () => JSON.parse(run(process.execPath, [bundle, what, dialect], dir).stdout).rate,
        }),
      );
    }
  }
  return rows;
}

async function bundled(dir) {
  const outfile = path.join(dir, 'migrations-of-ours.cjs');
  await build({
    entryPoints: [path.join(root, 'bench/migrations-of-ours.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}

/** A project of one-statement migrations, and the same statements in a folder for the peer. */
function project(dir, engine, count, statement) {
  const place = path.join(dir, engine);
  const [folder, plain] = [path.join(place, 'migrations'), path.join(place, 'plain')];
  mkdirSync(folder, { recursive: true });
  mkdirSync(plain);
  const ending = engine === 'duckdb' ? 'sql' : 'cypher';
  const database = engine === 'duckdb' ? 'app.duckdb' : 'app.kuzu';
  const config = { databases: { dev: { path: database, engine: engine === 'duckdb' ? 'duckdb' : 'kuzu' } } };
  writeFileSync(path.join(place, 'kuzu-migrate.json'), JSON.stringify(config));
  for (let at = 1; at <= count; at++) {
    const name = `${String(at).padStart(5, '0')}_step.${ending}`;
    writeFileSync(path.join(folder, name), `-- UP\n${statement(at)};\n`);
    writeFileSync(path.join(plain, name), `${statement(at)};\n`);
  }
  return { place, folder, plain, database };
}

export function tableOfMigrations(rows) {
  const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
  return [
    '| What | kuzu-migrate | peer | ratio (median) | least–most | limit |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows
      .filter((row) => 'ratio' in row)
      .map(
        (row) =>
          `| ${row.name}, against ${row.peer} | ${seconds(row.ours)} | ${seconds(row.theirs)} | ${row.ratio.toFixed(2)} | ${row.least.toFixed(2)}–${row.most.toFixed(2)} | ${row.limit} |`,
      ),
    '',
    '| What | median | least–most | limit |',
    '| --- | ---: | ---: | ---: |',
    ...rows
      .filter((row) => 'value' in row)
      .map(
        (row) =>
          `| ${row.name} | ${row.value.toFixed(0)} ${row.unit} | ${row.least.toFixed(0)}–${row.most.toFixed(0)} | ${row.atLeast ? 'at least ' : ''}${row.limit} ${row.unit} |`,
      ),
  ].join('\n');
}
