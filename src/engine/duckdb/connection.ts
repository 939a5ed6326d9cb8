import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { DUCKDB_STORAGE_VERSION, duckdbStorage } from '../../core/dialect/file-header';
import type { Statement, StatementResult } from '../driver';
import type { EngineConnection, EngineModule } from '../host/engine-module';
import type { OpenParams } from '../host/protocol';
import { BlockKeeper } from './block-keeper';
import { type CellPackage, cellReader } from './cells';
import { plainError } from './error-text';

/** Runs inside the engine's process only: the one place that touches the packages `@duckdb/…`. */

interface NativeResult {
  readonly nativeResult: unique symbol;
}
interface NativeConnection {
  readonly nativeConnection: unique symbol;
}
interface NativeDatabase {
  readonly nativeDatabase: unique symbol;
}

/** The thin layer over DuckDB's C interface: one hop to a worker thread a statement, where the layer above it has three. */
interface Bindings {
  library_version(): string;
  create_config(): object;
  set_config(config: object, name: string, value: string): void;
  open(path: string, config: object): Promise<NativeDatabase>;
  connect(database: NativeDatabase): Promise<NativeConnection>;
  query(connection: NativeConnection, text: string): Promise<NativeResult>;
  extract_statements(connection: NativeConnection, text: string): Promise<{ readonly statement_count: number }>;
  disconnect_sync(connection: NativeConnection): void;
  close_sync(database: NativeDatabase): void;
  row_count(result: NativeResult): number;
  rows_changed(result: NativeResult): number;
  column_count(result: NativeResult): number;
  column_name(result: NativeResult, at: number): string;
  result_statement_type(result: NativeResult): number;
  result_return_type(result: NativeResult): number;
  readonly StatementType: Readonly<Record<string, number>>;
  readonly ResultType: Readonly<Record<string, number>>;
}

const SETTINGS = {
  duckdb_api: 'kuzu-migrate',
  // A function's name in a script must not download and run code. What the user installed by hand still loads.
  autoinstall_known_extensions: 'false',
  // The position of an error comes exactly, and not as a picture of the line.
  errors_as_json: 'true',
} as const;

const METADATA_BLOCKS = `SELECT m.block_id, s.block_size
FROM pragma_metadata_info() m, pragma_database_size() s WHERE s.database_name = current_database()`;

/** @param modulePath the entry file of `@duckdb/node-api`, beside which its bindings resolve. */
export function loadDuckdb(modulePath: string): EngineModule {
  const load = createRequire(modulePath);
  const api = load(modulePath) as CellPackage & { readonly bindings?: Bindings };
  // A packaged extension has both layers in one file.
  const bindings = api.bindings ?? (load('@duckdb/node-bindings') as Bindings);
  return {
    info: { version: bindings.library_version().replace(/^v/, ''), storageVersion: DUCKDB_STORAGE_VERSION },
    open: (params) => openDuckdb(bindings, api, params),
  };
}

