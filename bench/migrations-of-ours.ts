// Runs parts of ours in a process of its own: statements FOLDER FILE | plan PROJECT | scan DIALECT | parse DIALECT
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { planRun } from '../src/core/migration/plan';
import type { HistoryRow } from '../src/core/migration/types';
import { parseScript } from '../src/core/script/parse';
import { scan } from '../src/core/script/scan';
import { detectFile } from '../src/engine/detect';
import { createHistory, putEvents, putRows, putVersion } from '../src/engine/kuzu/history';
import { loadProject } from '../src/project/discovery';
import { requireDatabase } from '../src/workflow/context';
import { readFiles, situationOf } from '../src/workflow/migrate/situation';

const TABLES = { history: 'migration_history', version: 'schema_version', event: 'migration_event' };
const MEGABYTE = 1_000_000;

/** The statements that a run of these migrations comes to, with rows of the same size. */
function statements(folder: string, file: string): void {
  const at = new Date().toISOString();
  const texts = ['BEGIN TRANSACTION', ...createHistory(TABLES), 'COMMIT'];
  for (const [index, name] of readdirSync(folder).sort().entries()) {
    const script = readFileSync(path.join(folder, name), 'utf8');
    const statement = script.split('\n')[1]?.replace(/;$/, '') ?? '';
    const row: HistoryRow = {
      version: String(index + 1),
      name: 'step',
      appliedAt: at,
      executionMs: 1,
      checksum: 'c'.repeat(64),
      semanticChecksum: 's'.repeat(64),
      upScript: `${statement};\n`,
      downScript: null,
      status: 'success',
      errorMessage: null,
      appliedStatements: 1,
      totalStatements: 1,
      toolVersion: '0.1.0',
      engineVersion: '0.11.3',
      appliedBy: 'somebody@somewhere',
    };
    const event = {
      seq: index + 1,
      at,
      action: 'up',
      version: row.version,
      status: 'success',
      executionMs: 1,
      error: null,
    } as const;
    const records = [
      ...putRows(TABLES, [row]),
      ...putEvents(TABLES, [event]),
      ...putVersion(TABLES, row.version, false, at),
    ];
    texts.push('BEGIN TRANSACTION', statement, ...records.map(({ text }) => text), 'COMMIT');
  }
  writeFileSync(file, JSON.stringify(texts));
}

async function plan(dir: string): Promise<void> {
  const project = await loadProject({ dir, env: {}, detect: detectFile });
  const started = performance.now();
  const context = { project };
  const situation = situationOf(readFiles(context, requireDatabase(project)), undefined);
  const { steps } = planRun(situation.entries, { action: 'up' });
  console.log(JSON.stringify({ ms: performance.now() - started, steps: steps.length }));
}

/** A script as people write them: short statements, strings, comments. */
function script(dialect: string): string {
  const one =
    dialect === 'sql'
      ? `-- a comment about it\nCREATE TABLE "t $"(id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'it''s'); /* and /* so */ on */\nINSERT INTO t VALUES (1, $$a;b$$), (2, 'c;d');\n`
      : "// a comment about it\nCREATE NODE TABLE `t $`(id INT64 PRIMARY KEY, name STRING DEFAULT 'it\\'s'); /* and so on */\nMATCH (a:User)-[r:Follows]->(b:User) WHERE a.name = 'x;y' SET a.seen = true;\n";
  return one.repeat(Math.ceil((20 * MEGABYTE) / one.length));
}

function rate(what: string, dialect: 'cypher' | 'sql'): void {
  const text = script(dialect);
  const started = performance.now();
  const found =
    what === 'scan' ? scan(text, dialect).length : parseScript(text, dialect, 'single').up.statements.length;
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ rate: text.length / MEGABYTE / seconds, found }));
}

const [what, ...rest] = process.argv.slice(2);
const [first = '', second = ''] = rest;
if (what === 'statements') statements(first, second);
else if (what === 'plan') ended(plan(first));
else rate(what ?? '', first as 'cypher' | 'sql');

function ended(work: Promise<void>): void {
  work.catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
