import type { LossRule } from '../loss';

/** What no version of a DuckDB database can keep, in the order of the codes (docs/export-losses.md). */
export const sqlLosses = {
  sequenceOver: { code: 'KX060', name: 'sequence-over' },
  unwritable: { code: 'KX061', name: 'unwritable-column' },
  brokenView: { code: 'KX062', name: 'broken-view' },
} as const satisfies Record<string, Pick<LossRule, 'code' | 'name'>>;
