import type { Dialect } from '../dialect/dialect';
import { sqlKeyParts } from '../dialect/sql-names';
import type { Params } from '../errors';
import { written } from '../lint/spots';
import type { ScriptStatement } from '../script/script';
import { sqlName } from '../statement/sql-names';
import { commitsToFile, wantsCheckpoint } from './commit-to-file';
import { hasMorePairs, lastPair } from './last-pair';
import type { Entry, Span } from './rule';
import { DANGER_RULES } from './rules';
import { type Need, needOf, openedState, Session, type SessionState } from './session-state';
import { entriesOf, spansOf } from './spans';
import { twoDatabases } from './two-databases';

export interface Danger {
  readonly code: string;
  /** Of the statement in its section. */
  readonly index: number;
  readonly severity: 'refuse' | 'warn';
  readonly params: Params;
}

/** A question to the database, asked just before a statement, which is refused unless the one value is true. */
export interface Guard {
  readonly index: number;
  readonly query: string;
  readonly danger: Danger;
}

export interface DangerOptions {
  readonly dialect: Dialect;
  readonly transactional: boolean;
  /** What the sections before it left; of a database just opened where it is left out. */
  readonly state?: SessionState;
  /** Codes of the `lint-ignore` directives of the script's header. */
  readonly ignores?: readonly string[];
}

export interface Dangers {
  readonly dangers: readonly Danger[];
  readonly guards: readonly Guard[];
  /**
   * Statements before which the database has to be closed and opened, or a CHECKPOINT has to run. In a transactional
   * section that is only ever the first one, before BEGIN, or one with a `reopen` directive.
   */
  readonly reopenBefore: readonly number[];
  readonly checkpointBefore: readonly number[];
  /** See {@link commitsToFile} and {@link wantsCheckpoint}. */
  readonly commitToFile: boolean;
  /** What the next section starts with, once this one was run with all that it needs. */
  readonly state: SessionState;
}

/** Which statements of a section crash the engine, break the transaction or the file, and what has to happen between them. */
export function findDangers(statements: readonly ScriptStatement[], options: DangerOptions): Dangers {
  const { dialect, transactional } = options;
  const entries = entriesOf(statements, dialect);
  const ignored = (code: string, index: number) =>
    (options.ignores?.includes(code) || statements[index]?.ignores.includes(code)) ?? false;
  const dangers = dangersIn(spansOf(entries, statements, transactional), dialect, ignored);
  const guards = dialect === 'sql' ? [] : guardsOf(entries).filter(({ index }) => !ignored(lastPair.code, index));
  const spans = transactional ? [entries] : entries.map((entry) => [entry]);
  const commitToFile = dialect === 'sql' ? commitsToFile(entries) : spans.some(wantsCheckpoint);
  if (dialect === 'sql') {
    return {
      dangers,
      guards,
      commitToFile,
      reopenBefore: [],
      checkpointBefore: [],
      state: options.state ?? openedState(),
    };
  }
  return { dangers, guards, commitToFile, ...needsOf(entries, statements, options) };
}

/** What the rules find, in the order of the statements. */
export function dangersIn(
  spans: readonly Span[],
  dialect: Dialect,
  ignored: (code: string, index: number) => boolean,
): Danger[] {
  const dangers: Danger[] = [];
  for (const span of spans) {
    for (const rule of DANGER_RULES) {
      if (rule.dialect !== undefined && rule.dialect !== dialect) continue;
      for (const { index, argument } of rule.find(span)) {
        if (!rule.always && ignored(rule.code, index)) continue;
        const shown = asWritten(span, index, argument, dialect);
        dangers.push({ code: rule.code, index, severity: rule.severity, params: { argument: shown } });
      }
    }
  }
  return dangers.sort((a, b) => a.index - b.index);
}

/** A name as the statement has it, or one before it: the rules know it as the engine finds it. */
function asWritten({ entries }: Span, index: number, key: string, dialect: Dialect): string {
  const [only, ...others] = dialect === 'sql' ? sqlKeyParts(key) : [key];
  const own = entries.findIndex((entry) => entry.index === index);
  for (const { tokens } of entries.slice(0, own + 1).reverse()) {
    for (let at = 0; at < tokens.length; at++) {
      if (others.length === 0 && tokens.name(at) === only) return written(tokens, at);
      if (others.length === 0) continue;
      const { name, end } = sqlName(tokens, at);
      if (name === key) return `${written(tokens, end - 3)}.${written(tokens, end - 1)}`;
    }
  }
  return key;
}

export function guardsOf(entries: readonly Entry[]): Guard[] {
  return entries.flatMap((entry) => {
    const count = hasMorePairs(entry);
    if (count === undefined) return [];
    const { index } = entry;
    const argument = asWritten({ transactional: true, entries: [entry] }, index, count.table, 'cypher');
    const danger = { code: lastPair.code, index, severity: lastPair.severity, params: { argument } };
    return [{ index, query: count.query, danger }];
  });
}

function needsOf(
  entries: readonly Entry[],
  statements: readonly ScriptStatement[],
  { transactional, state: start = openedState() }: DangerOptions,
): Pick<Dangers, 'reopenBefore' | 'checkpointBefore' | 'state'> {
  const settled: Record<Need, Set<number>> = { reopen: new Set(), checkpoint: new Set() };
  let state = new Session(start);
  // What the transaction found when it began; within it nothing can be settled, and the rules tell of clashes.
  const begun = new Session(start);
  let began = 0;
  for (const entry of entries) {
    if (statements[entry.index]?.reopenBefore) {
      settled.reopen.add(entry.index);
      for (const one of [state, begun]) one.settle('reopen');
      began = entry.index;
    }
    const need = needOf(transactional ? begun : state, entry.effects);
    if (need !== undefined) {
      settled[need].add(transactional ? began : entry.index);
      begun.settle(need);
      if (transactional) {
        state = new Session(begun);
        for (const earlier of entries.slice(began, entry.index)) state.add(earlier);
      } else state.settle(need);
    }
    state.add(entry);
  }
  const checkpointBefore = [...settled.checkpoint].filter((index) => !settled.reopen.has(index));
  return { reopenBefore: [...settled.reopen], checkpointBefore, state };
}

/** Statements of a section that write to a database which the section attached: they share no transaction with ours. */
export function elsewhere(statements: readonly ScriptStatement[], dialect: Dialect): ReadonlySet<number> {
  if (dialect !== 'sql') return new Set();
  return new Set(
    spansOf(entriesOf(statements, dialect), statements, true)
      .flatMap((span) => twoDatabases.find(span))
      .map(({ index }) => index),
  );
}
