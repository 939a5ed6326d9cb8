import type { LogicalType } from '../../catalog/logical-type';
import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** Through lists and structs alone: arrays and maps are converted, not bound. */
function reachesJson(type: LogicalType): boolean {
  if (type.id === 'LIST') return type.element !== undefined && reachesJson(type.element);
  if (type.id === 'STRUCT') return (type.fields ?? []).some((field) => reachesJson(field.type));
  return type.id === 'json';
}

/** A list of texts can't be bound to a list of JSON, not even an empty one. */
export const parquetJsonList: LossRule = {
  code: 'KX039',
  name: 'parquet-json-list',
  find({ catalog, format, schemaOnly }) {
    if (format !== 'parquet' || schemaOnly) return certain([]);
    return certain(
      exportColumns(catalog)
        .filter(({ column }) => column.logicalType.id === 'LIST' && reachesJson(column.logicalType))
        .map(({ object, column }) => lossOf(this, 'error', object, { type: column.type })),
    );
  },
};
