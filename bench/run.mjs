#!/usr/bin/env node
// npm run bench [-- --runs N --rows N --write]: every figure as a ratio against the bare engine, paired, in one run.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import * as lib from './lib.mjs';
import { measureMigrations, tableOfMigrations } from './migrations.mjs';
import { measureSchema, tableOfSchema } from './schema.mjs';

const { median, root } = lib;
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    rows: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
    // versions, migrations or schema; all by default
    only: { type: 'string' },
  },
});
const runs = Number(options.runs);
const nodes = Number(options.rows);
const dir = mkdtempSync(path.join(os.tmpdir(), 'kuzu-migrate-bench-'));

const run = (command, args, cwd = dir) => lib.run(command, args, cwd);
const node = (...args) => run(process.execPath, args);
const cli = (...args) => node(path.join(root, 'dist/cli.js'), ...args);
const bare = (...args) => node(path.join(root, 'bench/bare.mjs'), ...args);
const through = (...args) => node(path.join(dir, 'through-us.cjs'), ...args);
const statement = ({ stdout }) => JSON.parse(stdout.trim().split('\n').at(-1)).ms;

/** Peak memory (MB) of the command line, which is the same code as in the editor, without the engine's process. */
function callerPeak(...args) {
  const file = path.join(dir, 'peak');
  const child = spawnSync(
    process.execPath,
    ['--require', path.join(root, 'bench/peak.cjs'), path.join(root, 'dist/cli.js'), ...args],
    {
      cwd: dir,
      encoding: 'utf8',
      env: { ...process.env, KUZU_MIGRATE_PEAK: file },
    },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(readFileSync(file, 'utf8')) / 1024;
}

/** An export of all the rows against an export of an empty database: what the data itself costs the caller. */
function measureMemory(fresh) {
  bare('empty', path.join(dir, 'empty.kuzu'), dir);
  const pairs = Array.from({ length: runs }, () => {
    fresh('migrations');
    const empty = callerPeak('--db', 'empty.kuzu', 'export', '--version', 'empty');
    const full = callerPeak('export', '--version', 'full');
    return [full, empty];
  });
  const row = { full: median(pairs.map(([full]) => full)), empty: median(pairs.map(([, empty]) => empty)) };
  console.log(
    `peak memory of the caller: ${row.full.toFixed(0)} MB with all rows, ${row.empty.toFixed(0)} MB with none`,
  );
  return row;
}

async function makeData() {
  const file = (name) => createWriteStream(path.join(dir, name));
  const [n, r] = [file('n.csv'), file('r.csv')];
  const write = async (stream, text) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
  for (let start = 0; start < nodes; start += 10_000) {
    const lines = [];
    const edges = [];
    for (let id = start; id < Math.min(start + 10_000, nodes); id++) {
      lines.push(`${id},name ${id},${id / 8},${(id * 7919) % 100_003},20${String(id % 25).padStart(2, '0')}-01-15\n`);
      edges.push(`${id},${(id * 31 + 7) % nodes},${id % 97}\n`, `${id},${(id * 17 + 3) % nodes},${id % 89}\n`);
    }
    await write(n, lines.join(''));
    await write(r, edges.join(''));
  }
  for (const stream of [n, r]) {
    stream.end();
    await once(stream, 'finish');
  }
  bare('load', path.join(dir, 'data.kuzu'), dir);
}

const paired = (name, ours, theirs, limit) => lib.paired({ name, runs, ours, theirs, limit, peer: 'bare Kùzu' });

async function main() {
  if (!existsSync(path.join(root, 'dist/cli.js'))) run(process.execPath, [path.join(root, 'scripts/build.mjs')], root);
  const wanted = (part) => options.only === undefined || options.only === part;
  const rows = wanted('migrations') ? await measureMigrations(dir, runs) : [];
  if (options.write && rows.length > 0) writeBlock('migrations', `${about()}\n\n${tableOfMigrations(rows)}`);
  const schema = wanted('schema') ? await measureSchema(dir, runs) : [];
  if (options.write && schema.length > 0) writeBlock('schema', `${about()}\n\n${tableOfSchema(schema)}`);
  rows.push(...schema);
  if (wanted('versions')) rows.push(...(await measureVersions()));
  const missed = rows.filter(lib.isMissed);
  console.log(
    missed.length === 0
      ? 'every figure is within its limit'
      : `over the limit: ${missed.map((row) => row.name).join('; ')}`,
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
}

async function measureVersions() {
  await build({
    entryPoints: [path.join(root, 'bench/through-us.ts')],
    outfile: path.join(dir, 'through-us.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  console.log(`making ${nodes} nodes and ${2 * nodes} rels`);
  await makeData();
  writeFileSync(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases: { dev: { path: 'data.kuzu' } } }));
  const database = path.join(dir, 'data.kuzu');
  const rows = [];
  const fresh = (name) => {
    rmSync(path.join(dir, name), { recursive: true, force: true });
    return path.join(dir, name);
  };
  for (const [format, limit] of [
    ['parquet', 1.2],
    ['csv', 1.35],
  ]) {
    rows.push(
      paired(
        `export ${format}, the statements and what they need to know`,
        () => statement(through('export', database, fresh('out'), format)),
        () => statement(bare('export', database, fresh('out'), format)),
        1.2,
      ),
      paired(
        `export ${format} without a proof, whole process`,
        () => {
          fresh('migrations');
          return cli('export', '--version', 'v1.0.0', '--format', format, '--no-verify').wall;
        },
        () => bare('export', database, fresh('out'), format).wall,
        limit,
      ),
      paired(
        `export ${format} with proof, against export and import, whole processes`,
        () => {
          fresh('migrations');
          return cli('export', '--version', 'v1.0.0', '--format', format).wall;
        },
        () => {
          const out = fresh('out');
          return bare('export', database, out, format).wall + bare('import', fresh('b.kuzu'), out).wall;
        },
        1.4,
      ),
    );
    const version = path.join(dir, 'migrations/v1.0.0');
    rows.push(
      paired(
        `import ${format}, the statements`,
        () => statement(through('import', fresh('a.kuzu'), version)),
        () => statement(bare('import', fresh('b.kuzu'), version)),
        1.05,
      ),
      paired(
        `import ${format} with its fingerprints, whole process`,
        () => {
          fresh('a.kuzu');
          return cli('import', '--version', 'v1.0.0', '--into', 'a.kuzu').wall;
        },
        () => bare('import', fresh('b.kuzu'), version).wall,
        limit,
      ),
    );
  }
  const memory = measureMemory(fresh);
  const bundle = statSync(path.join(root, 'dist/extension.js')).size;
  if (options.write) writeDocument(rows, bundle, memory);
  return rows;
}

function writeDocument(rows, bundle, memory) {
  const table = [
    '| What | kuzu-migrate | bare Kùzu | ratio (median) | least–most | limit |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${(row.ours / 1000).toFixed(2)} s | ${(row.theirs / 1000).toFixed(2)} s | ${row.ratio.toFixed(2)} | ${row.least.toFixed(2)}–${row.most.toFixed(2)} | ${row.limit} |`,
    ),
  ].join('\n');
  writeBlock(
    'bench',
    `${about()}, ${nodes.toLocaleString('en')} nodes and ${(2 * nodes).toLocaleString('en')} rels.\n\n${table}\n\nPeak memory of the caller (the editor's side) during an export: ${memory.full.toFixed(0)} MB with all rows, ${memory.empty.toFixed(0)} MB with an empty database, ratio ${(memory.full / memory.empty).toFixed(2)}.\n\nExtension bundle: ${(bundle / 1000).toFixed(1)} kB (limit 200 kB).`,
  );
}

/** When, how often, and on what. */
function about() {
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${os.platform()} ${os.arch()}`;
  return `${new Date().toISOString().slice(0, 10)}, ${runs} pairs of runs after one that warms up; ${machine}`;
}

function writeBlock(name, text) {
  const file = path.join(root, 'docs/performance.md');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n';
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const at = before.includes(begin) ? before : `${before}\n${begin}${end}\n`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    at.replace(new RegExp(`${begin}[\\s\\S]*${end}`), () => `${begin}\n${text}\n${end}`),
  );
}

try {
  await main();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
