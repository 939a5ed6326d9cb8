import { sqlKey, sqlKeyParts } from '../dialect/sql-names';
import type { Reading } from './cypher';
import type { Effect, StatementKind } from './facts';
import type { Shape } from './shape';
import { skipIfExists, sqlName } from './sql-names';
import type { Tokens } from './tokens';

const MODIFIERS = new Set([
  'temp',
  'temporary',
  'persistent',
  'local',
  'global',
  'unlogged',
  'recursive',
  'materialized',
]);
const CREATED: Readonly<Record<string, StatementKind>> = {
  table: 'create-table',
  view: 'create-view',
  index: 'create-index',
  macro: 'create-macro',
  function: 'create-macro',
  type: 'create-type',
  sequence: 'create-sequence',
};
const DROPPED: Readonly<Record<string, StatementKind>> = {
  table: 'drop-table',
  view: 'drop-view',
  index: 'drop-index',
  sequence: 'drop-sequence',
};

/** Reads CREATE, ALTER, DROP and COMMENT of DuckDB; undefined for everything else. */
export function sqlDdl(tokens: Tokens, shape: Shape, at: number): Reading | undefined {
  switch (tokens.word(at)) {
    case 'create':
      return create(tokens, shape, at + 1);
    case 'alter':
      return alter(tokens, at + 1);
    case 'drop':
      return drop(tokens, at + 1);
    case 'comment':
      return { kind: 'comment', effects: [], repeatable: 'yes' };
    default:
      return undefined;
  }
}

function create(tokens: Tokens, shape: Shape, start: number): Reading {
  const replaces = tokens.matches(start, 'or', 'replace');
  let at = replaces ? start + 2 : start;
  while (MODIFIERS.has(tokens.word(at)) || tokens.word(at) === 'unique') at++;
  const kind = CREATED[tokens.word(at)] ?? 'other';
  const name = skipIfExists(tokens, at + 1);
  const repeat = replaces || name > at + 1 ? { repeatable: 'yes' as const } : {};
  const { name: table, end } = sqlName(tokens, name);
  if (kind === 'create-index') return { kind, effects: indexEffects(tokens, name), ...repeat };
  if (kind !== 'create-table') return { kind, effects: [], ...repeat };
  const filled = shape.top.some((place) => place >= end && tokens.word(place) === 'as');
  const effects: Effect[] = [{ does: 'create-table', table, ...(replaces ? { replaces } : {}) }];
  if (filled) effects.push({ does: 'insert', table, bulk: true });
  return { kind, effects, ...repeat, ...(replaces ? { losesData: true as const } : {}) };
}

/** `CREATE INDEX name ON table …`; the name may be left out. */
function indexEffects(tokens: Tokens, at: number): Effect[] {
  const unnamed = tokens.word(at) === 'on';
  const { name, end } = unnamed ? { name: '', end: at } : sqlName(tokens, at);
  const table = sqlName(tokens, end + 1).name;
  return [
    { does: 'create-index', name },
    { does: 'alter-table', table },
  ];
}

function alter(tokens: Tokens, at: number): Reading {
  if (tokens.word(at) !== 'table') return { kind: 'other', effects: [] };
  const { name: table, end } = sqlName(tokens, skipIfExists(tokens, at + 1));
  const kind = 'alter-table';
  const action = tokens.word(end);
  if (action === 'rename' && tokens.word(end + 1) === 'to') {
    // It stays in its schema, which can't be said once more.
    const to = sqlKey([...sqlKeyParts(table).slice(0, -1), tokens.name(end + 2)]);
    return { kind, effects: [{ does: 'rename-table', table, to }] };
  }
  if (action === 'drop' && tokens.word(end + 1) !== 'constraint') {
    return { kind, effects: [{ does: 'drop-column', table }], losesData: true };
  }
  if (action === 'add' && tokens.word(end + 1) !== 'constraint' && tokens.word(end + 1) !== 'primary') {
    return { kind, effects: [{ does: 'add-column', table }] };
  }
  const change = action === 'alter' ? changeOf(tokens, end) : action === 'add' ? 'constraint' : undefined;
  const rewrites = change === undefined ? {} : { rewrites: true as const };
  // A cast to another type may change values without a word: 1.5 becomes 2.
  const loses = change === 'type' ? { losesData: true as const } : {};
  return { kind, effects: [{ does: 'alter-table', table, ...rewrites }], ...loses };
}

/** What `ALTER [COLUMN] name …` changes, where the rows have to be written or read anew for it. */
function changeOf(tokens: Tokens, alterAt: number): 'type' | 'not null' | undefined {
  const column = tokens.word(alterAt + 1) === 'column' ? alterAt + 2 : alterAt + 1;
  const { end } = sqlName(tokens, column);
  const at = tokens.word(end) === 'set' ? end + 1 : end;
  if (tokens.word(at) === 'type' || tokens.word(at) === 'data') return 'type';
  return at > end && tokens.matches(at, 'not', 'null') ? 'not null' : undefined;
}

function drop(tokens: Tokens, at: number): Reading {
  const what = tokens.word(at);
  const kind = DROPPED[what] ?? 'other';
  const place = skipIfExists(tokens, at + 1);
  const repeat = place > at + 1 ? { repeatable: 'yes' as const } : {};
  const { name } = sqlName(tokens, place);
  if (kind === 'drop-table')
    return { kind, effects: [{ does: 'drop-table', table: name }], losesData: true, ...repeat };
  if (kind === 'drop-index') return { kind, effects: [{ does: 'drop-index', name }], ...repeat };
  const loses = what === 'sequence' || what === 'schema' ? { losesData: true as const } : {};
  return { kind, effects: [], ...loses, ...repeat };
}
