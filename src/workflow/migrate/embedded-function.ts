import { ResponseError } from 'vscode-jsonrpc/node';
import { ParameterError } from '../../core/dialect/literal';
import { fillParameters } from '../../core/dialect/parameters';
import { MigrateError } from '../../core/errors';
import type { MigrationDatabase, MigrationFunction, MigrationParameters } from '../../core/migration/user-code';
import { DatabaseGate } from '../../engine/code/database-gate';
import { CodeProblem, detailOf, parameterProblem } from '../../engine/code/problem';
import type { CodeDatabase } from '../../engine/code/types';
import type { RunCode } from './kinds';

/**
 * Runs a function of the application in the application's own process, by the rules of code migrations: its calls of
 * `db` go one by one, none after one has failed, and each has to be awaited.
 * @param file what errors call it
 * @returns throws MigrateError the one that a call of `db` failed with, CODE_MIGRATION_FAILED, CANCELLED
 */
export function functionRunner(work: MigrationFunction, file: string): RunCode {
  return async (database, { signal }) => {
    const calls = new Calls(database);
    const cancelled = new Cancelled(signal);
    let thrown: { readonly error: unknown } | undefined;
    try {
      await Promise.race([(async () => work(calls.database))(), cancelled.promise]);
    } catch (error) {
      thrown = { error };
    } finally {
      cancelled.forget();
    }
    const problem = await calls.end();
    if (calls.failure) throw placed(calls.failure.error, file);
    if (thrown && MigrateError.is(thrown.error, 'CANCELLED')) throw thrown.error;
    if (thrown) throw failed(file, thrown.error);
    if (problem) throw failed(file, problem);
  };
}

/** The database as one run of a function sees it. */
class Calls {
  readonly database: MigrationDatabase;
  readonly #gate: DatabaseGate;
  readonly #pending = new Set<Promise<unknown>>();
  #open = true;
  #late: CodeProblem | undefined;

  constructor(to: CodeDatabase) {
    const { dialect } = to;
    this.#gate = new DatabaseGate(0, to);
    const fill = (text: unknown, values: MigrationParameters = {}) => {
      if (typeof text !== 'string') throw new CodeProblem('@code.notText');
      try {
        return fillParameters(text, values, dialect);
      } catch (error) {
        throw error instanceof ParameterError ? parameterProblem(error) : error;
      }
    };
    this.database = Object.freeze<MigrationDatabase>({
      dialect,
      run: (text, values) =>
        this.#ask(
          () => fill(text, values),
          (filled) => to.run(filled),
        ),
      rows: (text, values) =>
        this.#ask(
          () => fill(text, values),
          (filled) => to.rows(filled),
        ),
    });
  }

  /** What the first failed statement failed with. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#gate.failure;
  }

  /**
   * Lets no further call through, and waits for those under way.
   * @returns what is wrong with calls that were not awaited
   */
  async end(): Promise<CodeProblem | undefined> {
    this.#open = false;
    const left = [...this.#pending];
    // What nobody waits for gets a turn, in which it may give itself away.
    await new Promise<void>((resolve) => setImmediate(resolve));
    await Promise.allSettled(left);
    await this.#gate.close();
    return left.length > 0 ? new CodeProblem('@code.unawaited') : this.#late;
  }

  #ask<T>(fill: () => string, send: (text: string) => Promise<T>): Promise<T> {
    const answer = this.#answer(fill, send);
    this.#pending.add(answer);
    const forget = () => this.#pending.delete(answer);
    // One that nobody awaits fails the migration; its rejection must not end the application besides.
    answer.then(forget, forget);
    return answer;
  }

  async #answer<T>(fill: () => string, send: (text: string) => Promise<T>): Promise<T> {
    if (!this.#open) {
      this.#late ??= new CodeProblem('@code.late');
      throw this.#late;
    }
    if (this.failure) throw new CodeProblem('@code.refused');
    const text = fill();
    const answer = await this.#gate.ask(() => send(text));
    if (!(answer instanceof ResponseError)) return answer;
    throw Object.assign(new Error(answer.message), { name: 'DatabaseError' });
  }
}

/** Rejects when a signal says so: a function that waits for something else than the database would not notice. */
class Cancelled {
  readonly promise: Promise<never>;
  readonly forget: () => void;

  constructor(signal: AbortSignal | undefined) {
    let onAbort: () => void = () => undefined;
    this.promise = new Promise((_, reject) => {
      onAbort = () => reject(new MigrateError('CANCELLED'));
    });
    // It is raced, and may lose.
    this.promise.catch(() => undefined);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    this.forget = () => signal?.removeEventListener('abort', onAbort);
  }
}

function failed(file: string, thrown: unknown): MigrateError {
  return new MigrateError(
    'CODE_MIGRATION_FAILED',
    { file, detail: detailOf(thrown) },
    { where: { file }, cause: thrown },
  );
}

function placed(error: unknown, file: string): unknown {
  if (!MigrateError.is(error)) return error;
  const { code, params, where, losses } = error;
  return new MigrateError(code, params, { where: { file, ...where }, cause: error, losses });
}
