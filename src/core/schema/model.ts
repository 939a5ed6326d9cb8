/** The canonical schema of a database: plain values, made by introspection, never from text alone. */

export type EngineName = 'kuzu' | 'ladybug' | 'duckdb';

export type Multiplicity = 'MANY_MANY' | 'MANY_ONE' | 'ONE_MANY' | 'ONE_ONE';

/** Which adjacency lists a rel table stores: both, or only the forward one (`WITH (storage_direction='fwd')`). */
export type StorageDirection = 'both' | 'fwd' | 'bwd';

export interface Column {
  readonly name: string;
  /** The engine's own spelling of the type, such as `DECIMAL(10, 2)` or `STRUCT(a INT64, b STRING[])`. */
  readonly type: string;
  /** A DDL expression, absent where the default is NULL. */
  readonly default?: string;
}

export interface SqlColumn extends Column {
  readonly notNull?: true;
  /** The expression of a generated column, in its own parentheses; such a column has no default. */
  readonly generated?: string;
  readonly comment?: string;
}

export interface Connection {
  readonly from: string;
  readonly to: string;
}

export interface NodeTable {
  readonly kind: 'node';
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: string;
  readonly comment?: string;
}

export interface RelTable {
  readonly kind: 'rel';
  readonly name: string;
  readonly columns: readonly Column[];
  readonly connections: readonly Connection[];
  readonly multiplicity: Multiplicity;
  readonly storageDirection: StorageDirection;
  readonly comment?: string;
}

export interface SqlTable {
  readonly kind: 'table';
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly SqlColumn[];
  /** In definition order. DuckDB forgets the names that were given to them. */
  readonly constraints: readonly SqlConstraint[];
  readonly comment?: string;
}

export type SqlConstraint =
  | { readonly kind: 'primary-key' | 'unique'; readonly columns: readonly string[] }
  | { readonly kind: 'check'; readonly expression: string }
  | {
      readonly kind: 'foreign-key';
      readonly columns: readonly string[];
      /** The table's own: DuckDB has no keys across schemas. */
      readonly schema: string;
      readonly table: string;
      readonly referenced: readonly string[];
    };

export type Table = NodeTable | RelTable | SqlTable;

/** What lives in a SQL schema carries its name, `main` too; objects of the Kùzu family have none, which tells them apart. */
export interface InSqlSchema {
  readonly schema?: string;
  /** For a table see there. */
  readonly comment?: string;
}

export interface View {
  readonly schema: string;
  readonly name: string;
  /** The complete `CREATE VIEW …` in the engine's own words, without a final semicolon. */
  readonly definition: string;
  readonly comment?: string;
  /** Of its columns that have one, in their order. */
  readonly columnComments?: readonly ViewColumn[];
}

export interface ViewColumn {
  /** The one by which COMMENT ON finds it: that of the query, whatever a list of names behind the view's calls it. */
  readonly name: string;
  readonly comment?: string;
}

export interface Sequence extends InSqlSchema {
  readonly name: string;
  /** 64-bit integers as decimal text: a JavaScript number would round them. */
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycle: boolean;
}

export interface Macro extends InSqlSchema {
  readonly name: string;
  /** As in DDL, without the outer parentheses: `x, y := 3`. */
  readonly parameters: string;
  /** In SQL with `TABLE` before a query, and with further overloads behind a comma: what may follow AS. */
  readonly body: string;
}

export interface Index extends InSqlSchema {
  readonly name: string;
  readonly table: string;
  readonly type: string;
  readonly columns: readonly string[];
  /** The complete `CALL CREATE_…_INDEX(…)` or `CREATE INDEX …` that makes it, without a final semicolon. */
  readonly definition: string;
}

export interface UserType extends InSqlSchema {
  readonly name: string;
  readonly definition: string;
}

export interface Schema {
  readonly tables: readonly Table[];
  readonly sequences: readonly Sequence[];
  readonly macros: readonly Macro[];
  readonly indexes: readonly Index[];
  readonly types: readonly UserType[];
  /** DuckDB only: the schemas beside `main`. */
  readonly schemas?: readonly string[];
  /** DuckDB only. */
  readonly views?: readonly View[];
}
