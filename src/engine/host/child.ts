import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } from 'vscode-jsonrpc/node';
import { loadKuzu } from '../kuzu/connection';
import type { EngineConnection, EngineModule } from './engine-module';
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
  engine ??= loadEngine(process.argv[2], process.argv[3] ?? '');
  return engine;
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
  for (const [index, statement] of statements.entries()) {
    // Resolves when the pipe took it, not when the caller read it: no round trip, yet a crash can't overtake it.
    await wire.sendNotification(statementNotification, index);
    try {
      results.push(await connection.execute(statement));
    } catch (error) {
      await connection.abandon(error).catch((second: unknown) => {
        throw failure(new AggregateError([error, second], `${String(error)}; then: ${String(second)}`), index);
      });
      return failure(error, index);
    }
  }
  return results;
});

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
