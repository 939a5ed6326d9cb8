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
  // Of statements that do the same to the same tables the first stands for all.
  private readonly seen = new Map<string, Entry>();
  private count = 0;
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
    const before = this.transactional ? [...this.seen.values()] : [];
    const span = { transactional: this.transactional, entries: withoutRenames([...before, entry]) };
    const ignored = (code: string) => statement.ignores.includes(code);
    const dangers = dangersIn([span], this.dialect, ignored).filter((danger) => danger.index === index);
    const guards = this.dialect === 'sql' ? [] : guardsOf([entry]).filter(({ danger }) => !ignored(danger.code));
    const key = JSON.stringify(entry.effects);
    if (entry.effects.length > 0 && !this.seen.has(key)) this.seen.set(key, entry);
    if (this.dialect === 'sql') return { dangers, guards };
    // Within a transaction nothing can stand between two DELETE; a checkpoint follows it (see `wantsCheckpoint`).
    const state = this.transactional ? { ...this.current, unlinked: false } : this.current;
    const need = needOf(state, entry.effects);
    if (need !== undefined && !this.transactional) this.current.settle(need);
    this.current.add(entry);
    return { dangers, guards, ...(need ? { need } : {}) };
  }
}
