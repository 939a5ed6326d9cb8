import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';
import { typesWithin } from '../value-path';

export const parquetDecimal: LossRule = {
  code: 'KX024',
  name: 'parquet-decimal',
  find({ catalog, format, schemaOnly }) {
    if (format !== 'parquet' || schemaOnly) return certain([]);
    return certain(
      exportColumns(catalog)
        .filter(({ column }) => typesWithin(column.logicalType).some((type) => type.id === 'DECIMAL'))
        .map(({ object, column }) => lossOf(this, 'blocked', object, { type: column.type })),
    );
  },
};
