import type { Catalog } from '../catalog/model';

export type DataFormat = 'parquet' | 'csv';

/** What an export is about to do, and the catalog of the database it is made of. */
export interface LossContext {
  readonly catalog: Catalog;
  readonly format: DataFormat;
  readonly schemaOnly: boolean;
}

/**
 * `warning`: something is changed that no data hangs on. `error`: of old versions, which can't be imported as they stand.
 * `blocked`: something can't be kept, so that there is no version.
 */
export type LossSeverity = 'warning' | 'error' | 'blocked';

/** A thing that a version can't keep. `code` is stable and documented in docs/export-losses.md. */
export interface Loss {
  readonly code: string;
  readonly severity: LossSeverity;
  /** `User`, `User.email`: the names, unquoted. The text of the code says what kind of thing it is. */
  readonly object: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A read-only query that returns one row with one number; the loss is real where it is above zero. */
export interface LossProbe {
  readonly query: string;
  readonly loss: Loss;
  /** The loss when the query itself fails with an engine error: a value that can't be read back from its own text. */
  readonly onError?: Loss;
}

export interface LossFindings {
  readonly losses: readonly Loss[];
  readonly probes: readonly LossProbe[];
}

/** One rule a file: what can be told from the catalog at once, and what a query has to settle. */
export interface LossRule {
  /** `KX001`: stable, never given to another rule. */
  readonly code: string;
  /** `default-dropped`: the heading of its entry in docs/export-losses.md. */
  readonly name: string;
  find(context: LossContext): LossFindings;
}

/** A loss of a rule; the code is stamped on by the rule that finds it. */
export function lossOf(
  rule: Pick<LossRule, 'code'>,
  severity: LossSeverity,
  object: string,
  params: Loss['params'] = {},
): Loss {
  return { code: rule.code, severity, object, params };
}

/** What a rule has found when no query is needed. */
export function certain(losses: readonly Loss[]): LossFindings {
  return { losses, probes: [] };
}

/** What a rule has found when queries have to settle it; an export without data has nothing to ask for. */
export function probed(context: LossContext, probes: readonly LossProbe[]): LossFindings {
  return { losses: [], probes: context.schemaOnly ? [] : probes };
}
