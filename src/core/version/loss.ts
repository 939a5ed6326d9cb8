import type { Schema } from '../schema/model';

export type DataFormat = 'parquet' | 'csv';

/** What an export is about to do, and what the file's own catalog says beyond the schema. */
export interface LossContext {
  readonly schema: Schema;
  readonly format: DataFormat;
  readonly schemaOnly: boolean;
  /** CSV options other than the engine's defaults; absent for the defaults. */
  readonly csvOptions?: Readonly<Record<string, string>>;
}

/**
 * `warning`: something is lost or changed. `error`: the export is made, but can't be imported back as it stands.
 * `blocked`: the engine's export itself fails or crashes, so it is not even tried.
 */
export type LossSeverity = 'warning' | 'error' | 'blocked';

/** A thing that the engine's own export loses or changes. `code` is stable and documented in docs/export-losses.md. */
export interface Loss {
  readonly code: string;
  readonly severity: LossSeverity;
  /** `User`, `User.email`, `macro M1`: the names, unquoted. */
  readonly object: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A read-only query that returns one row with one count; the loss is real where the count is above zero. */
export interface LossProbe {
  readonly query: string;
  readonly loss: Loss;
  /** The loss when the query itself fails with an engine error (`currval` of a never used sequence does). */
  readonly onError?: Loss;
}

/** One rule a file: what can be told from the schema at once, and what a query has to settle. */
export interface LossRule {
  readonly code: string;
  find(context: LossContext): { readonly losses: readonly Loss[]; readonly probes: readonly LossProbe[] };
}
