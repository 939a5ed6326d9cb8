import path from 'node:path';
import { ResponseError } from 'vscode-jsonrpc/node';
import { MigrateError } from '../../core/errors';
import type { RunOptions } from '../driver';
import { type ProcessEnd, WiredProcess } from '../host/process';
import type { DatabaseGate } from './database-gate';
import { CODE_ERROR, type CodeFailure, DATABASE_ERROR, noteNotification, rowsRequest, runRequest } from './protocol';

/** Makes the error of a failure in one of the user's files. */
export type Blame = (failure: CodeFailure) => MigrateError;

/** The process of user code as its caller sees it. */
export class CodeProcess extends WiredProcess {
  /** The call that runs now; no other reaches a database. */
  gate: DatabaseGate | undefined;

  constructor(dist: string, log: (line: string) => void) {
    const args = [path.join(dist, 'code-babel.js'), String(process.pid)];
    super(path.join(dist, 'code-host.js'), args, 'code', log);
    const gateOf = (call: number) => (this.gate?.call === call ? this.gate : undefined);
    const refused = () => new ResponseError<void>(DATABASE_ERROR, 'refused');
    this.wire.onRequest(runRequest, ({ call, text }) => gateOf(call)?.ask((to) => to.run?.(text)) ?? refused());
    this.wire.onRequest(rowsRequest, ({ call, text }) => gateOf(call)?.ask((to) => to.rows?.(text)) ?? refused());
    this.wire.onNotification(noteNotification, (text) => log(`[code] ${text}`));
  }

  /** Sends one request, and turns the end of the process, a cancel and a time-out into errors that say so. */
  async request<T>(send: (self: this) => Promise<T>, blame: Blame, options: RunOptions): Promise<T> {
    if (options.signal?.aborted) throw new MigrateError('CANCELLED');
    let why: 'cancel' | 'timeout' | undefined;
    const end = (reason: 'cancel' | 'timeout') => {
      why ??= reason;
      void this.kill();
    };
    const onAbort = () => end('cancel');
    options.signal?.addEventListener('abort', onAbort);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => end('timeout'), options.timeoutMs);
    try {
      const answer = send(this);
      // The loser of the race may still reject, when the wire goes down with the process.
      answer.catch(() => undefined);
      const outcome = await Promise.race([
        answer.then((value) => ({ value })),
        this.ended.then((ended) => ({ ended })),
      ]);
      if ('value' in outcome) return outcome.value;
      throw endError(outcome.ended, why, blame, options);
    } catch (error) {
      if (MigrateError.is(error)) throw error;
      const failure = failureOf(error);
      if (failure) throw blame(failure);
      // The wire breaks a moment before the end of the process is known.
      throw endError(await Promise.race([this.ended, this.endSoon()]), why, blame, options);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }
}

function failureOf(error: unknown): CodeFailure | undefined {
  if (!(error instanceof ResponseError) || error.code !== CODE_ERROR) return undefined;
  return (error as ResponseError<CodeFailure>).data;
}

function endError(ended: ProcessEnd, why: string | undefined, blame: Blame, options: RunOptions): MigrateError {
  if (why === 'cancel') return new MigrateError('CANCELLED');
  const seconds = (options.timeoutMs ?? 0) / 1000;
  if (why === 'timeout') return blame({ kind: 'failed', detail: `@code.timeout:${seconds}` });
  const detail = ended.signal === null ? `@code.exited:${ended.code}` : `@code.killed:${ended.signal}`;
  return blame({ kind: 'failed', detail });
}
