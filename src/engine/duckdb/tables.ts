import type { SqlColumn, SqlConstraint, SqlTable } from '../../core/schema/model';
import type { Cell } from '../driver';
import { plainTypes } from './plain-types';
import { columnTexts } from './table-text';

type Rows = readonly (readonly Cell[])[];

/** Puts the rows of the catalog's functions together; see QUERIES for what each holds. */
export function tablesOf(tables: Rows, columns: ReadonlyMap<string, Rows>, constraints: Rows): SqlTable[] {
  const ownConstraints = byTable(constraints);
  return tables.map(([schema, name, comment, sql]) => {
    const key = tableKey(schema, name);
    const rows = columns.get(key) ?? [];
    const texts = columnTexts(String(sql), rows.length);
    const parts = ownConstraints.get(key) ?? [];
    const keyColumns = new Set(parts.filter((row) => row[2] === 'PRIMARY KEY').flatMap((row) => names(row[4])));
    return {
      kind: 'table',
      schema: String(schema),
      name: String(name),
      columns: rows.map((row, at) => columnOf(row, texts[at] ?? {}, keyColumns)),
      constraints: parts.flatMap(constraintOf),
      ...(comment === null || comment === undefined ? {} : { comment: String(comment) }),
    };
  });
}

function columnOf(row: readonly Cell[], text: ReturnType<typeof columnTexts>[number], keys: ReadonlySet<string>) {
  const [, , name, type, value, nullable, comment] = row;
  const column: SqlColumn = {
    name: String(name),
    type: text.collation === undefined ? String(type) : `${String(type)} COLLATE ${text.collation}`,
    ...(text.generated === undefined ? {} : { generated: plainTypes(text.generated) }),
    // The catalog gives a generated column's expression as its default.
    ...(text.generated !== undefined || value === null || value === undefined
      ? {}
      : { default: plainTypes(String(value)) }),
    // A column of the primary key is never null: that says the key.
    ...(nullable === false && !keys.has(String(name)) ? { notNull: true } : {}),
    ...(comment === null || comment === undefined ? {} : { comment: String(comment) }),
  };
  return column;
}

function constraintOf([schema, , kind, expression, columns, table, referenced]: readonly Cell[]): SqlConstraint[] {
  switch (kind) {
    case 'PRIMARY KEY':
      return [{ kind: 'primary-key', columns: names(columns) }];
    case 'UNIQUE':
      return [{ kind: 'unique', columns: names(columns) }];
    case 'CHECK':
      return [{ kind: 'check', expression: plainTypes(String(expression)) }];
    case 'FOREIGN KEY':
      return [
        {
          kind: 'foreign-key',
          columns: names(columns),
          schema: String(schema),
          table: String(table),
          referenced: names(referenced),
        },
      ];
    default:
      // NOT NULL is the column's.
      return [];
  }
}

function names(cell: Cell | undefined): string[] {
  return Array.isArray(cell) ? cell.map(String) : [];
}

export function tableKey(schema: Cell | undefined, name: Cell | undefined): string {
  return JSON.stringify([schema, name]);
}

/** Rows that begin with schema and name, by those. */
export function byTable(rows: Rows): Map<string, Rows> {
  const found = new Map<string, (readonly Cell[])[]>();
  for (const row of rows) {
    const key = tableKey(row[0], row[1]);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}
