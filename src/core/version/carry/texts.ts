import type { CatalogNodeTable, CatalogRelTable } from '../../catalog/model';
import type { ExportTable } from '../export-tables';
import { anyRow, columnValue } from '../probe';
import { typesWithin } from '../value-path';
import { plainText } from './exact-text';

type AnyTable = CatalogNodeTable | CatalogRelTable;

/** What the texts of a table mean for its CSV file. */
export interface TextFacts {
  /**
   * An empty text, which CSV does not tell from NULL: the engine's import leaves out the option that says what NULL is,
   * and with it a NULL in a JSON column is an empty JSON (measured).
   */
  readonly empty: boolean;
  /** A line break, which only one reader at a time takes. */
  readonly broken: boolean;
}

export const NO_TEXTS: TextFacts = { empty: false, broken: false };

const hasText = (column: AnyTable['columns'][number]) =>
  typesWithin(column.logicalType).some(({ id }) => id === 'STRING' || id === 'json');

const isText = (column: AnyTable['columns'][number]) => column.logicalType.id === 'STRING';

function anyOf(entry: ExportTable, columns: AnyTable['columns'], test: (value: string) => string): string {
  const tests = columns.map((column) =>
    test(isText(column) ? columnValue({ column }) : plainText(columnValue({ column }))),
  );
  return tests.length === 0 ? 'RETURN 0 AS count' : anyRow(entry, tests.join(' OR '));
}

/** One look at all texts; undefined for a table without any. Where it finds nothing, there is nothing to know. */
export function textQuestion(entry: ExportTable): string | undefined {
  const columns = entry.table.columns.filter(hasText);
  if (columns.length === 0) return undefined;
  return anyOf(entry, columns, (value) => `${value} = '' OR ${value} CONTAINS '\n' OR ${value} CONTAINS '\r'`);
}

/** The queries that the facts are answers to, in their order. */
export function textQuestions(entry: ExportTable): readonly [string, string] {
  const texts = entry.table.columns.filter(isText);
  return [
    anyOf(entry, texts, (value) => `${value} = ''`),
    anyOf(entry, entry.table.columns.filter(hasText), (value) => `${value} CONTAINS '\n' OR ${value} CONTAINS '\r'`),
  ];
}

export function isTextKey(table: CatalogNodeTable): boolean {
  return table.columns.some((column) => column.name === table.primaryKey && isText(column));
}
