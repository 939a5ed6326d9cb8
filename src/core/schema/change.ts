import type {
  Column,
  Connection,
  Index,
  Macro,
  Sequence,
  SqlColumn,
  SqlConstraint,
  Table,
  UserType,
  View,
} from './model';

/** A change inside a table that both families have, or that only SQL has. */
export type TableChange = {
  readonly table: string;
  /** The schema of a SQL table; absent exactly in the Kùzu family. */
  readonly sqlSchema?: string;
} & (
  | { readonly kind: 'add-column'; readonly column: Column }
  | { readonly kind: 'drop-column'; readonly column: Column }
  | { readonly kind: 'change-column-type'; readonly before: Column; readonly after: Column }
  | { readonly kind: 'change-default'; readonly before: Column; readonly after: Column }
  | { readonly kind: 'change-not-null'; readonly before: SqlColumn; readonly after: SqlColumn }
  | { readonly kind: 'change-generated'; readonly before: SqlColumn; readonly after: SqlColumn }
  | { readonly kind: 'add-constraint'; readonly constraint: SqlConstraint }
  | { readonly kind: 'drop-constraint'; readonly constraint: SqlConstraint }
  | { readonly kind: 'change-comment'; readonly before?: string; readonly after?: string }
);

/** What can differ between two schemas: a closed union, so that a `switch` over `kind` is checked by the compiler. */
export type Change =
  | TableChange
  | { readonly kind: 'add-table'; readonly table: Table }
  | { readonly kind: 'drop-table'; readonly table: Table }
  | {
      readonly kind: 'rename-table';
      readonly from: string;
      readonly to: string;
      readonly sqlSchema?: string;
      /** Where it moves to; left out where it stays in its schema. */
      readonly toSchema?: string;
    }
  | {
      readonly kind: 'rename-column';
      /** As it is called after all renames of tables, and its schema likewise. */
      readonly table: string;
      readonly from: string;
      readonly to: string;
      readonly sqlSchema?: string;
    }
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
  | {
      readonly kind: 'change-object-comment';
      /** `app.User.email`: the names, unquoted. */
      readonly object: string;
      /** What stands behind COMMENT ON: `COLUMN app."User".email`. */
      readonly target: string;
      readonly before?: string;
      readonly after?: string;
    }
  | { readonly kind: 'add-schema'; readonly schema: string }
  | { readonly kind: 'drop-schema'; readonly schema: string }
  | { readonly kind: 'add-view'; readonly view: View }
  | { readonly kind: 'drop-view'; readonly view: View }
  | { readonly kind: 'change-view'; readonly before: View; readonly after: View }
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

/** What was decided to be the same thing under another name; see `applyRenames`. */
export type Rename = Extract<Change, { readonly kind: 'rename-table' | 'rename-column' }>;

/** The schema that the renamed thing is in afterwards. */
export function newSchemaOf(rename: Rename): string | undefined {
  return rename.kind === 'rename-table' ? (rename.toSchema ?? rename.sqlSchema) : rename.sqlSchema;
}

/** What only DuckDB has. */
export type SqlOnlyChange = Extract<
  Change,
  {
    readonly kind:
      | 'add-schema'
      | 'drop-schema'
      | 'add-view'
      | 'drop-view'
      | 'change-view'
      | 'change-object-comment'
      | 'change-not-null'
      | 'change-generated'
      | 'add-constraint'
      | 'drop-constraint';
  }
>;

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
