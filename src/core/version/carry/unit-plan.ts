import { foldName, quoteName, quoteString } from '../../dialect/kuzu-names';
import { endOption } from '../copy-statement';
import type { ExportColumn } from '../export-tables';
import type { DataFormat } from '../loss';
import { columnValue } from '../probe';
import { type Carried, itself } from './carried';
import { carryInCsv } from './csv';
import { carryInParquet } from './parquet';
import { isTextKey, NO_TEXTS, type TextFacts } from './texts';
import { matchUnit, type Unit, unitColumns, unitKeys } from './unit';

/** A column of a unit's file. */
export interface UnitColumn {
  readonly column: ExportColumn;
  /** Undefined where the file has a NULL in each row, since the values stand beside it. */
  readonly carried: Carried | undefined;
}

/** How a unit is written in one format. */
export interface UnitPlan {
  readonly unit: Unit;
  readonly format: DataFormat;
  readonly columns: readonly UnitColumn[];
  /** Whether rows can be loaded from the file at all: it holds the keys by which they are told, and each text as it is. */
  readonly isFit: boolean;
  readonly texts: TextFacts;
}

/** What a format can carry a column by, the best first. */
export function waysOf(format: DataFormat, column: ExportColumn): readonly Carried[] {
  if (isEndName(column)) return [];
  return format === 'csv' ? carryInCsv(column) : carryInParquet(column);
}

/** While it loads a rel table the engine calls the keys of both ends `from` and `to`. */
function isEndName({ table, column }: ExportColumn): boolean {
  return table.kind === 'rel' && ['from', 'to'].includes(foldName(column.name));
}

/** Whether all of the unit's values are in its file, so that none stand beside it. */
export function isHeld({ columns, isFit }: UnitPlan): boolean {
  return isFit && columns.every(({ carried }) => carried !== undefined);
}

/**
 * Whether the unit has a file: a property that is called like the keys of the ends would get these for values, whatever
 * the COPY says.
 */
export function hasFile({ unit, isFit }: UnitPlan): boolean {
  return isFit && !unitColumns(unit).some(isEndName);
}

/** What the texts of a pair's file are like: its own and those of the keys of its ends. */
export function textsOfUnit(unit: Unit, facts: ReadonlyMap<string, TextFacts>): TextFacts {
  const ends = unit.pair === undefined ? [] : [unit.pair.from, unit.pair.to].filter(isTextKey);
  const all = [unit.table, ...ends].map(({ name }) => facts.get(name) ?? NO_TEXTS);
  return {
    empty: all.some(({ empty }) => empty),
    broken: all.some(({ broken }) => broken),
  };
}

/** A NULL that a COPY puts into a column of any type; only JSON takes no text for it. */
function nothing({ column }: ExportColumn): string {
  return `CAST(NULL AS ${column.logicalType.id === 'json' ? 'INT64' : 'STRING'})`;
}

/** `COPY (…) TO 'file'`, without a final semicolon. */
export function copyOut(plan: UnitPlan, file: string): string {
  const { unit, format, columns } = plan;
  const ends =
    unit.pair === undefined
      ? []
      : unitKeys(unit).map(({ variable, key }) => {
          const value = `${variable}.${quoteName(key.column.name)}`;
          const write = waysOf(format, key)[0]?.write ?? itself;
          return `${write(value)} AS \`${variable === 'a' ? 'from' : 'to'}\``;
        });
  const own = columns.map(({ column, carried }) => {
    const value = carried === undefined ? nothing(column) : carried.write(columnValue(column));
    return `${value} AS ${quoteName(column.column.name)}`;
  });
  const options = format === 'csv' ? ' (header=true)' : '';
  return `COPY (${matchUnit(unit)} RETURN ${[...ends, ...own].join(', ')}) TO ${quoteString(file)}${options}`;
}

/** The line of `copy.cypher`, as the engine's own export would write it, without a final semicolon. */
export function copyIn(plan: UnitPlan): string {
  const { unit, format, texts } = plan;
  const columns = plan.columns.map(({ column }) => quoteName(column.column.name)).join(',');
  const options = [
    ...(unit.pair === undefined
      ? []
      : [`from=${endOption(unit.pair.from.name)}`, `to=${endOption(unit.pair.to.name)}`]),
    ...(format === 'csv' ? ['header=true', `parallel=${!texts.broken}`] : []),
  ].join(', ');
  // The engine's own reader of this file takes a file name in double quotes only.
  const source = `COPY ${quoteName(unit.table.name)} (${columns}) FROM "${unit.file}.${format}"`;
  return options === '' ? source : `${source} (${options})`;
}
