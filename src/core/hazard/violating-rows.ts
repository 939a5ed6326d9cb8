import type { SqlColumn } from '../schema/model';
import type { HazardRule } from './rule';

export const violatingRows: HazardRule = {
  code: 'KM223',
  summary: 'In DuckDB: adds a constraint, or NOT NULL, that existing rows may not meet.',
  applies: (change) => {
    switch (change.kind) {
      case 'add-constraint':
        return true;
      case 'change-not-null':
        return change.after.notNull === true;
      case 'add-column': {
        const column: SqlColumn = change.column;
        return column.notNull === true && column.default === undefined;
      }
      default:
        return false;
    }
  },
};
