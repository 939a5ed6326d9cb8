/** What the database page and the extension say to each other. Texts and values are data, never markup. */

export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly isKey: boolean;
  readonly default?: string;
}

export interface TableInfo {
  readonly name: string;
  readonly kind: 'node' | 'rel' | 'table';
  readonly rows: number;
  readonly comment?: string;
  /** `User → City` of a rel table. */
  readonly connections: readonly string[];
  readonly columns: readonly ColumnInfo[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What to do next about a problem: one of these buttons. */
export type ProblemAction = 'reload' | 'trust' | 'log';

export interface Problem {
  readonly message: string;
  readonly hint: string;
  readonly actions: readonly ProblemAction[];
}

export type ToPage =
  | {
      readonly type: 'overview';
      readonly name: string;
      readonly facts: readonly Fact[];
      /** That it was read from a copy, and why. */
      readonly note?: string;
      readonly tables: readonly TableInfo[];
      readonly rowsPerPage: number;
    }
  | { readonly type: 'problem'; readonly name: string; readonly facts: readonly Fact[]; readonly problem: Problem }
  | {
      readonly type: 'rows';
      readonly table: string;
      readonly offset: number;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | null)[])[];
    }
  | { readonly type: 'rowsProblem'; readonly table: string; readonly offset: number; readonly problem: Problem };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'rows'; readonly table: string; readonly offset: number }
  | { readonly type: 'action'; readonly action: ProblemAction };
