import type { Change } from '../schema/change';

/** Whether a change that both families know is one of a SQL database's. */
export function isSqlChange(change: Change): boolean {
  switch (change.kind) {
    case 'add-table':
    case 'drop-table':
      return change.table.kind === 'table';
    case 'add-macro':
    case 'drop-macro':
      return change.macro.schema !== undefined;
    case 'add-type':
    case 'drop-type':
      return change.type.schema !== undefined;
    case 'add-index':
    case 'drop-index':
      return change.index.schema !== undefined;
    case 'add-sequence':
    case 'drop-sequence':
      return change.sequence.schema !== undefined;
    case 'change-macro':
    case 'change-type':
    case 'change-index':
    case 'change-sequence':
      return change.after.schema !== undefined;
    default:
      return 'sqlSchema' in change && change.sqlSchema !== undefined;
  }
}
