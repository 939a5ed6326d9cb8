import type { Reading } from './cypher';
import type { Effect } from './facts';
import { behindBracket } from './shape';
import type { Tokens } from './tokens';

/** Reads CREATE, ALTER, DROP and COMMENT of the Kùzu family; undefined for a CREATE of rows. */
export function cypherDdl(tokens: Tokens, at: number): Reading | undefined {
  switch (tokens.word(at)) {
    case 'create':
      return create(tokens, at + 1);
    case 'alter':
      return tokens.word(at + 1) === 'table' ? alter(tokens, at + 2) : undefined;
    case 'drop':
      return drop(tokens, at + 1);
    case 'comment':
      return { kind: 'comment', effects: [], repeatable: 'yes' };
    default:
      return undefined;
  }
}

function create(tokens: Tokens, at: number): Reading | undefined {
  const what = tokens.word(at);
  // `CREATE type = (a)-[…` is a pattern with a path of that name.
  if (tokens.word(at + 1) === '=') return undefined;
  if (what === 'macro') return { kind: 'create-macro', effects: [] };
  if (what === 'type') return { kind: 'create-type', effects: [] };
  if (what === 'user') return { kind: 'other', effects: [] };
  if (what === 'sequence') {
    return { kind: 'create-sequence', effects: [], ...again(tokens, at + 1) };
  }
  if ((what !== 'node' && what !== 'rel') || tokens.word(at + 1) !== 'table') return undefined;
  const group = tokens.word(at + 2) === 'group' ? 1 : 0;
  const name = skipIf(tokens, at + 2 + group);
  return { kind: 'create-table', effects: tableEffects(tokens, name, what), ...again(tokens, at + 2 + group) };
}

function tableEffects(tokens: Tokens, name: number, what: string): Effect[] {
  const table = tokens.name(name);
  const open = name + 1;
  if (tokens.word(open) !== '(')
    return [
      { does: 'create-table', table },
      { does: 'insert', table, bulk: true },
    ];
  const close = behindBracket(tokens, open);
  const pairs: Effect[] = [];
  let serial = false;
  for (let at = open + 1; at < close; at++) {
    if (what === 'node' && tokens.word(at) === 'serial' && tokens.kind(at - 1) !== 'symbol') serial = true;
    if (what === 'rel' && isPair(tokens, at)) {
      pairs.push({ does: 'add-pair', table, from: tokens.name(at + 1), to: tokens.name(at + 3) });
    }
  }
  const created: Effect = { does: 'create-table', table, ...(serial ? { serial: true as const } : {}) };
  const filled: Effect[] = tokens.word(close) === 'as' ? [{ does: 'insert', table, bulk: true }] : [];
  return [created, ...pairs, ...filled];
}

function alter(tokens: Tokens, at: number): Reading {
  const table = tokens.name(at);
  const kind = 'alter-table';
  const action = tokens.word(at + 1);
  const what = skipIf(tokens, at + 2);
  if (action === 'rename') {
    if (tokens.word(at + 2) === 'to' && at + 4 >= tokens.length) {
      return { kind, effects: [{ does: 'rename-table', table, to: tokens.name(at + 3) }] };
    }
    return { kind, effects: [{ does: 'alter-table', table }] };
  }
  const repeat = again(tokens, at + 2);
  if (isPair(tokens, what)) {
    const pair = { table, from: tokens.name(what + 1), to: tokens.name(what + 3) };
    if (action === 'drop') return { kind, effects: [{ does: 'drop-pair', ...pair }], losesData: true, ...repeat };
    return { kind, effects: [{ does: 'add-pair', ...pair }], ...repeat };
  }
  if (action === 'drop') return { kind, effects: [{ does: 'drop-column', table }], losesData: true, ...repeat };
  return { kind, effects: [{ does: 'add-column', table }], ...repeat };
}

function drop(tokens: Tokens, at: number): Reading {
  const repeat = again(tokens, at + 1);
  const what = tokens.word(at);
  // The engine knows neither. The migrator swaps a file without the object in, together with the note that it is done: what
  // was killed has left nothing.
  if (what === 'macro') return { kind: 'drop-macro', effects: [], transactional: false, repeatable: 'yes' };
  if (what === 'type') return { kind: 'drop-type', effects: [], transactional: false, repeatable: 'yes' };
  if (what === 'sequence') return { kind: 'drop-sequence', effects: [], losesData: true, ...repeat };
  if (what !== 'table') return { kind: 'other', effects: [], losesData: true };
  const table = tokens.name(skipIf(tokens, at + 1));
  return { kind: 'drop-table', effects: [{ does: 'drop-table', table }], losesData: true, ...repeat };
}

/** `FROM a TO b`: a column may be called `from`, but then its type follows, not a name and TO. */
function isPair(tokens: Tokens, at: number): boolean {
  return tokens.word(at) === 'from' && tokens.word(at + 2) === 'to' && tokens.name(at + 3) !== '';
}

/** Behind `IF [NOT] EXISTS`, which may stand at a place. */
function skipIf(tokens: Tokens, at: number): number {
  if (tokens.matches(at, 'if', 'not', 'exists')) return at + 3;
  return tokens.matches(at, 'if', 'exists') ? at + 2 : at;
}

function again(tokens: Tokens, at: number): { repeatable?: 'yes' } {
  return skipIf(tokens, at) === at ? {} : { repeatable: 'yes' };
}
