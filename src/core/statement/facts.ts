export type StatementKind =
  | 'create-table'
  | 'alter-table'
  | 'drop-table'
  | 'create-index'
  | 'drop-index'
  | 'create-macro'
  | 'drop-macro'
  | 'create-type'
  | 'drop-type'
  | 'create-sequence'
  | 'drop-sequence'
  | 'create-view'
  | 'drop-view'
  | 'comment'
  | 'dml'
  | 'copy'
  | 'query'
  | 'transaction'
  | 'checkpoint'
  | 'import'
  | 'export'
  | 'session'
  | 'extension'
  | 'call'
  | 'other';

/** What a statement does to an object, as far as a rule asks. Names are folded to the key the engine finds them by. */
export type Effect =
  /** Adds rows, or may. */
  | { readonly does: 'insert'; readonly table: string; readonly bulk?: true }
  | { readonly does: 'update'; readonly table: string }
  /** `detach`: the relationships of the rows go with them. */
  | { readonly does: 'delete'; readonly table: string; readonly detach?: true }
  | { readonly does: 'create-table'; readonly table: string; readonly serial?: true; readonly replaces?: true }
  | { readonly does: 'drop-table' | 'drop-column' | 'add-column'; readonly table: string }
  /** Any other change of a table; `rewrites`: its rows are written anew. */
  | { readonly does: 'alter-table'; readonly table: string; readonly rewrites?: true }
  | { readonly does: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly does: 'add-pair' | 'drop-pair'; readonly table: string; readonly from: string; readonly to: string }
  | { readonly does: 'create-index' | 'drop-index'; readonly name: string }
  | { readonly does: 'attach'; readonly name: string };

export interface StatementFacts {
  readonly kind: StatementKind;
  /** False: the engine refuses it in a transaction, or it ends one, or it takes the transaction's rows elsewhere. */
  readonly transactional: boolean;
  /**
   * Whether it may run once more after a kill in its middle. `probe`: {@link indexProbe} gives a query that tells
   * whether it was done.
   */
  readonly repeatable: 'yes' | 'probe' | 'no';
  /** It removes rows, columns, relationships or a sequence's number, or may change values in a cast. */
  readonly losesData: boolean;
  /** All tables of the effects, each once. */
  readonly tables: readonly string[];
  readonly effects: readonly Effect[];
  /** Names of functions that are called, in lower case, each once. */
  readonly functions: readonly string[];
  /** How deep parentheses, and lists or structs, stand in each other. */
  readonly depth: { readonly parentheses: number; readonly lists: number };
}
