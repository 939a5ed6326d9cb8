import type { Catalog, CatalogNodeTable } from '../../catalog/model';
import { quoteName } from '../../dialect/kuzu-names';
import { sortByName } from '../../schema/order';
import { type ExportColumn, type ExportTable, exportTables } from '../export-tables';
import type { DataFormat } from '../loss';

/** What has a data file of its own: a node table, or one FROM–TO pair of a rel table. */
export interface Unit extends ExportTable {
  readonly pair?: { readonly from: CatalogNodeTable; readonly to: CatalogNodeTable };
  /** Without its ending; no other unit's, in any case of letters, and nothing that a path or a pattern could be. */
  readonly file: string;
}

/** Node tables first, since rel tables name their rows; else by name, which is the same in a copy. */
export function unitsOf(catalog: Catalog): Unit[] {
  const taken = new Set<string>();
  const tables = exportTables(catalog);
  const byName = (kind: 'node' | 'rel') =>
    sortByName(
      tables.filter(({ table }) => table.kind === kind),
      ({ table }) => table.name,
    );
  return [...byName('node'), ...byName('rel')].flatMap((entry) => {
    const { name } = entry.table;
    if (entry.table.kind === 'node') return [{ ...entry, file: fileName(name, taken) }];
    return entry.connections.map((pair) => ({
      ...entry,
      pair,
      file: fileName(`${name}_${pair.from.name}_${pair.to.name}`, taken),
    }));
  });
}

/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const LONGEST = 100;

/** A name for a file that none of `taken` has, to which it is added; safe on every file system. */
export function fileName(wanted: string, taken: Set<string>): string {
  const plain = wanted.normalize('NFC').replace(/[^\p{L}\p{N}_$ -]/gu, '_');
  const short = [...plain].slice(0, LONGEST).join('').slice(0, LONGEST);
  const base = RESERVED.test(short) || short.startsWith(' ') || short.endsWith(' ') ? `_${short.trim()}` : short;
  const cut = new TextEncoder().encode(base).length > 2 * LONGEST ? [...base].slice(0, LONGEST / 2).join('') : base;
  for (let number = 1; ; number++) {
    const name = number === 1 ? cut : `${cut}-${number}`;
    // Windows and macOS mostly take names that differ in case alone for one.
    const key = name.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

/** `User`, `Follows(User->User)` */
export function unitName({ table, pair }: Unit): string {
  return pair === undefined ? table.name : `${table.name}(${pair.from.name}->${pair.to.name})`;
}

/** The rows of a unit as `t`, and of a pair its ends as `a` and `b`. */
export function matchUnit({ table, pair }: Unit): string {
  const name = quoteName(table.name);
  if (pair === undefined) return `MATCH (t:${name})`;
  return `MATCH (a:${quoteName(pair.from.name)})-[t:${name}]->(b:${quoteName(pair.to.name)})`;
}

/** The key of a node table, as a column of it. */
export function keyColumn(table: CatalogNodeTable): ExportColumn {
  const column = table.columns.find(({ name }) => name === table.primaryKey);
  if (column === undefined) throw new TypeError(`${table.name} has no column ${table.primaryKey}`);
  return { table, connections: [], column, object: `${table.name}.${column.name}` };
}

/** The columns of a unit's table. */
export function unitColumns(unit: Unit): ExportColumn[] {
  return unit.table.columns.map((column) => ({ ...unit, column, object: `${unit.table.name}.${column.name}` }));
}

/** The keys that the rows of a unit are told by: its own, or those of both ends. */
export function unitKeys({ table, pair }: Unit): { readonly variable: 't' | 'a' | 'b'; readonly key: ExportColumn }[] {
  if (pair === undefined) return table.kind === 'node' ? [{ variable: 't', key: keyColumn(table) }] : [];
  return [
    { variable: 'a', key: keyColumn(pair.from) },
    { variable: 'b', key: keyColumn(pair.to) },
  ];
}

export function otherFormat(format: DataFormat): DataFormat {
  return format === 'parquet' ? 'csv' : 'parquet';
}
