import { writeSync } from 'node:fs';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } from 'vscode-jsonrpc/node';
import { systemCode } from '../../core/errors';
import type { Statement } from '../driver';
import { loadDuckdb } from '../duckdb/connection';
import { loadKuzu } from '../kuzu/connection';
import { type EngineConnection, type EngineModule, GuardError } from './engine-module';
import {
  closeRequest,
  ENGINE_ERROR,
  type EngineFailure,
  infoRequest,
  openRequest,
  PROGRESS_FD,
  runRequest,
} from './protocol';

/** Entry of the engine's process: `host.js ENGINE MODULE`. It ends when its caller goes away. */

// Not process.exit, which waits for a statement that runs: whoever comes next would find the database held.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal's Ctrl+C reaches the whole process group; the caller decides what becomes of a running statement.
process.on('SIGINT', () => undefined);

function loadEngine(name: string | undefined, modulePath: string): EngineModule {
  if (name === 'kuzu') return loadKuzu(modulePath);
  if (name === 'duckdb') return loadDuckdb(modulePath);
  throw new Error(`no engine called ${name}`);
}

function failure(error: unknown, index?: number): ResponseError<EngineFailure> {
  const message = error instanceof Error ? error.message : String(error);
  return new ResponseError(ENGINE_ERROR, message, index === undefined ? { message } : { message, index });
}

const wire = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
let engine: EngineModule | undefined;
let connection: EngineConnection | undefined;

function theEngine(): EngineModule {
  const [, , name, modulePath = ''] = process.argv;
  try {
    engine ??= loadEngine(name, modulePath);
    return engine;
  } catch (error) {
    // The caller tells by it which of its engines did not load.
    throw new Error(`[${name}] ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

wire.onRequest(infoRequest, () => {
  try {
    return theEngine().info;
  } catch (error) {
    return failure(error);
  }
});

wire.onRequest(openRequest, async (params) => {
  try {
    connection = await theEngine().open(params);
    return null;
  } catch (error) {
    return failure(error);
  }
});

wire.onRequest(runRequest, async ({ run, statements }) => {
  if (!connection) return failure(new Error('no database is open'));
  const results = [];
  const spent: number[] = [];
  for (const [index, statement] of statements.entries()) {
    if (!statement.quiet) announce(run, index);
    try {
      const result = await connection.execute(timed(statement, spent));
      if (statement.guard && result.rows[0]?.[0] !== true) throw new GuardError();
      spent.push(result.ms);
      results.push(result);
    } catch (error) {
      await connection.abandon(error).catch((second: unknown) => {
        throw failure(new AggregateError([error, second], `${String(error)}; then: ${String(second)}`), index);
      });
      return failure(error, index);
    }
  }
  return results;
});

/** Says which statement comes next, before it can end this process. */
function announce(run: number, index: number): void {
  for (;;) {
    try {
      writeSync(PROGRESS_FD, `${run} ${index}\n`);
      return;
    } catch (error) {
      // A full pipe: the caller is busy, and will read.
      if (systemCode(error) !== 'EAGAIN') throw error;
    }
  }
}

/** The statement with the times of earlier ones in the places that it marks. */
function timed(statement: Statement, spent: readonly number[]): Statement {
  const { times } = statement;
  if (times === undefined) return statement;
  const text = times.reduce((made, { mark, from, to }) => {
    const sum = spent.slice(from, to).reduce((total, ms) => total + ms, 0);
    return made.replace(mark, String(Math.round(sum)));
  }, statement.text);
  return { ...statement, text };
}

wire.onRequest(closeRequest, async () => {
  const closing = connection;
  connection = undefined;
  try {
    await closing?.close();
    return null;
  } catch (error) {
    return failure(error);
  }
});

wire.listen();
