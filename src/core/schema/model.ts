/** The canonical schema of a Kùzu-family database: plain values, made by introspection, never from text alone. */

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

export type Table = NodeTable | RelTable;

export interface Sequence {
  readonly name: string;
  /** 64-bit integers as decimal text: a JavaScript number would round them. */
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycle: boolean;
}

export interface Macro {
  readonly name: string;
  /** As in DDL, without the outer parentheses: `x, y := 3`. */
  readonly parameters: string;
  readonly body: string;
}

export interface Index {
  readonly name: string;
  readonly table: string;
  readonly type: string;
  readonly columns: readonly string[];
  /** The complete `CALL CREATE_…_INDEX(…)` that makes it, without a final semicolon. */
  readonly definition: string;
}

export interface UserType {
  readonly name: string;
  readonly definition: string;
}

export interface Schema {
  readonly tables: readonly Table[];
  readonly sequences: readonly Sequence[];
  readonly macros: readonly Macro[];
  readonly indexes: readonly Index[];
  readonly types: readonly UserType[];
}
