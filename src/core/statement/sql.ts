import type { Reading } from './cypher';
import type { Effect } from './facts';
import type { Shape } from './shape';
import { sqlDdl } from './sql-ddl';
import { sqlName } from './sql-names';
import type { Tokens } from './tokens';

const CHECKPOINTS = ['checkpoint', 'force_checkpoint'];

/** Reads a statement of DuckDB. @source what works in a transaction was measured on DuckDB 1.5.5 */
export function readSql(tokens: Tokens, shape: Shape): Reading {
  const effects: Effect[] = [];
  // EXPLAIN ANALYZE runs the statement.
  if (tokens.word(0) === 'explain' && tokens.word(1) !== 'analyze')
    return { kind: 'query', effects, repeatable: 'yes' };
  const at = tokens.word(0) === 'explain' ? 2 : 0;
  switch (tokens.word(at)) {
    case 'begin':
    case 'start':
    case 'commit':
    case 'end':
    case 'rollback':
    case 'abort':
      return { kind: 'transaction', effects, transactional: false };
    case 'checkpoint':
      return { kind: 'checkpoint', effects, transactional: false, repeatable: 'yes' };
    case 'force':
      if (tokens.word(at + 1) === 'install') return { kind: 'extension', effects, repeatable: 'yes' };
      return { kind: 'checkpoint', effects, transactional: false, repeatable: 'yes' };
    case 'import':
      return { kind: 'import', effects };
    case 'export':
      return { kind: 'export', effects, repeatable: 'yes' };
    case 'attach':
      return { kind: 'session', effects: attached(tokens, at) };
    case 'use':
    case 'detach':
    case 'set':
    case 'reset':
    case 'pragma':
      return { kind: 'session', effects, repeatable: 'yes' };
    case 'install':
    case 'load':
      return { kind: 'extension', effects, repeatable: 'yes' };
    case 'update':
      if (tokens.word(at + 1) === 'extensions') return { kind: 'extension', effects, repeatable: 'yes' };
      break;
    case 'vacuum':
    case 'analyze':
      return { kind: 'other', effects, repeatable: 'yes' };
    case 'call':
    case 'execute':
      if (shape.functions.some((name) => CHECKPOINTS.includes(name))) break;
      return { kind: 'call', effects };
    case 'prepare':
    case 'deallocate':
      return { kind: 'other', effects };
    case 'copy':
      return readCopy(tokens, at);
    default: {
      const ddl = sqlDdl(tokens, shape, at);
      if (ddl) return ddl;
    }
  }
  return readDml(tokens, shape);
}

/** `ATTACH [OR REPLACE] [DATABASE] [IF NOT EXISTS] 'path' [AS name]`; without a name it is that of the file. */
function attached(tokens: Tokens, at: number): Effect[] {
  for (let place = at; place < tokens.length; place++) {
    const path = tokens.string(place);
    if (path === undefined) continue;
    if (tokens.word(place + 1) === 'as') return [{ does: 'attach', name: tokens.name(place + 2) }];
    const file = path.slice(path.search(/[^/\\]*$/));
    return [{ does: 'attach', name: file.replace(/\.[^.]*$/, '').toLowerCase() }];
  }
  return [];
}

function readCopy(tokens: Tokens, at: number): Reading {
  if (tokens.matches(at + 1, 'from', 'database')) return { kind: 'copy', effects: [] };
  const { name, end } = sqlName(tokens, at + 1);
  for (let place = end; place < tokens.length; place++) {
    if (tokens.word(place) === 'from' && name !== '') {
      return { kind: 'copy', effects: [{ does: 'insert', table: name, bulk: true }] };
    }
    if (tokens.word(place) === 'to') break;
  }
  return { kind: 'copy', effects: [], repeatable: 'yes' };
}

/** INSERT, UPDATE, DELETE, TRUNCATE and MERGE, which WITH may stand before; everything else asks. */
function readDml(tokens: Tokens, shape: Shape): Reading {
  const start = shape.top.find((at) => ['insert', 'update', 'delete', 'truncate', 'merge'].includes(tokens.word(at)));
  const first = tokens.word(0);
  if (start === undefined || (start > 0 && first !== 'with' && first !== 'explain')) return readQuery(shape);
  const verb = tokens.word(start);
  let at = start + 1;
  while (['or', 'replace', 'ignore', 'into', 'from', 'table', 'only'].includes(tokens.word(at))) at++;
  const { name: table } = sqlName(tokens, at);
  if (verb === 'insert') return { kind: 'dml', effects: insertEffects(tokens, shape, at, table) };
  if (verb === 'update') return { kind: 'dml', effects: [{ does: 'update', table }] };
  if (verb !== 'merge') return { kind: 'dml', effects: [{ does: 'delete', table }], losesData: true };
  const deletes = shape.top.some((place) => place > at && tokens.word(place) === 'delete');
  const effects: Effect[] = [
    { does: 'insert', table },
    { does: 'update', table },
  ];
  if (!deletes) return { kind: 'dml', effects };
  return { kind: 'dml', effects: [...effects, { does: 'delete', table }], losesData: true };
}

/** An INSERT that may replace rows counts as an UPDATE, too; one whose rows come from a query may have any number. */
function insertEffects(tokens: Tokens, shape: Shape, at: number, table: string): Effect[] {
  const later = (word: string) => shape.top.some((place) => place > at && tokens.word(place) === word);
  const bulk = later('values') ? {} : { bulk: true as const };
  const replaces = tokens.word(at - 2) === 'replace' || tokens.word(at - 1) === 'replace' || later('conflict');
  const inserts: Effect = { does: 'insert', table, ...bulk };
  return replaces ? [inserts, { does: 'update', table }] : [inserts];
}

function readQuery(shape: Shape): Reading {
  if (shape.functions.some((name) => CHECKPOINTS.includes(name))) {
    return { kind: 'checkpoint', effects: [], transactional: false, repeatable: 'yes' };
  }
  if (shape.functions.includes('nextval')) return { kind: 'dml', effects: [] };
  return { kind: 'query', effects: [], repeatable: 'yes' };
}
