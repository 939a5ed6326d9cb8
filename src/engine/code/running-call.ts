import type { MessageConnection, RequestType } from 'vscode-jsonrpc/node';
import type { Dialect } from '../../core/dialect/dialect';
import { ParameterError } from '../../core/dialect/literal';
import { fillParameters } from '../../core/dialect/parameters';
import type { DatabaseReader, MigrationDatabase, MigrationParameters } from '../../core/migration/user-code';
import type { Positions } from './positions';
import { CodeProblem, parameterProblem } from './problem';
import { type CodePosition, type DatabaseParams, rowsRequest, runRequest } from './protocol';

// Taken before user code can replace it.
const nextTurn = setImmediate;

interface CallParts {
  readonly wire: MessageConnection;
  readonly positions: Positions;
  readonly call: number;
  readonly dialect: Dialect;
  /** Told of a call of `db` that came after the user's function had returned. */
  readonly onLate: (problem: CodeProblem) => void;
}

/** Runs inside the process of user code: one call of a user's function, and the database that it is given. */
export class RunningCall {
  readonly database: MigrationDatabase;
  /** The same without the way to write. */
  readonly reader: DatabaseReader;
  readonly #parts: CallParts;
  readonly #pending = new Map<Promise<unknown>, Error>();
  #open = true;
  #failedAt: Error | undefined;
  #late: CodeProblem | undefined;

  constructor(parts: CallParts) {
    this.#parts = parts;
    const { dialect } = parts;
    const rows: DatabaseReader['rows'] = (text, values) => this.#ask(rowsRequest, text, values);
    const run: MigrationDatabase['run'] = (text, values) => this.#ask(runRequest, text, values);
    this.database = Object.freeze({ dialect, rows, run });
    this.reader = Object.freeze({ dialect, rows });
  }

  /**
   * Runs the user's function until nothing of it is under way any more.
   * @param stray rejects with an error that nobody caught
   * @throws what the function threw, or a CodeProblem
   */
  async run<T>(work: () => T | Promise<T>, stray: Promise<never>): Promise<T> {
    let outcome: { value: T } | { thrown: unknown };
    try {
      outcome = { value: await Promise.race([(async () => work())(), stray]) };
    } catch (thrown) {
      outcome = { thrown };
    }
    this.#open = false;
    const left = [...this.#pending];
    // What nobody waits for gets a turn, in which it may give itself away.
    await new Promise<void>((resolve) => nextTurn(resolve));
    await Promise.allSettled(left.map(([answer]) => answer));
    if (this.#failedAt) throw new CodeProblem('@code.refused', 'database', this.#place(this.#failedAt));
    if ('thrown' in outcome) throw outcome.thrown;
    const [first] = left;
    if (first) throw new CodeProblem('@code.unawaited', 'failed', this.#place(first[1]));
    if (this.#late) throw this.#late;
    return outcome.value;
  }

  async #ask<T>(
    request: RequestType<DatabaseParams, T, void>,
    text: unknown,
    values?: MigrationParameters,
  ): Promise<T> {
    // Taken here, while the user's frames are on the stack; read only when something goes wrong.
    const site = new Error('a call of db');
    if (!this.#open) {
      const problem = new CodeProblem('@code.late', 'failed', this.#place(site));
      this.#late ??= problem;
      this.#parts.onLate(problem);
      throw problem;
    }
    if (this.#failedAt) throw new CodeProblem('@code.refused');
    const answer = this.#parts.wire.sendRequest(request, {
      call: this.#parts.call,
      text: statementOf(text, values, this.#parts.dialect),
    });
    this.#pending.set(answer, site);
    try {
      return await answer;
    } catch (error) {
      this.#failedAt ??= site;
      const message = error instanceof Error ? error.message : String(error);
      site.message = message;
      site.name = 'DatabaseError';
      site.stack = [`DatabaseError: ${message}`, ...(site.stack ?? '').split('\n').slice(1)].join('\n');
      throw site;
    } finally {
      this.#pending.delete(answer);
    }
  }

  #place(site: Error): CodePosition | undefined {
    return this.#parts.positions.of(site);
  }
}

function statementOf(text: unknown, values: MigrationParameters | undefined, dialect: Dialect): string {
  if (typeof text !== 'string') throw new CodeProblem('@code.notText');
  try {
    return fillParameters(text, values ?? {}, dialect);
  } catch (error) {
    throw error instanceof ParameterError ? parameterProblem(error) : error;
  }
}
