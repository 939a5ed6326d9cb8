import { createRequire } from 'node:module';
import { scanStatements } from '../../core/script/scan';
import type { Cell, Statement, StatementResult } from '../driver';
import { type EngineConnection, type EngineModule, GuardError } from '../host/engine-module';
import type { OpenParams } from '../host/protocol';

/** Runs inside the engine's process only: the one place that touches the package `kuzu`. */

interface KuzuResult {
  getColumnNames(): Promise<string[]>;
  getNumTuples(): number;
  hasNext(): boolean;
  getNextSync(): Record<string, unknown>;
  close(): void;
}
interface KuzuConnection {
  init(): Promise<void>;
  query(text: string): Promise<KuzuResult | KuzuResult[]>;
  querySync(text: string): KuzuResult | KuzuResult[];
  close(): Promise<void>;
}
interface KuzuDatabase {
  init(): Promise<void>;
  close(): Promise<void>;
}
interface KuzuPackage {
  VERSION: string;
  STORAGE_VERSION: number | bigint;
  Database: new (path: string, pool: number, compress: boolean, readOnly: boolean, maxSize?: number) => KuzuDatabase;
  Connection: new (database: KuzuDatabase) => KuzuConnection;
}

const MEGABYTE = 1024 * 1024;
/** A database reserves this much address space; without it the engine asks for 8 TiB and the tenth open one fails. */
const ADDRESS_SPACE = 2 ** 40;

export function loadKuzu(modulePath: string): EngineModule {
  const kuzu = createRequire(modulePath)(modulePath) as KuzuPackage;
  return {
    info: { version: kuzu.VERSION, storageVersion: Number(kuzu.STORAGE_VERSION) },
    open: (params) => openKuzu(kuzu, params),
  };
}

async function openKuzu(kuzu: KuzuPackage, params: OpenParams): Promise<EngineConnection> {
  const pool = params.memoryMB === undefined ? 0 : params.memoryMB * MEGABYTE;
  const database = new kuzu.Database(params.path ?? ':memory:', pool, true, params.readOnly, ADDRESS_SPACE);
  // A database that failed to open must not be closed: that rejects with the same error again.
  await database.init();
  const connection = new kuzu.Connection(database);
  await connection.init();
  return {
    execute: (statement) => execute(connection, statement),
    // Any other error has already ended the transaction, silently; only a parser error leaves it open.
    abandon: async (error) => {
      const leavesOpen =
        error instanceof GuardError || (error instanceof Error && error.message.startsWith('Parser exception'));
      if (!leavesOpen) return;
      await execute(connection, { text: 'ROLLBACK' }).catch((second: unknown) => {
        if (!(second instanceof Error) || !second.message.includes('No active transaction')) throw second;
      });
    },
    close: async () => {
      await connection.close();
      await database.close();
    },
  };
}

async function execute(connection: KuzuConnection, statement: Statement): Promise<StatementResult> {
  // The engine would run several statements as one call, each committed alone, and report neither which failed nor
  // the others' results.
  if (statement.text.includes(';') && scanStatements(statement.text).length > 1) {
    throw new Error('Parser exception: more than one statement in one call');
  }
  const started = performance.now();
  const answer = statement.brief ? connection.querySync(statement.text) : await connection.query(statement.text);
  const results = Array.isArray(answer) ? answer : [answer];
  const ms = performance.now() - started;
  try {
    const result = results[0];
    if (!result) return { columns: [], rows: [], rowCount: 0, ms };
    // Each question is a hop to another thread, as long as a small statement.
    const columns = statement.rows ? await result.getColumnNames() : [];
    const rows: Cell[][] = [];
    // Row by row in the main thread: an asynchronous hop for each row is eight times slower.
    while (rows.length < (statement.rows ?? 0) && result.hasNext()) {
      const row = result.getNextSync();
      rows.push(columns.map((name) => toCell(row[name])));
    }
    return { columns, rows, rowCount: Number(result.getNumTuples()), ms };
  } finally {
    // In order, and before the database: an open result crashes the process when it ends.
    for (const result of results) result.close();
  }
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(toCell);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toCell(v)]));
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new TypeError(`a value of type ${typeof value} can’t cross the wire`);
}
