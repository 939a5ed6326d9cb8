import type { Change, ChangeRow } from '../schema/change';
import { changeRows } from './changes';

/** What `diff --json` and `diff --format json` print: plain values only. */
export interface DiffReport {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ChangeRow[];
}

/** The report of a comparison; `from` and `to` are the sources as the user named them. */
export function diffReport(from: string, to: string, changes: readonly Change[]): DiffReport {
  return { from, to, changes: changeRows(changes) };
}
