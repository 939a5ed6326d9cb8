import { ResponseError } from 'vscode-jsonrpc/node';
import { MigrateError } from '../../core/errors';
import type { OpenOptions, RunOptions, Session, Statement, StatementResult } from '../driver';
import { openError, statementError } from './failures';
import type { EnginePool } from './pool';
import type { EngineProcess, ProcessEnd } from './process';
import { closeRequest, ENGINE_ERROR, type EngineFailure, openRequest, runRequest } from './protocol';

interface SessionParts {
  readonly engine: EngineProcess;
  /** A session that only looks at a file after a crash; its own crash is not looked into again. */
  readonly afterCrash: boolean;
  readonly pool: EnginePool;
  readonly options: OpenOptions;
  readonly file: string | undefined;
  readonly free: () => void;
}

/** @throws MigrateError for everything that can be wrong with the file: held, foreign, corrupt, missing. */
export async function openSession(parts: SessionParts): Promise<HostSession> {
  const { engine, options, file } = parts;
  const params = file === undefined ? { ...options } : { ...options, path: file };
  const session = new HostSession(parts);
  try {
    await session.request(() => engine.wire.sendRequest(openRequest, params), 'open', {});
  } catch (error) {
    if (!engineMessage(error)) throw error;
    throw await openError(engineMessage(error) ?? '', file ?? ':memory:');
  }
  return session;
}

/** A database open in one engine process. */
export class HostSession implements Session {
  readonly path: string | undefined;
  readonly readOnly: boolean;
  readonly #parts: SessionParts;
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.path = parts.file;
    this.readOnly = parts.options.readOnly;
  }

  async run(statements: readonly Statement[], options: RunOptions = {}): Promise<StatementResult[]> {
    if (this.#closed) throw new TypeError(`the session on ${this.path ?? 'memory'} is closed`);
    const { engine } = this.#parts;
    const run = engine.nextRun();
    let index = -1;
    const reached = (at: number) => {
      while (index < at) {
        index++;
        options.onStatement?.(index);
      }
    };
    engine.onProgress = (of, at) => {
      if (of === run) reached(at);
    };
    const text = () => statements[Math.max(index, 0)]?.text ?? '';
    try {
      const results = await this.request(() => engine.wire.sendRequest(runRequest, { run, statements }), text, options);
      // The answer may overtake the last of them.
      reached(statements.length - 1);
      return results;
    } catch (error) {
      const message = engineMessage(error);
      if (message === undefined) throw error;
      const at = (error as ResponseError<EngineFailure>).data?.index ?? Math.max(index, 0);
      reached(at);
      throw statementError(message, statements[at]?.text ?? '', at, this.path);
    } finally {
      engine.onProgress = undefined;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { engine, free } = this.#parts;
    try {
      if (engine.alive) await this.request(() => engine.wire.sendRequest(closeRequest, null), 'close', {});
    } catch (error) {
      // A database that did not close may still have its file: only the end of its process is sure to let go.
      await engine.kill();
      const message = engineMessage(error);
      throw message === undefined ? error : statementError(message, 'close', 0, this.path);
    } finally {
      free();
    }
  }

  /** Sends one request and turns the end of the process, a cancel and a time-out into errors that say so. */
  async request<T>(send: () => Promise<T>, statement: string | (() => string), options: RunOptions): Promise<T> {
    const { engine } = this.#parts;
    if (options.signal?.aborted) throw new MigrateError('CANCELLED');
    let why: 'cancel' | 'timeout' | undefined;
    const end = (reason: 'cancel' | 'timeout') => {
      why ??= reason;
      void engine.kill();
    };
    const onAbort = () => end('cancel');
    options.signal?.addEventListener('abort', onAbort);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => end('timeout'), options.timeoutMs);
    try {
      const answer = send();
      // The loser of the race may still reject, when the wire goes down with the process.
      answer.catch(() => undefined);
      const outcome = await Promise.race([
        answer.then((value) => ({ value })),
        engine.ended.then((ended) => ({ ended })),
      ]);
      if ('value' in outcome) return outcome.value;
      await engine.allRead;
      throw await this.#endError(outcome.ended, typeof statement === 'string' ? statement : statement(), why, options);
    } catch (error) {
      if (MigrateError.is(error) || engineMessage(error) !== undefined) throw error;
      // The wire breaks a moment before the end of the process is known; a wire that broke alone is of no more use.
      const ended = await Promise.race([engine.ended, engine.endSoon()]);
      await engine.allRead;
      throw await this.#endError(ended, typeof statement === 'string' ? statement : statement(), why, options);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  async #endError(ended: ProcessEnd, statement: string, why: string | undefined, options: RunOptions) {
    if (why === 'cancel') return new MigrateError('CANCELLED');
    if (why === 'timeout') {
      return new MigrateError(
        'ENGINE_TIMEOUT',
        { seconds: (options.timeoutMs ?? 0) / 1000, statement },
        { where: { statement } },
      );
    }
    const signal = ended.signal ?? `exit code ${ended.code}`;
    return new MigrateError(
      'ENGINE_CRASHED',
      { signal, statement, state: await this.#stateOfFile() },
      { where: { statement } },
    );
  }

  /** What became of the file, told by a fresh process that opens it for reading. */
  async #stateOfFile(): Promise<string> {
    const { pool, file, free } = this.#parts;
    // The dead process has let go of the file; the queue has to know before the same file is opened again.
    this.#closed = true;
    free();
    if (file === undefined) return '@state.memory';
    if (this.#parts.afterCrash) return '@state.broken';
    try {
      const again = await pool.open({ path: file, readOnly: true }, true);
      await again.run([{ text: pool.location.engine === 'duckdb' ? 'SELECT 1' : 'RETURN 1' }]);
      await again.close();
      return '@state.opens';
    } catch (error) {
      if (MigrateError.is(error, 'DATABASE_CORRUPT') || MigrateError.is(error, 'ENGINE_CRASHED'))
        return '@state.broken';
      // Held by somebody else by now, or out of reach: the crash itself is what has to be told.
      return '@state.unknown';
    }
  }
}

function engineMessage(error: unknown): string | undefined {
  return error instanceof ResponseError && error.code === ENGINE_ERROR ? error.message : undefined;
}
