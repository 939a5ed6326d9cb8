import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } from 'vscode-jsonrpc/node';
import type { Plugin } from '../../core/migration/user-code';
import { createLoader } from './loader';
import { type MigrationFunctions, migrationOf, pluginMigrationOf, pluginOf } from './module-shape';
import { findingsOf } from './plugin-findings';
import { Positions } from './positions';
import { CodeProblem, detailOf, isError } from './problem';
import {
  CODE_ERROR,
  type CodeFailure,
  callRequest,
  checkRequest,
  closeRequest,
  loadRequest,
  noteNotification,
  parseRequest,
  pluginRequest,
} from './protocol';
import { RunningCall } from './running-call';
import { watchCaller } from './watchdog';

/**
 * Entry of the process that runs user code: `code-host.js BABEL CALLER`. It ends when its caller goes away, and loads
 * no engine: user code reaches the database through the caller.
 */

process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl+C reaches the whole process group; the caller decides what becomes of a running migration.
process.on('SIGINT', () => undefined);
// Between an error and the migration's own line may lie many calls of helpers.
Error.stackTraceLimit = 50;

const [babel = '', caller = ''] = process.argv.slice(2);
const wire = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const positions = new Positions(__dirname);
const load = createLoader(babel, positions);
const modules = new Map<number, MigrationFunctions>();
const plugins = new Map<number, Required<Plugin>>();
let lastModule = 0;
/** Rejects what runs now with an error that nobody caught. */
let stray: ((error: unknown) => void) | undefined;
/** What went wrong after its call had ended, until somebody asks. */
let late: CodeProblem | undefined;

function failureOf(thrown: unknown): ResponseError<CodeFailure> {
  const detail = detailOf(thrown);
  const position = positions.of(thrown);
  const kind = thrown instanceof CodeProblem ? thrown.kind : 'failed';
  return new ResponseError(CODE_ERROR, detail, position ? { kind, detail, position } : { kind, detail });
}

async function supervised<T>(work: (uncaught: Promise<never>) => Promise<T>): Promise<T | ResponseError<CodeFailure>> {
  const uncaught = new Promise<never>((_, reject) => {
    stray = reject;
  });
  // It is raced, and may lose.
  uncaught.catch(() => undefined);
  try {
    return await work(uncaught);
  } catch (error) {
    return failureOf(error);
  } finally {
    stray = undefined;
  }
}

function onUncaught(thrown: unknown): void {
  if (stray) {
    stray(thrown);
    return;
  }
  late ??= thrown instanceof CodeProblem ? thrown : new CodeProblem(detailOf(thrown), 'failed', positions.of(thrown));
  const text = isError(thrown) && thrown.stack ? thrown.stack : detailOf(thrown);
  void wire.sendNotification(noteNotification, text);
}

process.on('uncaughtException', onUncaught);
process.on('unhandledRejection', onUncaught);

function keep(functions: MigrationFunctions): number {
  lastModule++;
  modules.set(lastModule, functions);
  return lastModule;
}

function known<T>(table: ReadonlyMap<number, T>, module: number): T {
  const found = table.get(module);
  if (found === undefined) throw new Error(`no module ${module}`);
  return found;
}

function startCall(call: number, dialect: 'cypher' | 'sql'): RunningCall {
  return new RunningCall({
    wire,
    positions,
    call,
    dialect,
    onLate: (problem) => {
      late ??= problem;
    },
  });
}

/** A plugin may say which line of its file an error means. */
async function parsed<T>(parse: () => T | Promise<T>, file: string): Promise<T> {
  try {
    return await parse();
  } catch (thrown) {
    const { line } = isError(thrown) ? (thrown as { line?: unknown }) : {};
    if (typeof line !== 'number' || !Number.isSafeInteger(line) || line < 1) throw thrown;
    throw new CodeProblem(detailOf(thrown), 'failed', { file, line, column: 1 });
  }
}

wire.onRequest(loadRequest, ({ file, source }) =>
  supervised(async (uncaught) => {
    const functions = migrationOf(await Promise.race([load(file, source), uncaught]));
    return { module: keep(functions), hasDown: functions.down !== undefined, transaction: functions.transaction };
  }),
);

wire.onRequest(callRequest, ({ module, direction, call, dialect }) =>
  supervised(async (uncaught) => {
    const work = known(modules, module)[direction];
    if (!work) throw new CodeProblem(`@code.notFunction:${direction}`, 'invalid');
    const running = startCall(call, dialect);
    await running.run(() => work(running.database), uncaught);
    return null;
  }),
);

wire.onRequest(closeRequest, (module) =>
  supervised(async () => {
    modules.delete(module);
    plugins.delete(module);
    const problem = late;
    late = undefined;
    if (problem) throw problem;
    return null;
  }),
);

wire.onRequest(pluginRequest, ({ file, source }) =>
  supervised(async (uncaught) => {
    const plugin = pluginOf(await Promise.race([load(file, source), uncaught]));
    lastModule++;
    plugins.set(lastModule, plugin);
    return {
      module: lastModule,
      name: plugin.name,
      kinds: plugin.kinds.map(({ ending }) => ending),
      checks: plugin.checks.map(({ name }) => name),
    };
  }),
);

wire.onRequest(parseRequest, ({ module, kind, file, text, dialect }) =>
  supervised(async (uncaught) => {
    const parser = known(plugins, module).kinds.find(({ ending }) => ending === kind);
    if (!parser) throw new Error(`no kind ${kind}`);
    const { functions, ...bodies } = pluginMigrationOf(
      await Promise.race([parsed(() => parser.parse({ file, text, dialect }), file), uncaught]),
    );
    return { ...bodies, transaction: functions.transaction, module: keep(functions) };
  }),
);

wire.onRequest(checkRequest, ({ module, check, call, dialect, input }) =>
  supervised(async (uncaught) => {
    const found = known(plugins, module).checks.find(({ name }) => name === check);
    if (!found) throw new Error(`no check ${check}`);
    const running = startCall(call, dialect);
    return findingsOf(await running.run(() => found.run(running.reader, input), uncaught), check);
  }),
);

wire.listen();
watchCaller(Number(caller));
