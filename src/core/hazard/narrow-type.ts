import { isLosslessCast } from './lossless-cast';
import type { HazardRule } from './rule';

export const narrowType: HazardRule = {
  code: 'DL104',
  summary: 'Changes a column to a type that may not hold every value.',
  applies: (change) => change.kind === 'change-column-type' && !isLosslessCast(change.before.type, change.after.type),
};
