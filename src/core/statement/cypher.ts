import { cypherDdl } from './cypher-ddl';
import { dmlEffects } from './cypher-dml';
import type { Effect, StatementKind } from './facts';
import type { Shape } from './shape';
import type { Tokens } from './tokens';

/** What the two dialects tell apart by their own words. */
export interface Reading {
  readonly kind: StatementKind;
  readonly effects: readonly Effect[];
  readonly transactional?: false;
  readonly repeatable?: 'yes' | 'probe';
  readonly losesData?: true;
}

/** @source measured on Kùzu 0.11.3: the index calls, CHECKPOINT, IMPORT, ATTACH, DETACH and USE have no place in a transaction. */
const CREATES_INDEX = new Set(['create_fts_index', 'create_vector_index', 'create_hnsw_index']);
const DROPS_INDEX = new Set(['drop_fts_index', 'drop_vector_index', 'drop_hnsw_index']);

/** Reads a statement of the Kùzu family. */
export function readCypher(tokens: Tokens, shape: Shape): Reading {
  // EXPLAIN runs nothing; PROFILE runs the statement.
  if (tokens.word(0) === 'explain') return query();
  const at = tokens.word(0) === 'profile' ? 1 : 0;
  const effects: Effect[] = [];
  switch (tokens.word(at)) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return { kind: 'transaction', effects, transactional: false };
    case 'checkpoint':
      return { kind: 'checkpoint', effects, transactional: false, repeatable: 'yes' };
    case 'import':
      return { kind: 'import', effects, transactional: false };
    case 'export':
      return { kind: 'export', effects };
    case 'attach':
    case 'detach':
    case 'use':
      return { kind: 'session', effects, transactional: false };
    case 'install':
    case 'force':
    case 'uninstall':
    case 'update':
      return { kind: 'extension', effects, repeatable: 'yes' };
    case 'load':
      if (tokens.word(at + 1) === 'from' || tokens.word(at + 1) === 'with') break;
      return { kind: 'extension', effects, repeatable: 'yes' };
    case 'copy':
      return readCopy(tokens, at);
    case 'call': {
      const call = readCall(tokens, shape, at);
      if (call) return call;
      break;
    }
    default: {
      const ddl = cypherDdl(tokens, at);
      if (ddl) return ddl;
    }
  }
  return readQuery(tokens, shape);
}

function query(): Reading {
  return { kind: 'query', effects: [], repeatable: 'yes' };
}

function readCopy(tokens: Tokens, at: number): Reading {
  if (tokens.word(at + 1) === '(') return { kind: 'copy', effects: [] };
  return { kind: 'copy', effects: [{ does: 'insert', table: tokens.name(at + 1), bulk: true }] };
}

function readCall(tokens: Tokens, shape: Shape, at: number): Reading | undefined {
  const name = tokens.name(at + 1);
  if (tokens.word(at + 2) === '=') return { kind: 'session', effects: [], repeatable: 'yes' };
  const creates = CREATES_INDEX.has(name);
  if (creates || DROPS_INDEX.has(name)) {
    const index = tokens.string(at + 5) ?? '';
    const effect: Effect = { does: creates ? 'create-index' : 'drop-index', name: index };
    return {
      kind: creates ? 'create-index' : 'drop-index',
      effects: [effect],
      transactional: false,
      repeatable: 'probe',
    };
  }
  const more = shape.top.some((place) => ['return', 'with'].includes(tokens.word(place)));
  return more ? undefined : { kind: 'call', effects: [] };
}

function readQuery(tokens: Tokens, shape: Shape): Reading {
  const { effects, writes } = dmlEffects(tokens, shape);
  if (!writes) return shape.functions.includes('nextval') ? { kind: 'dml', effects } : query();
  const deletes = effects.some(({ does }) => does === 'delete');
  return { kind: 'dml', effects, ...(deletes ? { losesData: true as const } : {}) };
}
