import type { LogicalType } from '../../catalog/logical-type';
import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';
import { isConverted } from '../parquet-types';
import { typesWithin } from '../value-path';

/** Whether JSON alone makes the difference between a type and what parquet has for it; anything else is converted. */
function differsByJson(type: LogicalType): boolean {
  const within = typesWithin(type);
  const others = within.filter(
    ({ id, element, fields }) => id !== 'json' && element === undefined && fields === undefined,
  );
  const around = within.filter(({ element, fields }) => element !== undefined || fields !== undefined);
  return (
    within.some(({ id }) => id === 'json') &&
    !others.some(isConverted) &&
    around.every(({ id }) => id === 'LIST' || id === 'STRUCT')
  );
}

/** A list of texts can't be bound to a list of JSON, not even an empty one. */
export const parquetJsonList: LossRule = {
  code: 'KX039',
  name: 'parquet-json-list',
  find({ catalog, format, schemaOnly }) {
    if (format !== 'parquet' || schemaOnly) return certain([]);
    return certain(
      exportColumns(catalog)
        .filter(({ column }) => column.logicalType.id === 'LIST' && differsByJson(column.logicalType))
        .map(({ object, column }) => lossOf(this, 'error', object, { type: column.type })),
    );
  },
};