async function openDuckdb(bindings: Bindings, api: CellPackage, params: OpenParams): Promise<EngineConnection> {
  const config = bindings.create_config();
  // What does not fit into memory goes beside the file, where reading must leave nothing; without a file, into `.tmp` here.
  const spill = params.readOnly || params.path === undefined ? spillFolder() : undefined;
  const settings = {
    ...SETTINGS,
    ...(spill === undefined ? {} : { temp_directory: spill }),
    access_mode: params.readOnly && params.path !== undefined ? 'READ_ONLY' : 'AUTOMATIC',
    ...(params.memoryMB === undefined ? {} : { memory_limit: `${params.memoryMB}MiB` }),
  };
  const isNew = params.path === undefined || !existsSync(params.path);
  const storage = isNew && params.storageVersion !== undefined ? duckdbStorage(params.storageVersion) : undefined;
  if (storage !== undefined) bindings.set_config(config, 'storage_compatibility_version', storage);
  for (const [name, value] of Object.entries(settings)) bindings.set_config(config, name, value);
  const database = await bindings.open(params.path ?? ':memory:', config).catch((error: unknown) => {
    removeSpill(spill);
    throw plainError(error, '');
  });
  const connection = await bindings.connect(database);
  const run = (text: string) => bindings.query(connection, text);
  const readCells = cellReader(api);
  // Of its own: the other one may be in a transaction that was aborted. On Windows the engine shares its file with nobody,
  // not even to read.
  const asking = params.keepBlocks && process.platform !== 'win32' ? await bindings.connect(database) : undefined;
  const keeper = asking && params.path !== undefined ? keeperOf(params.path, asking) : undefined;

  function keeperOf(file: string, own: NativeConnection): BlockKeeper {
    try {
      return new BlockKeeper(file, async () => {
        const result = await bindings.query(own, METADATA_BLOCKS);
        const cells = readCells(result, 2, bindings.row_count(result));
        return { ids: cells.map(([id]) => Number(id)), blockSize: Number(cells[0]?.[1]) };
      });
    } catch (error) {
      closeEngine();
      throw plainError(error, '');
    }
  }

  function closeEngine(): void {
    if (asking) bindings.disconnect_sync(asking);
    bindings.disconnect_sync(connection);
    bindings.close_sync(database);
    removeSpill(spill);
  }

  async function execute({ text, rows = 0 }: Statement): Promise<StatementResult> {
    const started = performance.now();
    try {
      // The engine is handed a C string: what stands behind a NUL would silently not run.
      if (text.includes('\0')) throw new Error('Parser Error: a NUL character in a statement');
      // The engine would run several statements as one call, each committed alone, and report only the last.
      if (text.includes(';')) await requireOne(bindings, connection, text);
      await keeper?.keep();
      const result = await run(text);
      const ms = performance.now() - started;
      const columnCount = bindings.column_count(result);
      const columns = Array.from({ length: columnCount }, (_, at) => bindings.column_name(result, at));
      const touched = changedRows(bindings, result, () => readCells(result, columnCount, 1)[0]?.[0]);
      return {
        columns,
        rows: rows === 0 || columnCount === 0 ? [] : readCells(result, columnCount, rows),
        rowCount: bindings.row_count(result),
        ms,
        ...(touched === undefined ? {} : { touched }),
      };
    } catch (error) {
      throw plainError(error, text);
    }
  }

  /** Ends what may be open; only the engine knows whether something is. */
  async function endTransaction(): Promise<void> {
    await run('ROLLBACK').catch((error: unknown) => {
      if (!String(error).includes('no transaction is active')) throw plainError(error, 'ROLLBACK');
    });
  }

  return {
    execute,
    // An error leaves the transaction open and of no more use.
    abandon: endTransaction,
    close: async () => {
      let isDone = false;
      try {
        // Closing checkpoints too, but keeps to itself that it could not.
        if (params.path !== undefined && existsSync(`${params.path}.wal`) && !params.readOnly) {
          await endTransaction();
          await keeper?.keep();
          await run('CHECKPOINT').catch((error: unknown) => {
            throw plainError(error, 'CHECKPOINT');
          });
        }
        isDone = true;
      } finally {
        try {
          closeEngine();
        } finally {
          keeper?.close(isDone);
        }
      }
    },
  };
}

/** Ours alone to read, and found by temporaryFolder when this process is killed. */
function spillFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), `kuzu-migrate-spill-${process.pid}-`));
}

function removeSpill(folder: string | undefined): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** @throws where a text holds several statements, or one that can't be parsed */
async function requireOne(bindings: Bindings, connection: NativeConnection, text: string): Promise<void> {
  const { statement_count } = await bindings.extract_statements(connection, text);
  // 0: it can't be parsed, which running it tells better.
  if (statement_count > 1) throw new Error('Parser Error: more than one statement in one call');
}

/** Rows that a statement changed, as the engine tells; undefined for one that only reads or defines. */
function changedRows(bindings: Bindings, result: NativeResult, firstCell: () => unknown): number | undefined {
  const { StatementType, ResultType } = bindings;
  const statement = bindings.result_statement_type(result);
  switch (statement) {
    case StatementType.INSERT:
    case StatementType.UPDATE:
    case StatementType.DELETE:
    case StatementType.MERGE_INTO:
      // With RETURNING the rows are those that were changed.
      if (bindings.result_return_type(result) === ResultType.QUERY_RESULT) return bindings.row_count(result);
      // TRUNCATE counts in its one cell alone (measured).
      return bindings.rows_changed(result) || Number(firstCell() ?? 0);
    case StatementType.COPY:
      return bindings.rows_changed(result);
    case StatementType.CREATE:
      // CREATE TABLE AS answers with one cell, which counts the rows.
      return bindings.row_count(result) === 1 ? Number(firstCell()) : undefined;
    default:
      return undefined;
  }
}
