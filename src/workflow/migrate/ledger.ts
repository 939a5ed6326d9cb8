import { compareIds, parseId } from '../../core/migration/id';
import { isHalfDone } from '../../core/migration/state';
import type { History, HistoryEvent, HistoryRow, HistoryTables, MigrationId } from '../../core/migration/types';
import type { Driver, Statement } from '../../engine/driver';

/** One migration's new state, and the event that tells of it. */
export interface Change {
  readonly action: HistoryEvent['action'];
  readonly row: HistoryRow;
  /** Where the event says something else than the row: a way down that failed leaves the migration applied. */
  readonly event?: Partial<Pick<HistoryEvent, 'at' | 'status' | 'executionMs' | 'error'>>;
  /** Forget the row rather than put it. */
  readonly remove?: true;
}

/**
 * The history of a run as it grows. It makes the statements that record a change, which run in the transaction of the
 * change itself, and is told when they are committed.
 */
export class Ledger {
  readonly #driver: Driver;
  readonly #tables: HistoryTables;
  #rows: Map<string, HistoryRow> = new Map();
  /** Ascending. Holds those, too, that were taken back since: what a row says now counts. */
  #applied: Applied[] = [];
  #half: Set<string> = new Set();
  #lastSeq = 0;
  #exists = false;

  constructor(driver: Driver, tables: HistoryTables, history: History | undefined) {
    this.#driver = driver;
    this.#tables = tables;
    this.isNow(history);
  }

  /** Takes over what was read of the database: after the end of the engine's process nobody else knows. */
  isNow(history: History | undefined): void {
    this.#rows = new Map(history?.rows.map((row) => [row.version, row]));
    this.#applied = appliedOf(this.#rows.values());
    this.#half = new Set([...this.#rows.values()].filter(isHalfDone).map(({ version }) => version));
    this.#lastSeq = history?.lastSeq ?? 0;
    this.#exists = history !== undefined && !history.incomplete;
  }

  /** As it is now, for {@link isNow}: what is counted on before it is committed may not come to be. */
  get now(): History | undefined {
    if (!this.#exists) return undefined;
    return {
      rows: [...this.#rows.values()],
      version: this.#highestWithout(new Set())?.version ?? null,
      dirty: false,
      lastSeq: this.#lastSeq,
    };
  }

  rowOf(version: string): HistoryRow | undefined {
    return this.#rows.get(version);
  }

  /** What makes the tables, before the first change of a database; nothing where they are there. */
  setup(): readonly Statement[] {
    if (this.#exists) return [];
    const { begin, commit } = this.#driver;
    return [begin, ...this.#driver.createHistory(this.#tables), commit].map((text) => ({ text }));
  }

  isSetUp(): void {
    this.#exists = true;
  }

  /** @param marks stand for each row's time, see {@link Statement.times} */
  record(changes: readonly Change[], marks: readonly string[] = []): readonly Statement[] {
    const driver = this.#driver;
    const tables = this.#tables;
    const rows = changes.filter(({ remove }) => !remove).map(({ row }) => row);
    const events = changes.map((change, at) => eventOf(change, this.#lastSeq + 1 + at));
    const { version, dirty } = this.#after(changes);
    const statements = [
      ...changes.filter(({ remove }) => remove).flatMap(({ row }) => driver.deleteRow(tables, row.version)),
      ...(rows.length > 0 ? driver.putRows(tables, rows, marks) : []),
      ...driver.putEvents(tables, events, marks),
      ...driver.putVersion(tables, version, dirty, new Date().toISOString()),
    ];
    return statements.map((statement) => ({ ...statement, brief: true, quiet: true }));
  }

  progress(version: string, done: number): readonly Statement[] {
    return this.#driver.putProgress(this.#tables, version, done);
  }

  /** What `record` made of these changes is in the database for good. */
  committed(changes: readonly Change[]): void {
    for (const { row, remove } of changes) {
      const { version } = row;
      if (remove) this.#rows.delete(version);
      else this.#rows.set(version, row);
      if (!remove && isHalfDone(row)) this.#half.add(version);
      else this.#half.delete(version);
    }
    for (const one of appliedOf(changes.filter(({ remove }) => !remove).map(({ row }) => row))) this.#add(one);
    this.#lastSeq += changes.length;
  }

  #after(changes: readonly Change[]): { version: string | null; dirty: boolean } {
    const touched = new Set(changes.map(({ row }) => row.version));
    const kept = changes.filter(({ remove }) => !remove).map(({ row }) => row);
    const half = kept.find(isHalfDone)?.version ?? [...this.#half].find((version) => !touched.has(version));
    const highest = higher(this.#highestWithout(touched), appliedOf(kept).at(-1));
    return { version: half ?? highest?.version ?? null, dirty: half !== undefined };
  }

  /** A look at all rows for each migration would make a long run slow. */
  #highestWithout(versions: ReadonlySet<string>): Applied | undefined {
    const isApplied = ({ version }: Applied) => this.#rows.get(version)?.status === 'success';
    while (this.#applied.length > 0 && !this.#applied.slice(-1).every(isApplied)) this.#applied.pop();
    return this.#applied.findLast((one) => isApplied(one) && !versions.has(one.version));
  }

  #add(one: Applied): void {
    const below = this.#applied.findLastIndex(({ id }) => compareIds(id, one.id) <= 0);
    if (this.#applied[below]?.version !== one.version) this.#applied.splice(below + 1, 0, one);
  }
}

interface Applied {
  readonly id: MigrationId;
  readonly version: string;
}

/** The versions of rows that are applied, ascending. */
function appliedOf(rows: Iterable<HistoryRow>): Applied[] {
  return [...rows]
    .filter(({ status }) => status === 'success')
    .map(({ version }) => ({ id: parseId(version) ?? [], version }))
    .sort((a, b) => compareIds(a.id, b.id));
}

function higher(a: Applied | undefined, b: Applied | undefined): Applied | undefined {
  if (!a || !b) return a ?? b;
  return compareIds(a.id, b.id) < 0 ? b : a;
}

function eventOf({ action, row, event }: Change, seq: number): HistoryEvent {
  const { appliedAt, version, status, executionMs, errorMessage } = row;
  return { seq, at: appliedAt, action, version, status, executionMs, error: errorMessage, ...event };
}
