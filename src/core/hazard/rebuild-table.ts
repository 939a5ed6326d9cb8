import type { HazardRule } from './rule';

export const rebuildTable: HazardRule = {
  code: 'KM221',
  summary: 'In DuckDB: changes a constraint or a generated column, or the schema of a table: it has to be built anew.',
  applies: (change) => {
    if (!('sqlSchema' in change) || change.sqlSchema === undefined) return false;
    switch (change.kind) {
      case 'rename-table':
        return change.toSchema !== undefined;
      case 'drop-constraint':
      case 'change-generated':
        return true;
      case 'add-constraint':
        return change.constraint.kind !== 'primary-key';
      case 'add-column':
        return 'generated' in change.column && change.column.generated !== undefined;
      default:
        return false;
    }
  },
};
