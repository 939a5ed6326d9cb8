import type { LossRule } from '../loss';

/** What no version of a DuckDB database can keep, in the order of the codes (docs/export-losses.md). */
export const sqlLosses = {
  unwritable: { code: 'KX060', name: 'unwritable-column' },
  brokenView: { code: 'KX061', name: 'broken-view' },
} as const satisfies Record<string, Pick<LossRule, 'code' | 'name'>>;
