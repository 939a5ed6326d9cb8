// node bench/scan.mjs [--mb N]: how fast scripts are split and parsed, in MB of UTF-8 text a second, the best of five runs.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const SAMPLES = {
  cypher: [
    '// users and their cities\nCREATE NODE TABLE City(name STRING PRIMARY KEY, population INT64 DEFAULT 0);\n',
    "MATCH (u:User {name: 'Ann \\'A\\' Lee'})-[r:lives_in]->(c:City) /* by name */\nSET c.population = c.population + 1;\n",
    'CREATE (:`Quoted Name` {id: 12, text: "a ; b", note: \'日本語の文字列\'});\n\n',
    '-- the next one only adds a column\nALTER TABLE User ADD IF NOT EXISTS address STRING DEFAULT "";\n',
  ],
  sql: [
    '-- users and their cities\nCREATE TABLE city(name VARCHAR PRIMARY KEY, population BIGINT DEFAULT 0);\n',
    "UPDATE \"user\" SET note = 'Ann ''A'' Lee' /* by /* nested */ name */ WHERE id = 12 AND total >= 1.5e3;\n",
    "INSERT INTO city VALUES ('a ; b', 1), (E'it\\'s', 2), ($$x; 'y'$$, 3), ('日本語の文字列', 4);\n\n",
    'CREATE MACRO add_up(a, b := 1) AS a + b::INTEGER;\nALTER TABLE city ADD COLUMN IF NOT EXISTS address VARCHAR;\n',
  ],
};

/** @returns {{dialect: string, scan: number, parse: number}[]} MB a second */
export async function measureScan(megabytes = 20) {
  const file = path.join(os.tmpdir(), `kuzu-migrate-scan-${process.pid}.cjs`);
  try {
    await build({
      stdin: {
        contents: `export { scan } from './src/core/script/scan';\nexport { parseScript } from './src/core/script/parse';`,
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      outfile: file,
      logLevel: 'error',
    });
    const { scan, parseScript } = createRequire(import.meta.url)(file);
    return Object.entries(SAMPLES).map(([dialect, parts]) => {
      const part = parts.join('');
      const text = part.repeat(Math.ceil((megabytes * 1e6) / Buffer.byteLength(part)));
      return {
        dialect,
        scan: rate(text, () => scan(text, dialect).length),
        parse: rate(text, () => parseScript(text, dialect, 'single').up.statements.length),
      };
    });
  } finally {
    rmSync(file, { force: true });
  }
}

function rate(text, work) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const from = performance.now();
    if (work() === 0) throw new Error('no statement was found');
    best = Math.min(best, performance.now() - from);
  }
  return Math.round(Buffer.byteLength(text) / 1e3 / best);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { mb: { type: 'string', default: '20' } } });
  for (const { dialect, scan, parse } of await measureScan(Number(values.mb))) {
    console.log(`${dialect.padEnd(6)}  scan ${scan} MB/s  parseScript ${parse} MB/s`);
  }
}
