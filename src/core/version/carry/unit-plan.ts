import { foldName, quoteName, quoteString } from '../../dialect/kuzu-names';
import { endOption } from '../copy-statement';
import type { ExportColumn } from '../export-tables';
import type { DataFormat } from '../loss';
import { columnValue } from '../probe';
import { type Carried, itself } from './carried';
import { carryInCsv, NULL_TEXT } from './csv';
import { carryInParquet } from './parquet';
import { isTextKey, NO_TEXTS, type TextFacts, tokenText } from './texts';
import { matchUnit, type Unit, unitColumns, unitKeys } from './unit';

export interface UnitColumn {
  readonly column: ExportColumn;
  /** Undefined where the format can hold no value of the column. */
  readonly carried: Carried | undefined;
}

/** How a unit is written in one format. */
export interface UnitPlan {
  readonly unit: Unit;
  readonly format: DataFormat;
  /** In the data file. */
  readonly carried: readonly ExportColumn[];
  /** Beside it, value by value. */
  readonly beside: readonly ExportColumn[];
  readonly texts: TextFacts;
}

export function carry(format: DataFormat, column: ExportColumn): Carried | undefined {
  // While it loads a rel table the engine calls the keys of both ends `from` and `to`.
  if (column.table.kind === 'rel' && ['from', 'to'].includes(foldName(column.column.name))) return undefined;
  return format === 'csv' ? carryInCsv(column) : carryInParquet(column);
}

export function unitCarriers(unit: Unit, format: DataFormat): UnitColumn[] {
  return unitColumns(unit).map((column) => ({ column, carried: carry(format, column) }));
}

/** What the texts of a pair's file are like: its own and those of the keys of its ends. */
export function textsOfUnit(unit: Unit, facts: ReadonlyMap<string, TextFacts>): TextFacts {
  const ends = unit.pair === undefined ? [] : [unit.pair.from, unit.pair.to].filter(isTextKey);
  const all = [unit.table, ...ends].map(({ name }) => facts.get(name) ?? NO_TEXTS);
  return {
    empty: all.some(({ empty }) => empty),
    broken: all.some(({ broken }) => broken),
    token: all.some(({ token }) => token),
  };
}

/** The expression of a column in the unit's file. */
function written(plan: UnitPlan, column: ExportColumn, value: string): string {
  const isText = column.column.logicalType.id === 'STRING';
  if (plan.format === 'csv' && plan.texts.empty && isText) return tokenText(value);
  return (carry(plan.format, column)?.write ?? itself)(value);
}

/** `COPY (…) TO 'file'`, without a final semicolon. */
export function copyOut(plan: UnitPlan, file: string): string {
  const { unit, format, carried } = plan;
  const ends =
    unit.pair === undefined
      ? []
      : unitKeys(unit).map(({ variable, key }) => {
          const value = `${variable}.${quoteName(key.column.name)}`;
          return `${written(plan, key, value)} AS \`${variable === 'a' ? 'from' : 'to'}\``;
        });
  const own = carried.map(
    (column) => `${written(plan, column, columnValue(column))} AS ${quoteName(column.column.name)}`,
  );
  const options = format === 'csv' ? ' (header=true)' : '';
  return `COPY (${matchUnit(unit)} RETURN ${[...ends, ...own].join(', ')}) TO ${quoteString(file)}${options}`;
}

/** The line of `copy.cypher`, as the engine's own export would write it, without a final semicolon. */
export function copyIn(plan: UnitPlan): string {
  const { unit, format, carried, texts } = plan;
  const columns = carried.map(({ column }) => quoteName(column.name)).join(',');
  const options = [
    ...(unit.pair === undefined
      ? []
      : [`from=${endOption(unit.pair.from.name)}`, `to=${endOption(unit.pair.to.name)}`]),
    ...(format === 'csv' ? ['header=true', `parallel=${!texts.broken}`] : []),
    ...(format === 'csv' && texts.empty ? [`null_strings=[${quoteString(NULL_TEXT)}]`] : []),
  ].join(', ');
  // The engine's own reader of this file takes a file name in double quotes only.
  const source = `COPY ${quoteName(unit.table.name)} (${columns}) FROM "${unit.file}.${format}"`;
  return options === '' ? source : `${source} (${options})`;
}
