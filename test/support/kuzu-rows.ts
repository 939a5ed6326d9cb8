import { foldName, quoteString, writeName } from '../../src/core/dialect/kuzu-names';
import type { Column, NodeTable, RelTable, Schema } from '../../src/core/schema/model';
import type { Session } from '../../src/engine/driver';

const ROWS = 3;

/**
 * Statements that put rows into each table. Every value is another one, so that any column can become the key; a text is
 * a number, so that it can be cast to one; each node has at most one relationship of a pair, so that any multiplicity
 * fits.
 */
export function insertRows(schema: Schema): string[] {
  const nodes = schema.tables.filter((table) => table.kind === 'node');
  const rels = schema.tables.filter((table) => table.kind === 'rel');
  return [
    ...nodes.flatMap((table) => numbers().map((row) => `CREATE (:${writeName(table.name)} ${values(table, row)})`)),
    // Neither a query nor a CREATE can reach a table that is stored backwards only.
    ...rels.flatMap((table) => (table.storageDirection === 'bwd' ? [] : insertRels(table, nodes))),
  ];
}

function insertRels(table: RelTable, nodes: readonly NodeTable[]): string[] {
  return table.connections.flatMap(({ from, to }) =>
    numbers().map((row) => {
      const end = (variable: string, name: string) => {
        const node = nodes.find((one) => foldName(one.name) === foldName(name));
        if (node === undefined) throw new TypeError(`no table ${name}`);
        const key = node.columns.find((column) => column.name === node.primaryKey);
        if (key === undefined) throw new TypeError(`no key of ${name}`);
        return `(${variable}:${writeName(node.name)} {${writeName(key.name)}: ${keyValue(node, row)}})`;
      };
      const own = values(table, row);
      return `MATCH ${end('a', from)}, ${end('b', to)} CREATE (a)-[:${writeName(table.name)} ${own}]->(b)`;
    }),
  );
}

/** One pair of a rel table, and the columns of its ends that tell which nodes they are. */
export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly fromColumns: readonly string[];
  readonly toColumns: readonly string[];
}

/** Rows of a table as lines of text, in an order that does not depend on how they are stored. */
export async function rowsOf(
  session: Session,
  table: NodeTable | RelTable,
  columns: readonly string[],
  pairs: readonly Ends[] = [],
): Promise<string[]> {
  const name = writeName(table.name);
  const values = (variable: string, of: readonly string[]) =>
    of.map((column, at) => `${variable}.${writeName(column)} AS ${variable}${at}`);
  const query = (match: string, results: readonly string[]) =>
    `MATCH ${match} RETURN ${['1 AS one', ...results].join(', ')}`;
  const queries =
    table.kind === 'node'
      ? [query(`(n:${name})`, values('n', columns))]
      : pairs.map(({ from, to, fromColumns, toColumns }) =>
          query(`(a:${writeName(from)})-[r:${name}]->(b:${writeName(to)})`, [
            ...values('a', fromColumns),
            ...values('b', toColumns),
            ...values('r', columns),
          ]),
        );
  if (queries.length === 0) return [];
  const results = await session.run(queries.map((text) => ({ text, rows: 1000 })));
  return results.flatMap(({ rows }, at) => rows.map((row) => `${at} ${JSON.stringify(row)}`)).sort();
}

function numbers(): number[] {
  return [...Array(ROWS).keys()];
}

function values(table: NodeTable | RelTable, row: number): string {
  const given = table.columns.flatMap((column, at) => {
    if (column.type === 'SERIAL') return [];
    return [`${writeName(column.name)}: ${value(column, at, row)}`];
  });
  return given.length === 0 ? '' : `{${given.join(', ')}}`;
}

function keyValue(node: NodeTable, row: number): string {
  const at = node.columns.findIndex((column) => column.name === node.primaryKey);
  const column = node.columns[at];
  if (column === undefined) throw new TypeError(`no key of ${node.name}`);
  return column.type === 'SERIAL' ? String(row) : value(column, at, row);
}

function value({ type }: Column, at: number, row: number): string {
  const number = 10 * (at + 1) + row;
  switch (type) {
    case 'INT64':
      return String(number);
    case 'STRING':
      return quoteString(String(number));
    case 'DOUBLE':
      return `${number}.0`;
    case 'DECIMAL(10, 2)':
      return `CAST(-0.0${row + 1} AS DECIMAL(10, 2))`;
    case 'DECIMAL(9, 2)':
      return `CAST(0.0${row + 1} AS DECIMAL(9, 2))`;
    case 'INT32':
      return `CAST(${row} AS INT32)`;
    case 'UUID':
      return `UUID('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1${row}')`;
    case 'BOOL':
      return row === 1 ? 'NULL' : 'true';
    case 'DATE':
      return `date('2024-01-${number}')`.replace(
        /-(\d\d)'/,
        (_, day: string) => `-${String((Number(day) % 28) + 1).padStart(2, '0')}'`,
      );
    case 'TIMESTAMP':
      return `timestamp('2024-01-0${row + 1} 00:00:00')`;
    case 'INT64[]':
      return row === 2 ? 'NULL' : `[${number}, ${row}]`;
    case 'DECIMAL(10, 2)[]':
      return row === 2 ? 'NULL' : `[CAST(-0.0${row + 1} AS DECIMAL(10, 2)), NULL]`;
    case 'INT64[2]':
      return row === 1 ? 'NULL' : `[${number}, NULL]`;
    case 'DOUBLE[2]':
      return row === 0 ? 'NULL' : `[${number}.0, -1.5]`;
    case 'STRUCT(a INT64, b STRING)':
      return row === 1 ? 'NULL' : `{a: ${number}, b: 'it\\'s ${row}'}`;
    case 'STRUCT(a STRING, c STRUCT(d STRING))':
      return (
        ['NULL', `{a: '${number}', c: {d: '${row}'}}`, `{a: '${number}', c: CAST(NULL AS STRUCT(d STRING))}`][row] ??
        'NULL'
      );
    case 'MAP(STRING, INT64)':
      return `map(['k${row}'], [${number}])`;
    case 'MAP(STRING, DECIMAL(10, 2))':
      return row === 2 ? 'NULL' : `map(['k${row}'], [CAST(-0.0${row + 1} AS DECIMAL(10, 2))])`;
    default:
      throw new TypeError(`no value of ${type}`);
  }
}
