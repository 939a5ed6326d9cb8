import type { LogicalType } from '../catalog/logical-type';
import type { Catalog } from '../catalog/model';
import { quoteName } from '../dialect/kuzu-names';
import { matchUnit, type Unit, unitColumns, unitKeys, unitsOf } from './carry/unit';
import type { ExportColumn } from './export-tables';
import { columnValue } from './probe';
import { typesWithin } from './value-path';
import { leafText, type Query, Shredder } from './values/shape';

/**
 * Queries whose numbers, added up, are equal exactly for tables of equal rows, in whatever order (but for chance, 1 in
 * 2^64, and -0.0, which counts as 0.0): `rows` and one hash a query.
 */
export interface FingerprintQueries {
  readonly table: string;
  /** `(User->City)` of a rel table. */
  readonly pair: string;
  /** Each returns the number of rows and a sum of hashes as text. */
  readonly queries: readonly string[];
}

export function fingerprintQueries(catalog: Catalog): FingerprintQueries[] {
  return unitsOf(catalog)
    .filter(({ table }) => table.kind === 'node' || table.storageDirection !== 'bwd')
    .map((unit) => ({
      table: unit.table.name,
      pair: unit.pair === undefined ? '' : `(${unit.pair.from.name}->${unit.pair.to.name})`,
      queries: sums(unit, unitColumns(unit)),
    }));
}

/** The clauses to the rows of a unit, what tells them apart, and what their nested columns are made of. */
function shred(unit: Unit, columns: readonly ExportColumn[]): readonly Query[] {
  const keys = unitKeys(unit).map(({ variable, key }) => `${variable}.${quoteName(key.column.name)}`);
  // Naming the keys first costs a quarter of the time, and only lists need the names.
  if (columns.length === 0) return [{ clauses: matchUnit(unit), positions: keys, cells: [] }];
  const names = keys.map((_, at) => `k${at}`);
  const named = keys.map((key, at) => `${key} AS k${at}`);
  const shredder = new Shredder(`${matchUnit(unit)} WITH ${[...named, 't'].join(', ')}`, names, textOf);
  for (const column of columns) shredder.shape(column.column.logicalType, columnValue(column));
  return shredder.queries;
}

/** Read from the other end of a relationship, the engine itself may answer 0.0 for a -0.0 that was stored (measured). */
function textOf(type: LogicalType, value: string): string {
  const text = leafText(type, value);
  return type.id === 'DOUBLE' || type.id === 'FLOAT' ? `CASE WHEN ${value} = 0 THEN '0.0' ELSE ${text} END` : text;
}

/** The hash of a NULL in place of a STRUCT or UNION, and of one inside of a MAP, is another one in another file. */
function isHashed({ column }: ExportColumn): boolean {
  return typesWithin(column.logicalType).every(({ fields }) => fields === undefined);
}

function sums(unit: Unit, columns: readonly ExportColumn[]): string[] {
  const whole = columns.filter(isHashed).map(columnValue);
  return shred(
    unit,
    columns.filter((column) => !isHashed(column)),
  ).map(({ clauses, positions, cells }, at) => {
    const values = [...positions, ...cells, ...(at === 0 ? whole : [])];
    const struct = `{${values.map((value, index) => `c${index}: ${value}`).join(', ')}}`;
    const rows = at === 0 ? 'count(*)' : '0';
    return `${clauses} RETURN ${rows} AS n, CAST(sum(CAST(hash(${struct}) AS INT128)) AS STRING) AS h`;
  });
}

/** For the text of an error: queries whose sums tell which column of two tables differs. */
export function columnFingerprints(unit: Unit): { readonly column: string; readonly queries: readonly string[] }[] {
  return unitColumns(unit).map((column) => ({ column: column.object, queries: sums(unit, [column]) }));
}
