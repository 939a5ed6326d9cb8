import type { Effect } from '../statement/facts';
import { meets } from './pairs';
import type { Entry } from './rule';

/**
 * What an open Kùzu database carries from one migration to the next, and a checkpoint or a reopening sets back. Names
 * are folded; `''` stands for a table that is not known.
 */
export interface SessionState {
  /** Since the last checkpoint: tables with new or changed rows, and tables that lost a column. */
  readonly written: ReadonlySet<string>;
  readonly lostColumn: ReadonlySet<string>;
  /** Since the last checkpoint: relationships may have been deleted. */
  readonly unlinked: boolean;
  /** Since the database was opened: tables that lost a column. */
  readonly lostSinceOpen: ReadonlySet<string>;
  /** The file was opened with a WAL of an earlier process: anything may be in it. */
  readonly replayed: boolean;
}

/**
 * The state of a database that was just opened.
 * @param replayed whether a WAL lay beside it, which a killed process leaves.
 */
export function openedState(replayed = false): SessionState {
  return { written: new Set(), lostColumn: new Set(), unlinked: false, lostSinceOpen: new Set(), replayed };
}

/** What a statement needs before it: the database closed and opened, or a checkpoint. */
export type Need = 'reopen' | 'checkpoint';

/**
 * @source measured on Kùzu 0.11.3: with rows written and a column dropped in the same table since the last checkpoint,
 * in either order, the next checkpoint ends the process, and every later one too; a COPY that fails after rows were
 * written ends it as well; ADD FROM on a table that lost a column since the opening ends it at once. DETACH DELETE of a
 * node that lost a relationship since the last checkpoint, with it or with the node at its other end, is replayed wrong
 * after a kill: another relationship is gone in one of its two directions, and a SET on it leaves a database that can't
 * be opened any more (`csr_node_group.cpp … KU_UNREACHABLE`).
 */
export function needOf(state: SessionState, effects: readonly Effect[]): Need | undefined {
  const hits = (set: ReadonlySet<string>, effect: Effect) => 'table' in effect && meets(set, effect.table);
  let need: Need | undefined;
  for (const effect of effects) {
    const pair = effect.does === 'add-pair' && hits(state.lostSinceOpen, effect);
    if (pair || (state.replayed && 'table' in effect && effect.does !== 'create-table')) return 'reopen';
    if (effect.does === 'delete' && effect.detach && state.unlinked) need = 'checkpoint';
    const writes = effect.does === 'insert' || effect.does === 'update';
    if (effect.does === 'drop-column' && hits(state.written, effect)) need = 'checkpoint';
    if (writes && hits(state.lostColumn, effect)) need = 'checkpoint';
    if (effect.does === 'insert' && effect.bulk && hits(state.written, effect)) need = 'checkpoint';
  }
  return need;
}

/** The state after the database was closed and opened, or after a checkpoint. */
export function settled(state: SessionState, need: Need): SessionState {
  return need === 'reopen' ? openedState() : { ...openedState(state.replayed), lostSinceOpen: state.lostSinceOpen };
}

/**
 * A state that goes on with one statement after the other. It has sets of its own, so that the state that it began with stays
 * what it is, and a script of many thousand tables costs no copy of them a statement.
 */
export class Session implements SessionState {
  readonly written: Set<string>;
  readonly lostColumn: Set<string>;
  readonly lostSinceOpen: Set<string>;
  unlinked: boolean;
  replayed: boolean;

  constructor(state: SessionState) {
    this.written = new Set(state.written);
    this.lostColumn = new Set(state.lostColumn);
    this.lostSinceOpen = new Set(state.lostSinceOpen);
    this.unlinked = state.unlinked;
    this.replayed = state.replayed;
  }

  /** As {@link settled}. */
  settle(need: Need): void {
    this.written.clear();
    this.lostColumn.clear();
    this.unlinked = false;
    if (need === 'checkpoint') return;
    this.lostSinceOpen.clear();
    this.replayed = false;
  }

  /** A statement has run. */
  add({ facts }: Pick<Entry, 'facts'>): void {
    // It has no effects besides.
    if (facts.kind === 'checkpoint') this.settle('checkpoint');
    if (facts.effects.some(({ does }) => does === 'delete')) this.unlinked = true;
    for (const effect of facts.effects) {
      if (effect.does === 'insert' || effect.does === 'update') this.written.add(effect.table);
      if (effect.does === 'drop-column') {
        this.lostColumn.add(effect.table);
        this.lostSinceOpen.add(effect.table);
      }
      if (effect.does !== 'rename-table') continue;
      for (const set of [this.written, this.lostColumn, this.lostSinceOpen]) {
        if (set.delete(effect.table)) set.add(effect.to);
      }
    }
  }
}
