import { quoteString, sameName, writeName } from '../dialect/kuzu-names';
import type { Column, Connection, Index, Macro, Sequence, Table, UserType } from './model';
import { createSqlMacro, createSqlSequence, createSqlTable, createSqlType, dropSqlIndex } from './sql-statements';

/** The DDL of single objects, without the final semicolon; names in quotes only where the engine needs them. */

/**
 * `lines`: one item a line, and the last is always the key or the multiplicity, so that a new column touches no other
 * line. `line`: all in one.
 */
export function createTable(table: Table, layout: 'lines' | 'line' = 'lines'): string {
  if (table.kind === 'table') return createSqlTable(table, layout);
  const items = table.columns.map(columnText);
  let options = '';
  if (table.kind === 'node') {
    // The engine wants the key in the very case of its column, though it ignores case everywhere else (measured).
    const key = table.columns.find((column) => sameName(column.name, table.primaryKey))?.name ?? table.primaryKey;
    items.push(`PRIMARY KEY (${writeName(key)})`);
  } else {
    items.unshift(...table.connections.map(connectionText));
    items.push(table.multiplicity);
    if (table.storageDirection !== 'both') options = ` WITH (storage_direction = '${table.storageDirection}')`;
  }
  const head = `CREATE ${table.kind === 'node' ? 'NODE' : 'REL'} TABLE ${writeName(table.name)}`;
  return layout === 'line'
    ? `${head} (${items.join(', ')})${options}`
    : `${head} (\n  ${items.join(',\n  ')}\n)${options}`;
}

/** A column as it stands in CREATE TABLE and ALTER TABLE ADD. */
export function columnText(column: Column): string {
  const text = `${writeName(column.name)} ${column.type}`;
  return column.default === undefined ? text : `${text} DEFAULT ${column.default}`;
}

/** `FROM User TO City`. */
export function connectionText(connection: Connection): string {
  return `FROM ${writeName(connection.from)} TO ${writeName(connection.to)}`;
}

/** Sets the comment; the empty text removes it. */
export function commentOnTable(table: string, comment: string): string {
  return `COMMENT ON TABLE ${writeName(table)} IS ${quoteString(comment)}`;
}

const LARGEST = '9223372036854775807';
const SMALLEST = '-9223372036854775808';

/** The start is always written; bounds and step only where they are not what the engine would choose (measured). */
export function createSequence(sequence: Sequence): string {
  if (sequence.schema !== undefined) return createSqlSequence(sequence);
  const down = sequence.increment.startsWith('-');
  return [
    `CREATE SEQUENCE ${writeName(sequence.name)} START ${sequence.start}`,
    sequence.increment === '1' ? '' : ` INCREMENT ${sequence.increment}`,
    sequence.min === (down ? SMALLEST : '1') ? '' : ` MINVALUE ${sequence.min}`,
    sequence.max === (down ? '-1' : LARGEST) ? '' : ` MAXVALUE ${sequence.max}`,
    sequence.cycle ? ' CYCLE' : '',
  ].join('');
}

export function createMacro(macro: Macro): string {
  if (macro.schema !== undefined) return createSqlMacro(macro);
  return `CREATE MACRO ${writeName(macro.name)}(${macro.parameters}) AS ${macro.body}`;
}

export function createType(type: UserType): string {
  if (type.schema !== undefined) return createSqlType(type);
  return `CREATE TYPE ${writeName(type.name)} AS ${type.definition}`;
}

/** What removes an index; in Kùzu a call, whose name comes from the kind of index, as in CALL show_indexes(). */
export function dropIndex(index: Index): string {
  if (index.schema !== undefined) return dropSqlIndex(index);
  const call = index.type.toUpperCase() === 'HNSW' ? 'DROP_VECTOR_INDEX' : `DROP_${index.type.toUpperCase()}_INDEX`;
  return `CALL ${call}(${quoteString(index.table)}, ${quoteString(index.name)})`;
}
