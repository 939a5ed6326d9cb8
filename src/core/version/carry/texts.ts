import type { CatalogNodeTable, CatalogRelTable } from '../../catalog/model';
import { quoteString } from '../../dialect/kuzu-names';
import type { ExportTable } from '../export-tables';
import { anyRow, columnValue } from '../probe';
import { typesWithin } from '../value-path';
import { NULL_TEXT } from './csv';
import { plainText } from './exact-text';

type AnyTable = CatalogNodeTable | CatalogRelTable;

/** What the texts of a table mean for its CSV file. */
export interface TextFacts {
  /** An empty text, which needs a NULL that looks otherwise. */
  readonly empty: boolean;
  /** A line break, which only one reader at a time takes. */
  readonly broken: boolean;
  /** A text that looks like our NULL. */
  readonly token: boolean;
}

export const NO_TEXTS: TextFacts = { empty: false, broken: false, token: false };

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
  const token = quoteString(NULL_TEXT);
  return anyOf(
    entry,
    columns,
    (value) => `${value} = '' OR ${value} = ${token} OR ${value} CONTAINS '\n' OR ${value} CONTAINS '\r'`,
  );
}

/** The queries that the three facts are answers to, in their order. */
export function textQuestions(entry: ExportTable): readonly [string, string, string] {
  const texts = entry.table.columns.filter(isText);
  const token = quoteString(NULL_TEXT);
  return [
    anyOf(entry, texts, (value) => `${value} = ''`),
    anyOf(entry, entry.table.columns.filter(hasText), (value) => `${value} CONTAINS '\n' OR ${value} CONTAINS '\r'`),
    anyOf(entry, texts, (value) => `${value} = ${token}`),
  ];
}

/** A text that may be NULL, as the file has it where an empty one is something else. */
export function tokenText(value: string): string {
  return `CASE WHEN ${value} IS NULL THEN ${quoteString(NULL_TEXT)} ELSE ${value} END`;
}

export function isTextKey(table: CatalogNodeTable): boolean {
  return table.columns.some((column) => column.name === table.primaryKey && isText(column));
}
