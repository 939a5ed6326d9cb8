import { ResponseError } from 'vscode-jsonrpc/node';
import { MigrateError } from '../../core/errors';
import { enErrors } from '../../core/text/en-errors';
import { fill } from '../../core/text/fill';
import { DATABASE_ERROR } from './protocol';
import type { CodeDatabase } from './types';

/**
 * What stands between one call of user code and its database, on the caller's side: one statement at a time, and none
 * after one has failed. Kùzu ends a transaction silently with a failed statement, and all that came after it would be
 * committed alone.
 */
export class DatabaseGate {
  readonly call: number;
  readonly #database: Partial<CodeDatabase>;
  readonly #onStatement: ((index: number) => void) | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #closed = false;
  #count = 0;

  constructor(call: number, database: Partial<CodeDatabase>, onStatement?: (index: number) => void) {
    this.call = call;
    this.#database = database;
    this.#onStatement = onStatement;
  }

  /** What the first failed statement failed with. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Answers a request of the process, in its turn. */
  ask<T>(work: (database: Partial<CodeDatabase>) => Promise<T> | undefined): Promise<T | ResponseError<void>> {
    const answer = this.#tail.then(async () => {
      if (this.#failure || this.#closed) return new ResponseError<void>(DATABASE_ERROR, 'refused');
      try {
        this.#onStatement?.(this.#count++);
        const result = await work(this.#database);
        return result ?? new ResponseError<void>(DATABASE_ERROR, 'this database is only read');
      } catch (error) {
        this.#failure = { error };
        return new ResponseError<void>(DATABASE_ERROR, messageOf(error));
      }
    });
    this.#tail = answer;
    return answer;
  }

  /** Lets nothing through any more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }
}

/** What user code may see of an error: the engine's own words where there are any. */
function messageOf(error: unknown): string {
  if (!MigrateError.is(error)) return error instanceof Error ? error.message : String(error);
  if (typeof error.params.detail === 'string') return error.params.detail;
  return fill(enErrors[error.code][0], error.params, (key) => key);
}
