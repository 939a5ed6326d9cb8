import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } from 'vscode-jsonrpc/node';
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
  runRequest,
  statementNotification,
} from './protocol';

/** Entry of the engine's process: `host.js ENGINE MODULE`. It ends when its caller goes away. */

process.on('disconnect', () => process.exit(0));
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

wire.onRequest(runRequest, async ({ statements }) => {
  if (!connection) return failure(new Error('no database is open'));
  const results = [];
  const spent: number[] = [];
  for (const [index, statement] of statements.entries()) {
    await announce(index);
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

/**
 * Says which statement comes next. Resolves when the pipe took it, not when the caller read it: no round trip, yet a
 * crash can't overtake it. The wire's own way to send resolves before a full pipe has taken anything.
 */
function announce(index: number): Promise<void> {
  const message = { jsonrpc: '2.0', method: statementNotification.method, params: [index] };
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
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
