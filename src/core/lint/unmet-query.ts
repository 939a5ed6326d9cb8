import { sameName } from '../dialect/kuzu-names';
import { writeSqlName } from '../dialect/sql-names';
import type { Schema, SqlConstraint, SqlTable } from '../schema/model';
import { sqlName } from '../schema/sql-statements';
import type { Demand } from './demand';

/**
 * A query that gives one row with one number: how many rows of a database of DuckDB don't meet a demand. Undefined where the
 * database lacks what it is about, or no query tells: inside of a list or a struct a TRY_CAST fails without a word (measured).
 * @param schema that of the database
 */
export function unmetQuery({ schema: inSchema, table: name, of }: Demand, schema: Schema): string | undefined {
  const table = tableOf(schema, inSchema, name);
  if (!table) return undefined;
  const count = (condition: string) => `SELECT count(*) AS n FROM ${sqlName(table)} AS t${condition}`;
  switch (of.what) {
    case 'no-rows':
      return count('');
    case 'not-null':
      return has(table, [of.column]) ? count(` WHERE t.${writeSqlName(of.column)} IS NULL`) : undefined;
    case 'cast': {
      if (!has(table, [of.column]) || /[[\]]|^(?:STRUCT|MAP|UNION)\(/.test(of.type.replace(/'(?:[^']|'')*'/g, ''))) {
        return undefined;
      }
      const value = `t.${writeSqlName(of.column)}`;
      const type = of.type.replace(/ COLLATE [\w.]+$/, '');
      return count(` WHERE ${value} IS NOT NULL AND TRY_CAST(${value} AS ${type}) IS NULL`);
    }
    case 'constraint':
      return violations(of.constraint, table, schema, count);
  }
}

function violations(
  constraint: SqlConstraint,
  table: SqlTable,
  schema: Schema,
  count: (condition: string) => string,
): string | undefined {
  if (constraint.kind === 'check') return count(` WHERE NOT (${constraint.expression})`);
  const { columns } = constraint;
  if (!has(table, columns)) return undefined;
  const own = columns.map((name) => `t.${writeSqlName(name)}`);
  const given = own.map((name) => `${name} IS NOT NULL`).join(' AND ');
  if (constraint.kind === 'foreign-key') {
    const other = tableOf(schema, constraint.schema, constraint.table);
    if (!other || !has(other, constraint.referenced)) return undefined;
    const joined = constraint.referenced.map((name, at) => `o.${writeSqlName(name)} = ${own[at] ?? 'NULL'}`);
    return count(` WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${sqlName(other)} AS o WHERE ${joined.join(' AND ')})`);
  }
  const list = own.join(', ');
  const doubled = `(SELECT count(*) AS n FROM ${sqlName(table)} AS t WHERE ${given} GROUP BY ${list})`;
  const more = `(SELECT coalesce(sum(n - 1), 0)::BIGINT FROM ${doubled})`;
  if (constraint.kind === 'unique') return `SELECT ${more} AS n`;
  return `SELECT ${more} + (${count(` WHERE NOT (${given})`)}) AS n`;
}

function tableOf({ tables }: Schema, schema: string, name: string): SqlTable | undefined {
  return tables.find(
    (table): table is SqlTable =>
      table.kind === 'table' && sameName(table.schema, schema) && sameName(table.name, name),
  );
}

function has(table: SqlTable, columns: readonly string[]): boolean {
  return columns.every((name) => table.columns.some((column) => sameName(column.name, name)));
}
