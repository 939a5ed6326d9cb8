import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { LogicalType } from '../../../core/catalog/logical-type';
import type { Catalog, CatalogNodeTable, CatalogRelTable } from '../../../core/catalog/model';
import { quoteName, sameName } from '../../../core/dialect/kuzu-names';
import { MigrateError } from '../../../core/errors';
import type { BesideFile } from '../../../core/version/beside';
import { keyColumn } from '../../../core/version/carry/unit';
import { literalOf } from '../../../core/version/values/literal';
import { isTree, type ValueTree } from '../../../core/version/values/tree';
import type { RunOptions, Session } from '../../driver';
import { sessionCatalog } from '../catalog';

/** Statements of one transaction. */
const BATCH = 1000;

/**
 * Makes the rows that no data file could hold.
 * @throws MigrateError VALUES_UNREADABLE with file and line
 */
export async function readBeside(
  session: Session,
  dir: string,
  files: readonly BesideFile[],
  options: RunOptions,
): Promise<void> {
  if (files.length === 0) return;
  const catalog = await sessionCatalog(session);
  for (const file of files) {
    const write = writerOf(catalog, file);
    let number = 0;
    let batch: string[] = [];
    const flush = async () => {
      if (batch.length === 0) return;
      const texts = ['BEGIN TRANSACTION', ...batch, 'COMMIT'];
      batch = [];
      await session.run(
        texts.map((text) => ({ text })),
        options.signal ? { signal: options.signal } : {},
      );
    };
    for await (const line of linesOf(path.join(dir, file.path))) {
      number++;
      batch.push(statementOf(write, line, path.join(dir, file.path), number));
      if (batch.length === BATCH) await flush();
    }
    await flush();
  }
}

type Writer = (row: readonly ValueTree[]) => string;

function statementOf(write: Writer, line: string, file: string, number: number): string {
  const where = { file, line: number };
  try {
    const row: unknown = JSON.parse(line);
    if (!Array.isArray(row) || !isTree(row)) throw new RangeError(line.slice(0, 80));
    return write(row as readonly ValueTree[]);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw new MigrateError('VALUES_UNREADABLE', { file, detail: error.message }, { where, cause: error });
  }
}

/** Split at line feeds alone: a line separator of another kind inside of a text is none of ours. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

function writerOf({ nodeTables, relTables }: Catalog, file: BesideFile): Writer {
  const { table: name, from, to, columns } = file;
  const unreadable = (detail: string) => new MigrateError('VALUES_UNREADABLE', { file: file.path, detail });
  const find = <T extends CatalogNodeTable | CatalogRelTable>(tables: readonly T[], wanted: string): T => {
    const found = tables.find((table) => !table.internal && sameName(table.name, wanted));
    if (found === undefined) throw unreadable(wanted);
    return found;
  };
  const typeIn = (table: CatalogNodeTable | CatalogRelTable, wanted: string): LogicalType => {
    const column = table.columns.find((one) => sameName(one.name, wanted));
    if (column === undefined) throw unreadable(`${table.name}.${wanted}`);
    return column.logicalType;
  };
  const isKey = (variable: string, table: CatalogNodeTable, tree: ValueTree | undefined): string => {
    const { column } = keyColumn(table);
    return `${variable}.${quoteName(column.name)} = ${literalOf(column.logicalType, tree ?? null)}`;
  };
  const properties = (types: readonly LogicalType[], values: readonly ValueTree[]) =>
    columns.map((column, at) => `${quoteName(column)}: ${cellText(types[at], values[at])}`).join(', ');
  if (from === undefined || to === undefined) {
    const table = find(nodeTables, name);
    const types = columns.map((column) => typeIn(table, column));
    return (values) => `CREATE (:${quoteName(name)} {${properties(types, values)}})`;
  }
  const table = find(relTables, name);
  const [start, end] = [find(nodeTables, from), find(nodeTables, to)];
  const types = columns.map((column) => typeIn(table, column));
  return ([a, b, ...values]) => {
    const ends = `MATCH (a:${quoteName(from)}), (b:${quoteName(to)}) WHERE ${isKey('a', start, a)} AND ${isKey('b', end, b)}`;
    return `${ends} CREATE (a)-[:${quoteName(name)} {${properties(types, values)}}]->(b)`;
  };
}

function cellText(type: LogicalType | undefined, tree: ValueTree | undefined): string {
  return type === undefined ? 'NULL' : literalOf(type, tree ?? null);
}
