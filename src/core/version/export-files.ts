import { exportTables } from './export-tables';
import type { LossContext } from './loss';

export interface ExportFile {
  /** `Follows_User_User.parquet` */
  readonly file: string;
  /** `User`, `Follows(User->User)` */
  readonly object: string;
}

/**
 * The data files of an export: `{table}.{format}`, and for each pair of a rel table `{rel}_{from}_{to}.{format}`
 * (`bind_export_database.cpp` of Kùzu 0.11.3). An export without data has none.
 */
export function exportFiles({ catalog, format, schemaOnly }: LossContext): ExportFile[] {
  if (schemaOnly) return [];
  return exportTables(catalog).flatMap(({ table, connections }) =>
    table.kind === 'node'
      ? [{ file: `${table.name}.${format}`, object: table.name }]
      : connections.map(({ from, to }) => ({
          file: `${table.name}_${from.name}_${to.name}.${format}`,
          object: `${table.name}(${from.name}->${to.name})`,
        })),
  );
}
