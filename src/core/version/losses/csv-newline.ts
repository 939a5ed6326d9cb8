import type { LogicalType } from '../../catalog/logical-type';
import { quoteName, quoteString } from '../../dialect/kuzu-names';
import { type ExportColumn, type ExportTable, exportTables } from '../export-tables';
import { type LossContext, type LossProbe, type LossRule, lossOf, probed } from '../loss';
import { columnValue, matchRows, probeColumns } from '../probe';
import { typesWithin, valuePaths } from '../value-path';

/** A line break before any comma or quote: only of such a one the engine takes note. */
const NOTED = quoteString('(?s)[^,"\\n\\r]*[\\n\\r].*');
const UNNOTED = quoteString('(?s)[^,"\\n\\r]*[,"].*[\\n\\r].*');

const isText = ({ id }: LogicalType) => id === 'STRING' || id === 'json';

/** One data file: the rows that go into it, and the columns with texts. */
interface TextFile {
  readonly object: string;
  readonly match: string;
  readonly columns: readonly ExportColumn[];
}

function textFiles(context: LossContext): TextFile[] {
  const texts = probeColumns(context).filter(({ column }) => typesWithin(column.logicalType).some(isText));
  return exportTables(context.catalog).flatMap((entry): TextFile[] => {
    const columns = texts.filter(({ table }) => table === entry.table);
    if (columns.length === 0) return [];
    const { table, connections } = entry;
    if (table.kind === 'node') return [{ object: table.name, match: matchRows(entry), columns }];
    return connections.map(({ from, to }) => ({
      object: `${table.name}(${from.name}->${to.name})`,
      match: `MATCH (:${quoteName(from.name)})-[t:${quoteName(table.name)}]->(:${quoteName(to.name)})`,
      columns,
    }));
  });
}

function textOf(column: ExportColumn): string {
  const value = columnValue(column);
  return column.column.logicalType.id === 'STRING' ? value : `CAST(${value} AS STRING)`;
}

/** The texts to look for line breaks in: those in fields of structs by themselves, which is cheaper than the whole. */
function textsOf(column: ExportColumn): string[] {
  const paths = valuePaths(column.column.logicalType, columnValue(column)).filter(({ type }) => isText(type));
  if (paths.some(({ steps }) => steps.length > 0)) return [textOf(column)];
  return paths.map(({ type, guards, value }) => {
    const text = type.id === 'STRING' ? value : `CAST(${value} AS STRING)`;
    return guards.length === 0 ? text : `CASE WHEN ${guards.join(' AND ')} THEN ${text} ELSE '' END`;
  });
}

/** Counts the rows with a line break, unless one of them makes the engine take note of all. */
function fileQuery({ match, columns }: TextFile): string {
  const broken = columns.flatMap(textsOf).map((text) => `${text} CONTAINS '\n' OR ${text} CONTAINS '\r'`);
  // Of a list it never takes note.
  const noted = columns
    .filter(({ column }) => column.logicalType.id !== 'LIST')
    .map((column) => `regexp_full_match(${textOf(column)}, ${NOTED})`);
  const count =
    noted.length === 0
      ? 'count(*)'
      : `CASE WHEN sum(CASE WHEN ${noted.join(' OR ')} THEN 1 ELSE 0 END) > 0 THEN 0 ELSE count(*) END`;
  return `${match} WHERE ${broken.join(' OR ')} RETURN ${count} AS count`;
}

/** The file of a rel table has the keys of both ends, too. */
function keyQueries({ table, connections }: ExportTable): string[] {
  const rel = `[:${quoteName(table.name)}]`;
  return connections.flatMap(({ from, to }) =>
    [
      { end: from, match: `MATCH (k:${quoteName(from.name)})-${rel}->(:${quoteName(to.name)})` },
      { end: to, match: `MATCH (:${quoteName(from.name)})-${rel}->(k:${quoteName(to.name)})` },
    ]
      .filter(({ end }) => end.columns.some(({ name, type }) => name === end.primaryKey && type === 'STRING'))
      .map(({ end, match }) => {
        const condition = `regexp_full_match(k.${quoteName(end.primaryKey)}, ${UNNOTED})`;
        return `${match} WHERE ${condition} WITH k LIMIT 1 RETURN count(*) AS count`;
      }),
  );
}

/**
 * The engine reads a file in parallel unless it noted a line break while it wrote it, and such a reader refuses line
 * breaks. It looks no further than the first comma or quote of a text (`requireQuotes` of `export_csv_function.cpp`).
 */
export const csvNewline: LossRule = {
  code: 'KX026',
  name: 'csv-newline',
  find(context) {
    if (context.format !== 'csv') return probed(context, []);
    const files = textFiles(context).map(
      (file): LossProbe => ({ query: fileQuery(file), loss: lossOf(this, 'error', file.object) }),
    );
    const keys = exportTables(context.catalog)
      .filter(({ table }) => table.kind === 'rel' && table.storageDirection !== 'bwd')
      .flatMap((entry) =>
        keyQueries(entry).map((query): LossProbe => ({ query, loss: lossOf(this, 'error', entry.table.name) })),
      );
    return probed(context, [...files, ...keys]);
  },
};
