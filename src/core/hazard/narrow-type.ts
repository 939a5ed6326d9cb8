import { isGenerated } from './drop-column';
import { isLosslessCast } from './lossless-cast';
import { isLosslessSqlCast } from './lossless-sql-cast';
import type { HazardRule } from './rule';

export const narrowType: HazardRule = {
  code: 'DL104',
  summary: 'Changes a column to a type that may not hold every value.',
  applies: (change) => {
    // Values that are computed anew are not cast.
    if (change.kind !== 'change-column-type' || isGenerated(change.after)) return false;
    const { before, after, sqlSchema } = change;
    if (sqlSchema === undefined) return !isLosslessCast(before.type, after.type);
    return !isLosslessSqlCast(before.type, after.type);
  },
};
