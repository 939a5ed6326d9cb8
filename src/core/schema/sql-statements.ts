import { quoteSqlString, writeSqlName, writeSqlTypeName } from '../dialect/sql-names';
import type { Index, Macro, Sequence, SqlColumn, SqlConstraint, SqlTable, UserType, View, ViewColumn } from './model';

/** The DDL of DuckDB's single objects, without the final semicolon; names in quotes only where the engine needs them. */

/** A name with its schema, as it stands in a statement; `main` goes without saying. */
export function sqlName({ schema = 'main', name }: { readonly schema?: string; readonly name: string }): string {
  return schema === 'main' ? writeSqlName(name) : `${writeSqlName(schema)}.${writeSqlName(name)}`;
}

/** One item a line, or all in one; constraints stand behind the columns, wherever they were written. */
export function createSqlTable(table: SqlTable, layout: 'lines' | 'line'): string {
  const items = [...table.columns.map(sqlColumnText), ...table.constraints.map(constraintText)];
  const body = layout === 'line' ? `(${items.join(', ')})` : `(\n  ${items.join(',\n  ')}\n)`;
  return `CREATE TABLE ${sqlName(table)} ${body}`;
}

/** A column as it stands in CREATE TABLE and ALTER TABLE ADD. */
export function sqlColumnText(column: SqlColumn): string {
  return [
    `${writeSqlName(column.name)} ${column.type}`,
    column.generated === undefined ? '' : ` GENERATED ALWAYS AS ${column.generated}`,
    column.default === undefined ? '' : ` DEFAULT ${defaultExpression(column.default)}`,
    column.notNull ? ' NOT NULL' : '',
  ].join('');
}

/** A DEFAULT takes literals and calls as they stand, and anything else in parentheses. */
export function defaultExpression(text: string): string {
  return /^(?:'(?:[^']|'')*'|-?[\w.]+|\(.*\)|\w+\(.*\))$/s.test(text) ? text : `(${text})`;
}

export function constraintText(constraint: SqlConstraint): string {
  switch (constraint.kind) {
    case 'primary-key':
      return `PRIMARY KEY ${nameList(constraint.columns)}`;
    case 'unique':
      return `UNIQUE ${nameList(constraint.columns)}`;
    case 'check':
      return `CHECK ${/^\(.*\)$/s.test(constraint.expression) ? constraint.expression : `(${constraint.expression})`}`;
    case 'foreign-key': {
      const { schema, table: name } = constraint;
      const target = `${sqlName({ schema, name })} ${nameList(constraint.referenced)}`;
      return `FOREIGN KEY ${nameList(constraint.columns)} REFERENCES ${target}`;
    }
  }
}

const LARGEST = '9223372036854775807';
const SMALLEST = '-9223372036854775808';

/** Start, bounds and step only where they are not what the engine would choose (measured). */
export function createSqlSequence(sequence: Sequence): string {
  const down = sequence.increment.startsWith('-');
  const min = down ? SMALLEST : '1';
  const max = down ? '-1' : LARGEST;
  return [
    `CREATE SEQUENCE ${sqlName(sequence)}`,
    sequence.increment === '1' ? '' : ` INCREMENT BY ${sequence.increment}`,
    sequence.min === min ? '' : ` MINVALUE ${sequence.min}`,
    sequence.max === max ? '' : ` MAXVALUE ${sequence.max}`,
    sequence.start === (down ? sequence.max : sequence.min) ? '' : ` START WITH ${sequence.start}`,
    sequence.cycle ? ' CYCLE' : '',
  ].join('');
}

export function createSqlMacro(macro: Macro): string {
  return `CREATE MACRO ${sqlName(macro)}(${macro.parameters}) AS ${macro.body}`;
}

export function isTableMacro(macro: Macro): boolean {
  return macro.body.startsWith('TABLE ');
}

export function createSqlType(type: UserType): string {
  // Behind its own word for it the parser takes no brackets (measured).
  const definition = type.definition.replace(/^ENUM(?=.*\]$)/s, '"ENUM"');
  return `CREATE TYPE ${sqlTypeName(type)} AS ${definition}`;
}

export function sqlTypeName(type: UserType): string {
  const name = writeSqlTypeName(type.name);
  return type.schema === undefined || type.schema === 'main' ? name : `${writeSqlName(type.schema)}.${name}`;
}

export function createSqlSchema(name: string): string {
  return `CREATE SCHEMA ${writeSqlName(name)}`;
}

export function dropSqlIndex(index: Index): string {
  return `DROP INDEX ${sqlName(index)}`;
}

/** What a comment may stand on, in the words of COMMENT ON. */
export function commentTarget(object: SqlCommented): string {
  switch (object.kind) {
    case 'table':
      return `TABLE ${sqlName(object.item)}`;
    case 'column':
      return `COLUMN ${sqlName(object.table)}.${writeSqlName(object.item.name)}`;
    case 'view':
      return `VIEW ${sqlName(object.item)}`;
    case 'index':
      return `INDEX ${sqlName(object.item)}`;
    case 'sequence':
      return `SEQUENCE ${sqlName(object.item)}`;
    case 'macro':
      return `MACRO ${isTableMacro(object.item) ? 'TABLE ' : ''}${sqlName(object.item)}`;
    case 'type':
      return `TYPE ${sqlTypeName(object.item)}`;
  }
}

export type SqlCommented =
  | { readonly kind: 'table'; readonly item: SqlTable }
  | { readonly kind: 'column'; readonly table: SqlTable | View; readonly item: SqlColumn | ViewColumn }
  | { readonly kind: 'view'; readonly item: View }
  | { readonly kind: 'index'; readonly item: Index }
  | { readonly kind: 'sequence'; readonly item: Sequence }
  | { readonly kind: 'macro'; readonly item: Macro }
  | { readonly kind: 'type'; readonly item: UserType };

/** Sets a comment; without one it is taken away. */
export function sqlComment(target: string, comment: string | undefined): string {
  return `COMMENT ON ${target} IS ${comment === undefined ? 'NULL' : quoteSqlString(comment)}`;
}

function nameList(names: readonly string[]): string {
  return `(${names.map(writeSqlName).join(', ')})`;
}
