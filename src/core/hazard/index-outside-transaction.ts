import type { HazardRule } from './rule';
import { isSqlChange } from './sql-change';

export const indexOutsideTransaction: HazardRule = {
  code: 'KM207',
  summary: 'Makes or drops an index, which Kùzu refuses inside a transaction.',
  applies: (change) => {
    if (isSqlChange(change)) return false;
    if (change.kind === 'add-index' || change.kind === 'change-index') return true;
    // A vector index can be dropped in a transaction, and comes back with its ROLLBACK (measured).
    return change.kind === 'drop-index' && change.index.type.toUpperCase() !== 'HNSW';
  },
};
