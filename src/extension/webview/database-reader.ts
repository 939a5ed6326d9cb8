import { stat } from 'node:fs/promises';
import type { FileKind } from '../../core/dialect/file-header';
import { MigrateError } from '../../core/errors';
import type { RelTable, Schema, Table } from '../../core/schema/model';
import { detectFile } from '../../engine/detect';
import type { Driver, Endpoints, Page, Session } from '../../engine/driver';
import type { ReadFromCopy } from '../../workflow/reading';
import type { Engines } from '../services/engines';

export interface FileFacts {
  readonly kind?: FileKind;
  readonly bytes?: number;
}

export interface Overview {
  readonly engineVersion: string;
  readonly tables: readonly { readonly table: Table; readonly rows: number }[];
  readonly fromCopy?: ReadFromCopy;
}

export interface ReaderOptions {
  readonly memoryMB?: number;
  /** Names of tables that stand behind all others: those of the history are ours, and nobody comes for them. */
  readonly last: readonly string[];
}

/** Longer values are cut: a page is for looking, and a cell may hold megabytes. */
const LONGEST = 2000;
/** How long a page of rows may take: who looks at a file must not be left with an engine that never answers. */
const PATIENCE_MS = 60_000;

/** Reads a database file for its page, and holds it only while it reads. */
export class DatabaseReader {
  readonly #engines: Engines;
  readonly #path: string;
  readonly #options: ReaderOptions;
  /** Of the last overview; a page of rows needs the keys of both ends. */
  #schema: Schema | undefined;

  constructor(engines: Engines, file: string, options: ReaderOptions) {
    this.#engines = engines;
    this.#path = file;
    this.#options = options;
  }

  /** What can be told of any file without an engine. */
  async facts(): Promise<FileFacts> {
    const kind = await detectFile(this.#path);
    // What is wrong with a file that can't be looked at is told by the opening.
    const info = await stat(this.#path).catch(() => undefined);
    return { ...(kind ? { kind } : {}), ...(info ? { bytes: info.size } : {}) };
  }

  overview(): Promise<Overview> {
    return this.#read(async (driver, session, fromCopy) => {
      const schema = await driver.introspect(session);
      this.#schema = schema;
      const counts = await driver.countRows(session, schema.tables, { timeoutMs: PATIENCE_MS });
      const { last } = this.#options;
      const tables = schema.tables
        .map((table, at) => ({ table, rows: counts[at] ?? 0 }))
        .sort((a, b) => Number(last.includes(a.table.name)) - Number(last.includes(b.table.name)));
      return { engineVersion: driver.engineVersion, tables, ...(fromCopy ? { fromCopy } : {}) };
    });
  }

  /** @throws MigrateError STATEMENT_FAILED where the table has changed since the overview. */
  rows(name: string, offset: number, limit: number): Promise<Page> {
    return this.#read(async (driver, session) => {
      const schema = this.#schema ?? (await driver.introspect(session));
      this.#schema = schema;
      const table = schema.tables.find((one) => tableLabel(one) === name);
      if (!table) throw new MigrateError('INTERNAL', { detail: name });
      const columns = table.columns.map((column) => column.name);
      const endpoints = table.kind === 'rel' ? { endpoints: endpointsOf(table, schema) } : {};
      const inSchema = table.kind === 'table' ? { schema: table.schema } : {};
      const request = { kind: table.kind, name: table.name, columns, offset, limit, ...inSchema, ...endpoints };
      const page = await driver.page(session, request, { timeoutMs: PATIENCE_MS });
      return { columns: page.columns, rows: page.rows.map((row) => row.map(shortened)) };
    });
  }

  async #read<T>(work: (driver: Driver, session: Session, fromCopy?: ReadFromCopy) => Promise<T>): Promise<T> {
    const kind = await detectFile(this.#path);
    // What is of no engine of ours is refused by Kùzu's, which says what can open it.
    const driver = await this.#engines.driver(kind?.engine === 'duckdb' ? 'duckdb' : 'kuzu');
    const { openForReading } = await this.#engines.workflows();
    const { memoryMB } = this.#options;
    const reading = await openForReading(driver, { path: this.#path, ...(memoryMB === undefined ? {} : { memoryMB }) });
    try {
      return await work(driver, reading.session, reading.fromCopy);
    } finally {
      await reading.close();
    }
  }
}

/** What the page calls a table: its name, behind the schema where that is not the usual one. */
export function tableLabel(table: Table): string {
  return table.kind === 'table' && table.schema !== 'main' ? `${table.schema}.${table.name}` : table.name;
}

function endpointsOf(table: RelTable, { tables }: Schema): Endpoints[] {
  const keyOf = (name: string) => {
    const found = tables.find((one) => one.name === name);
    return found?.kind === 'node' ? found.primaryKey : '';
  };
  return table.connections.map(({ from, to }) => ({ from, to, fromKey: keyOf(from), toKey: keyOf(to) }));
}

function shortened(value: string | null): string | null {
  return value !== null && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
