import { foldName, sameName } from '../dialect/kuzu-names';
import { sqlKey } from '../dialect/sql-names';

/** What would be gone, so that it can be counted where a database is at hand. Names as the engine finds them. */
export type Lost =
  | { readonly what: 'table' | 'rows'; readonly table: string }
  | { readonly what: 'column'; readonly table: string; readonly column: string }
  | { readonly what: 'connection'; readonly table: string; readonly from: string; readonly to: string };

/** How much of it a database holds; values are those that are not NULL. */
export interface CountedLoss {
  readonly what: 'rows' | 'values' | 'relationships';
  /** `User`, `User.email`, `Follows(User->User)`: as the database writes it. */
  readonly object: string;
  readonly count: number;
}

/** The key of a table of the model, as effects name it: in SQL with its schema, unless that is `main`. */
export function tableKey(table: { readonly name: string; readonly schema?: string }): string {
  const name = foldName(table.name);
  return table.schema === undefined ? name : sqlKey([foldName(table.schema), name]);
}

/** Whether the one loss is the other, or that of the whole table. */
export function includesLoss(one: Lost, other: Lost): boolean {
  if (one.table !== other.table) return false;
  switch (one.what) {
    case 'table':
    case 'rows':
      return true;
    case 'column':
      return other.what === 'column' && sameName(one.column, other.column);
    case 'connection':
      return other.what === 'connection' && one.from === other.from && one.to === other.to;
  }
}
