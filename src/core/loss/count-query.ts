import type { Dialect } from '../dialect/dialect';
import { foldName, sameName, writeName } from '../dialect/kuzu-names';
import { writeSqlName } from '../dialect/sql-names';
import type { Schema } from '../schema/model';
import { sqlLabel } from '../schema/sql-diff';
import { type CountedLoss, type Lost, tableKey } from './lost';

/** A query that gives one row with one number, and what that counts. */
export interface CountQuery extends Omit<CountedLoss, 'count'> {
  readonly query: string;
}

/**
 * How many rows, values or relationships would be gone; undefined where the database has none of it, or no query reads it.
 * @param schema that of the database
 */
export function countQuery(lost: Lost, schema: Schema, dialect: Dialect): CountQuery | undefined {
  const table = schema.tables.find((one) => tableKey(one) === lost.table);
  if (!table) return undefined;
  const column =
    lost.what === 'column' ? table.columns.find(({ name }) => sameName(name, lost.column))?.name : undefined;
  if (lost.what === 'column' && column === undefined) return undefined;
  const names = column === undefined ? [] : [column];
  const object = sqlLabel(table.kind === 'table' ? table.schema : 'main', table.name, ...names);
  if (table.kind === 'table' || dialect === 'sql') {
    const schemaName = table.kind === 'table' ? `${writeSqlName(table.schema)}.` : '';
    const counted = column === undefined ? '*' : writeSqlName(column);
    const query = `SELECT count(${counted}) AS n FROM ${schemaName}${writeSqlName(table.name)}`;
    return { what: column === undefined ? 'rows' : 'values', object, query };
  }
  const condition = column === undefined ? '' : ` WHERE x.${writeName(column)} IS NOT NULL`;
  if (table.kind === 'node') {
    const query = `MATCH (x:${writeName(table.name)})${condition} RETURN count(*) AS n`;
    return { what: column === undefined ? 'rows' : 'values', object, query };
  }
  const pair =
    lost.what === 'connection'
      ? table.connections.find(({ from, to }) => foldName(from) === lost.from && foldName(to) === lost.to)
      : undefined;
  if (lost.what === 'connection' && !pair) return undefined;
  const [from, to] = pair ? [`:${writeName(pair.from)}`, `:${writeName(pair.to)}`] : ['', ''];
  // No query reads a table that is stored backwards only.
  if (table.storageDirection === 'bwd') return undefined;
  return {
    what: column === undefined ? 'relationships' : 'values',
    object: pair ? `${object}(${pair.from}->${pair.to})` : object,
    query: `MATCH (${from})-[x:${writeName(table.name)}]->(${to})${condition} RETURN count(*) AS n`,
  };
}
