import type { Dialect } from '../dialect/dialect';
import type { ScriptStatement } from '../script/script';
import { type Danger, dangersIn, type Guard, guardsOf } from './find';
import type { Entry } from './rule';
import { type Need, needOf, openedState, Session, type SessionState } from './session-state';
import { entriesOf, withoutRenames } from './spans';

export interface Watched {
  readonly dangers: readonly Danger[];
  readonly guards: readonly Guard[];
  /** What has to happen before the statement; in a transaction that is too late, and it can only be refused. */
  readonly need?: Need;
}

/** Looks at statements one by one where the next one is not known yet, as with a migration that is code. */
export class DangerWatch {
  private readonly seen = new Map<string, Alike>();
  private readonly byTable = new Map<string, Alike[]>();
  private count = 0;
  private renames = 0;
  private readonly current: Session;

  constructor(
    private readonly dialect: Dialect,
    private readonly transactional: boolean,
    state: SessionState = openedState(),
  ) {
    this.current = new Session(state);
  }

  /** What the next section starts with. */
  get state(): SessionState {
    return this.current;
  }

  /** Looks at the next statement; the indexes of what is found count the statements from 0. */
  next(statement: ScriptStatement): Watched {
    const index = this.count++;
    const [read] = entriesOf([statement], this.dialect);
    if (read === undefined) return { dangers: [], guards: [] };
    const entry = { ...read, index };
    const before = this.transactional ? this.related(entry) : [];
    const span = { transactional: this.transactional, entries: withoutRenames([...before, entry]) };
    const ignored = (code: string) => statement.ignores.includes(code);
    const dangers = dangersIn([span], this.dialect, ignored).filter((danger) => danger.index === index);
    const guards = this.dialect === 'sql' ? [] : guardsOf([entry]).filter(({ danger }) => !ignored(danger.code));
    // Behind a rename the same name may be another table.
    if (entry.effects.some(({ does }) => does === 'rename-table')) this.renames++;
    const key = JSON.stringify([this.renames, entry.effects]);
    const alike = this.seen.get(key);
    if (alike) alike.last = entry;
    else if (entry.effects.length > 0) {
      const made: Alike = { first: entry };
      this.seen.set(key, made);
      for (const table of tablesOf(entry)) this.byTable.set(table, [...(this.byTable.get(table) ?? []), made]);
    }
    if (this.dialect === 'sql') return { dangers, guards };
    // Within a transaction nothing can stand between two DELETE; a checkpoint follows it (see `wantsCheckpoint`).
    const state = this.transactional ? { ...this.current, unlinked: false } : this.current;
    const need = needOf(state, entry.effects);
    if (need !== undefined && !this.transactional) this.current.settle(need);
    this.current.add(entry);
    return { dangers, guards, ...(need ? { need } : {}) };
  }

  /**
   * Those that a rule may look at together with this one: of its tables, by all of their names, and of none or any. There
   * may be thousands of others, and each statement has its own.
   */
  private related(entry: Entry): Entry[] {
    const found = new Set<Alike>(tablesOf(entry).includes('') ? this.seen.values() : []);
    const tables = new Set(['', ...tablesOf(entry)]);
    for (const table of tables) {
      for (const one of this.byTable.get(table) ?? []) {
        if (found.has(one)) continue;
        found.add(one);
        // What concerns any table leads to no other one.
        if (table !== '') for (const other of tablesOf(one.first)) tables.add(other);
      }
    }
    const entries = [...found].flatMap(({ first, last }) => (last ? [first, last] : [first]));
    return entries.sort((a, b) => a.index - b.index);
  }
}

/** Of statements that do the same to the same tables, the first and the last stand for all: rules ask what came before what. */
interface Alike {
  readonly first: Entry;
  last?: Entry;
}

/** The names of tables in its effects; `''` for a table that is not known, and for ATTACH, which concerns all. */
function tablesOf({ effects }: Entry): string[] {
  return effects.flatMap((effect) => {
    if (!('table' in effect)) return effect.does === 'attach' ? [''] : [];
    return effect.does === 'rename-table' ? [effect.table, effect.to] : [effect.table];
  });
}
