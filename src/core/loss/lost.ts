import { foldName } from '../dialect/kuzu-names';

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
  return table.schema === undefined || table.schema === 'main' ? name : `${foldName(table.schema)}.${name}`;
}
