import { quoteString } from '../../dialect/kuzu-names';
import type { ExportColumn } from '../export-tables';
import { type LossRule, lossOf, probed } from '../loss';
import { anyRow, columnValue, probeColumns, readsAsNull } from '../probe';
import { typesWithin } from '../value-path';

/** What an import makes of a value: it reads the value's own text, but blanks and the word NULL as NULL. */
function readAgain(column: ExportColumn): string {
  const text = `CAST(${columnValue(column)} AS STRING)`;
  const read = `CASE WHEN ${readsAsNull(text)} THEN NULL ELSE ${text} END`;
  return `CAST(${read} AS ${column.column.type})`;
}

/** The hash of a whole UNION is another one each time; that of the member that is set is not. */
function isChanged(column: ExportColumn): string {
  const value = columnValue(column);
  const again = readAgain(column);
  const members = (column.column.logicalType.fields ?? []).slice(1).map(({ name }) => {
    const member = (union: string) => `hash({x: union_extract(${union}, ${quoteString(name)})})`;
    return `(union_tag(${value}) = ${quoteString(name)} AND ${member(again)} <> ${member(value)})`;
  });
  return [`${again} IS NULL`, `union_tag(${again}) <> union_tag(${value})`, ...members].join(' OR ');
}

/**
 * CSV holds the value of a UNION without saying which member it is: the first member that can read it gets it. Inside
 * of other types there is no way to ask, so that every value there may be concerned; the text is read all the same,
 * since it may be one that can't be read.
 */
export const csvUnion: LossRule = {
  code: 'KX042',
  name: 'csv-union',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    return probed(
      context,
      probeColumns(context)
        .filter(({ column }) => typesWithin(column.logicalType).some((type) => type.id === 'UNION'))
        .map((column) => {
          const isUnion = column.column.logicalType.id === 'UNION';
          const condition = isUnion ? isChanged(column) : `size(CAST(${readAgain(column)} AS STRING)) >= 0`;
          return {
            query: anyRow(column, `${columnValue(column)} IS NOT NULL AND (${condition})`),
            loss: lossOf(this, 'warning', column.object),
            onError: lossOf(this, 'error', column.object),
          };
        }),
    );
  },
};
