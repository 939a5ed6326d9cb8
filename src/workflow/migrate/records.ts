import os from 'node:os';
import type { HistoryRow, HistoryStatus } from '../../core/migration/types';
import { TOOL_VERSION } from '../../core/tool';
import { type Prepared, statementCount } from './prepared';

export interface Outcome {
  readonly status: HistoryStatus;
  readonly done: number;
  readonly executionMs: number;
  readonly error?: string;
  /** A code migration knows its number of statements only at its end. */
  readonly total?: number;
}

/** The history row of a migration in a new state, as of now. */
export function rowOf(prepared: Prepared, engineVersion: string, outcome: Outcome): HistoryRow {
  const { key, name, record } = prepared;
  return {
    version: key,
    name,
    appliedAt: new Date().toISOString(),
    executionMs: Math.round(outcome.executionMs),
    ...record,
    status: outcome.status,
    errorMessage: outcome.error ?? null,
    appliedStatements: outcome.done,
    totalStatements: outcome.total ?? statementCount(prepared),
    toolVersion: TOOL_VERSION,
    engineVersion,
    appliedBy: appliedBy(),
  };
}

/** Who runs it, as `user@host`. */
export function appliedBy(): string {
  return `${userName()}@${os.hostname()}`;
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch (error) {
    // A container may run under a number that has no name.
    if (process.getuid && error instanceof Error) return String(process.getuid());
    throw error;
  }
}
