import type { MigrateError, Params } from '../errors';
import type { Finding, FindingCode } from './check-types';
import { compareIds } from './id';
import { type Entry, isBare } from './state';

/** What was applied against what a file says now. */
export interface Edit {
  readonly diff: string;
  /** Of the first statement that differs, where there is one. */
  readonly line?: number;
}

export interface CheckInput {
  readonly entries: readonly Entry[];
  /** What is wrong with the files and their scripts. */
  readonly problems: readonly MigrateError[];
  /** Of the entries that are changed, by their key. */
  readonly edits: ReadonlyMap<string, Edit>;
  /** A pending migration is an error, too. */
  readonly noPending: boolean;
  /** How the tool is called for this database: `kuzu-migrate`, `kuzu-migrate --db other`. */
  readonly call: string;
}

/**
 * What files and history do not agree on, by id; first what is wrong with the files by themselves. Pending migrations
 * are none, unless asked for (design, "check"). Pure.
 */
export function findingsOf(input: CheckInput): Finding[] {
  const { entries, problems } = input;
  return [...problems.map(problemFinding), ...entries.flatMap((entry) => entryFindings(entry, input))];
}

/** Ids in the order of the history, findings about none of them first. */
export function sortFindings(findings: readonly Finding[], entries: readonly Entry[]): Finding[] {
  const ids = new Map(entries.map(({ key, id }) => [key, id]));
  const idOf = ({ id }: Finding) => ids.get(id ?? '') ?? [];
  return [...findings].sort((a, b) => compareIds(idOf(a), idOf(b)));
}

function problemFinding({ code, params, where }: MigrateError): Finding {
  return {
    severity: 'error',
    code,
    id: null,
    file: where.file ?? null,
    ...(where.line === undefined ? {} : { line: where.line }),
    message: { key: `error.${code}`, params },
    cause: { key: 'check.cause.problem', params: {} },
    commands: [],
    hint: { key: `hint.${code}`, params },
  };
}

function entryFindings(entry: Entry, input: CheckInput): Finding[] {
  const { state, row, commentsOnly, halfDone, key } = entry;
  const edit = input.edits.get(key);
  if (halfDone) return [halfApplied(entry, input)];
  if (state === 'changed') {
    return [finding(entry, input, 'edited', { ...edit, does: [`repair --accept ${key}`, `repair --rewrite ${key}`] })];
  }
  if (commentsOnly) return [finding(entry, input, 'comments-edited', { ...edit, does: ['repair'] })];
  if (state === 'missing') {
    const rewrite = row && !isBare(row) ? [`repair --rewrite ${key}`] : [];
    return [finding(entry, input, 'missing', { does: [...rewrite, `repair --forget ${key}`] })];
  }
  if (state === 'out-of-order') return [finding(entry, input, 'out-of-order', { does: ['up --allow-out-of-order'] })];
  if (state === 'failed') return [finding(entry, input, 'failed', { does: ['up', `repair --forget ${key}`] })];
  if (state === 'pending' && input.noPending) return [finding(entry, input, 'pending', { does: ['up'] })];
  return [];
}

function halfApplied(entry: Entry, input: CheckInput): Finding {
  const { key, halfDone = 'up', row, file } = entry;
  const isCode = row?.totalStatements === 0;
  const goOn = isCode ? [`repair --retry ${key}`] : [halfDone];
  const back = file ? [] : [`repair --rewrite ${key}`];
  // Half way up, the text comes from the file, which has to be there.
  const does = [...(halfDone === 'up' ? back : []), ...goOn, `repair --restore ${key}`];
  return finding(entry, input, 'half-applied', { does, ...(isCode ? { text: 'half-applied-code' } : {}) });
}

interface Details extends Partial<Edit> {
  /** The commands behind the tool's name. */
  readonly does: readonly string[];
  /** The key of its texts where it is not the code. */
  readonly text?: string;
}

function finding(entry: Entry, { call }: CheckInput, code: FindingCode, details: Details): Finding {
  const { key, file } = entry;
  const { text = code, does, diff, line } = details;
  const params = paramsOf(entry);
  return {
    severity: code === 'comments-edited' ? 'note' : 'error',
    code,
    id: key,
    file: file?.file ?? null,
    ...(line === undefined ? {} : { line }),
    // An error of a run says the same of it.
    message: { key: text === 'half-applied' ? 'error.MIGRATION_HALF_DONE' : `check.${text}`, params },
    cause: { key: `check.cause.${text}`, params },
    commands: does.map((one) => `${call} ${one}`),
    ...(diff ? { diff } : {}),
  };
}

function paramsOf({ key, name, file, row, halfDone }: Entry): Params {
  return {
    id: key,
    name,
    file: file?.file ?? '',
    way: halfDone ?? 'up',
    done: row?.appliedStatements ?? 0,
    total: row?.totalStatements ?? 0,
    time: row?.appliedAt ?? '',
    error: row?.errorMessage ?? '@check.noMessage',
  };
}
