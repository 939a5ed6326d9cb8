import type { Multiplicity, StorageDirection } from '../schema/model';
import type { Expression } from './expression';
import type { LogicalType } from './logical-type';

/** What every entry has. The ids are the engine's own and survive renames. */
interface Entry {
  readonly id: bigint;
  readonly name: string;
  /** Made by the engine for something else: the sequence of a SERIAL column, for one. */
  readonly hasParent: boolean;
  /** From the engine's internal sets: the helper tables of an index. */
  readonly internal: boolean;
}

export interface CatalogColumn {
  readonly id: number;
  readonly name: string;
  /** As `CALL table_info` shows it. */
  readonly type: string;
  readonly logicalType: LogicalType;
  /** A DDL expression; absent where the default is NULL and for SERIAL. */
  readonly default?: string;
  /** The tree of the default, also of NULL and of the `nextval` of a SERIAL. */
  readonly defaultExpression: Expression;
  /** The sequence that numbers a SERIAL column; it keeps its name when the table is renamed. */
  readonly serialSequence?: string;
}

export interface CatalogNodeTable extends Entry {
  readonly kind: 'node';
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: string;
  readonly comment: string;
}

export interface CatalogConnection {
  readonly id: bigint;
  readonly fromId: bigint;
  readonly toId: bigint;
}

export interface CatalogRelTable extends Entry {
  readonly kind: 'rel';
  /** Without the internal `_ID`. */
  readonly columns: readonly CatalogColumn[];
  readonly connections: readonly CatalogConnection[];
  readonly multiplicity: Multiplicity;
  readonly storageDirection: StorageDirection;
  readonly comment: string;
}

export interface CatalogSequence extends Entry {
  readonly kind: 'sequence';
  readonly start: bigint;
  readonly increment: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly cycle: boolean;
  readonly current: bigint;
  /** How often `nextval` was called; `current` is no value that anyone got while this is 0. */
  readonly usageCount: bigint;
}

export interface CatalogMacro extends Entry {
  readonly kind: 'macro';
  /** As in DDL, without the outer parentheses: `x, y := 3`. */
  readonly parameters: string;
  readonly parameterNames: readonly string[];
  /** With the parentheses that keep the tree. */
  readonly body: string;
  readonly expression: Expression;
}

export interface CatalogUserType extends Entry {
  readonly kind: 'type';
  readonly definition: string;
  readonly logicalType: LogicalType;
}

export interface CatalogIndex extends Entry {
  readonly kind: 'index';
  /** `FTS` or `HNSW`. */
  readonly type: string;
  readonly tableId: bigint;
  readonly indexName: string;
  readonly columnIds: readonly number[];
  /** The settings of its extension, in that extension's own format. */
  readonly settings: Uint8Array;
}

export type CatalogEntry =
  | CatalogNodeTable
  | CatalogRelTable
  | CatalogSequence
  | CatalogMacro
  | CatalogUserType
  | CatalogIndex;

/** The catalog of a Kùzu database file as of its last checkpoint. */
export interface Catalog {
  readonly nodeTables: readonly CatalogNodeTable[];
  readonly relTables: readonly CatalogRelTable[];
  readonly sequences: readonly CatalogSequence[];
  readonly macros: readonly CatalogMacro[];
  readonly types: readonly CatalogUserType[];
  readonly indexes: readonly CatalogIndex[];
}
