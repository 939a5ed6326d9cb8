import { isGenerated } from './drop-column';
import { isLosslessSqlCast } from './lossless-sql-cast';
import type { HazardRule } from './rule';

export const failingCast: HazardRule = {
  code: 'KM222',
  summary: 'In DuckDB: changes a column to a type that not every value can be cast to.',
  applies: (change) => {
    if (change.kind !== 'change-column-type' || change.sqlSchema === undefined) return false;
    const { before, after } = change;
    if (isGenerated(after)) return false;
    // Everything can be written as text.
    return !/^VARCHAR\b(?!\[)/.test(after.type) && !isLosslessSqlCast(before.type, after.type);
  },
};
