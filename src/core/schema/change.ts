import type { Column, Connection, Index, Macro, Sequence, Table, UserType } from './model';

/** What can differ between two schemas: a closed union, so that a `switch` over `kind` is checked by the compiler. */
export type Change =
  | { readonly kind: 'add-table'; readonly table: Table }
  | { readonly kind: 'drop-table'; readonly table: Table }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: Column }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: Column }
  | { readonly kind: 'change-column-type'; readonly table: string; readonly before: Column; readonly after: Column }
  | { readonly kind: 'change-default'; readonly table: string; readonly before: Column; readonly after: Column }
  | { readonly kind: 'change-primary-key'; readonly table: string; readonly before: string; readonly after: string }
  | { readonly kind: 'add-connection'; readonly table: string; readonly connection: Connection }
  | { readonly kind: 'drop-connection'; readonly table: string; readonly connection: Connection }
  | { readonly kind: 'change-multiplicity'; readonly table: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'change-storage-direction';
      readonly table: string;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'change-comment'; readonly table: string; readonly before?: string; readonly after?: string }
  | { readonly kind: 'add-sequence'; readonly sequence: Sequence }
  | { readonly kind: 'drop-sequence'; readonly sequence: Sequence }
  | { readonly kind: 'change-sequence'; readonly before: Sequence; readonly after: Sequence }
  | { readonly kind: 'add-macro'; readonly macro: Macro }
  | { readonly kind: 'drop-macro'; readonly macro: Macro }
  | { readonly kind: 'change-macro'; readonly before: Macro; readonly after: Macro }
  | { readonly kind: 'add-index'; readonly index: Index }
  | { readonly kind: 'drop-index'; readonly index: Index }
  | { readonly kind: 'change-index'; readonly before: Index; readonly after: Index }
  | { readonly kind: 'add-type'; readonly type: UserType }
  | { readonly kind: 'drop-type'; readonly type: UserType }
  | { readonly kind: 'change-type'; readonly before: UserType; readonly after: UserType };

/** A table that became a table of the other kind is `drop-table` followed by `add-table`. */

/** One row of `diff --format changes`: the shape that scripts rely on. */
export interface ChangeRow {
  readonly kind: Change['kind'];
  /** `User`, `User.email`, `Follows(User->User)`: the names, unquoted. */
  readonly object: string;
  /** Stable codes, see docs/hazards.md. */
  readonly hazards: readonly string[];
  /** One line of DDL-like text, the same in every language. */
  readonly text: string;
}
