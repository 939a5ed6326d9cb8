import type { Dialect } from '../dialect/dialect';
import { foldName, sameName, writeName } from '../dialect/kuzu-names';
import { writeSqlName } from '../dialect/sql-names';
import type { Schema } from '../schema/model';
import type { Lost } from './finding';
import { tableKey } from './lost-table';

/**
 * A query that gives one row with one number: how many rows, values or relationships would be gone; undefined where the
 * database has none of it.
 */
export function countQuery(lost: Lost, schema: Schema, dialect: Dialect): string | undefined {
  const table = schema.tables.find((one) => tableKey(one) === lost.table);
  if (!table) return undefined;
  const column =
    lost.what === 'column' ? table.columns.find(({ name }) => sameName(name, lost.column))?.name : undefined;
  if (lost.what === 'column' && column === undefined) return undefined;
  if (table.kind === 'table' || dialect === 'sql') {
    const schemaName = table.kind === 'table' ? `${writeSqlName(table.schema)}.` : '';
    const counted = column === undefined ? '*' : writeSqlName(column);
    return `SELECT count(${counted}) AS n FROM ${schemaName}${writeSqlName(table.name)}`;
  }
  const condition = column === undefined ? '' : ` WHERE x.${writeName(column)} IS NOT NULL`;
  if (table.kind === 'node') return `MATCH (x:${writeName(table.name)})${condition} RETURN count(*) AS n`;
  const pair =
    lost.what === 'connection'
      ? table.connections.find(({ from, to }) => foldName(from) === lost.from && foldName(to) === lost.to)
      : undefined;
  if (lost.what === 'connection' && !pair) return undefined;
  const [from, to] = pair ? [`:${writeName(pair.from)}`, `:${writeName(pair.to)}`] : ['', ''];
  // No query reads a table that is stored backwards only.
  if (table.storageDirection === 'bwd') return undefined;
  return `MATCH (${from})-[x:${writeName(table.name)}]->(${to})${condition} RETURN count(*) AS n`;
}
