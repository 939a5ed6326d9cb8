import type { LogicalType } from '../../catalog/logical-type';
import { certain, type LossRule, lossOf, probed } from '../loss';
import { isConverted } from '../parquet-types';
import { anyRow, columnValue, probeColumns } from '../probe';
import { typesWithin } from '../value-path';

/** A member that takes any text, also that of a whole union; without one, nothing of the type is taken at all. */
function takesText(type: LogicalType): boolean {
  return (type.fields ?? []).slice(1).some((field) => field.type.id === 'STRING' || field.type.id === 'json');
}

function isConvertedUnion(type: LogicalType): boolean {
  return type.id === 'UNION' && (type.fields ?? []).some((field) => isConverted(field.type));
}

/**
 * The engine reads the struct that a UNION is inside as a text, `{tag: 0, n: 1.000000, s: }`, and stores that in the
 * first member that takes it.
 */
export const parquetUnion: LossRule = {
  code: 'KX041',
  name: 'parquet-union',
  find(context) {
    if (context.format !== 'parquet' || context.schemaOnly) return certain([]);
    const columns = probeColumns(context)
      .map((column) => ({
        column,
        type: column.column.logicalType,
        unions: typesWithin(column.column.logicalType).filter(isConvertedUnion),
      }))
      .filter(({ unions }) => unions.length > 0);
    const refused = columns.filter(({ type }) => type.id === 'UNION' && !takesText(type));
    const { probes } = probed(
      context,
      columns
        .filter((entry) => !refused.includes(entry))
        .map(({ column, type, unions }) => ({
          query:
            type.id === 'UNION' || unions.every(takesText)
              ? anyRow(column, `${columnValue(column)} IS NOT NULL`)
              : anyRow(column, 'true'),
          loss: lossOf(this, unions.every(takesText) ? 'warning' : 'error', column.object, {
            type: column.column.type,
          }),
        })),
    );
    const losses = refused.map(({ column }) => lossOf(this, 'error', column.object, { type: column.column.type }));
    return { losses, probes };
  },
};
