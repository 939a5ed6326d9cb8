import type { CountedLoss } from '../loss/lost';
import type { ChangeRow } from '../schema/change';

/** A row of a change with how much a database holds of what it takes. */
export interface CountedRow extends ChangeRow {
  readonly lost?: Pick<CountedLoss, 'what' | 'count'> & { readonly database: string };
}

/** @param counted of each row, in order */
export function countedRows(
  rows: readonly ChangeRow[],
  counted: readonly (CountedLoss | undefined)[],
  database: string,
): CountedRow[] {
  return rows.map((row, at) => {
    const loss = counted[at];
    return loss ? { ...row, lost: { what: loss.what, count: loss.count, database } } : row;
  });
}
