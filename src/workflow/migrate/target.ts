import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import type { Driver, OpenOptions, RunOptions, Session, Statement, StatementResult } from '../../engine/driver';
import { realFile } from '../../engine/real-file';
import { hasWal } from '../../engine/wal';
import { openInPlace } from '../settle-blocks';

/** The database that a run changes: the project's own, or a copy of it. It can be closed and opened again on the way. */
export class Target {
  readonly path: string;
  readonly driver: Driver;
  readonly #memory: { readonly memoryMB?: number };
  readonly #isCopy: boolean;
  #session: Session | undefined;

  constructor(
    driver: Driver,
    database: { readonly path: string; readonly memoryMB?: number },
    { isCopy = false }: { readonly isCopy?: boolean } = {},
  ) {
    this.driver = driver;
    this.#isCopy = isCopy;
    this.path = database.path;
    this.#memory = database.memoryMB === undefined ? {} : { memoryMB: database.memoryMB };
  }

  /** The open handle; opened for writing where there is none. */
  async session(): Promise<Session> {
    if (!this.#session) {
      await mkdir(path.dirname(this.path), { recursive: true });
      // What a killed process left is moved into the file by a session of its own, so that this one begins with none.
      if (await hasWal(await realFile(this.path))) await (await this.#open()).close();
      this.#session = await this.#open();
    }
    return this.#session;
  }

  #open(): Promise<Session> {
    const options = this.opening(this.path, false);
    return this.#isCopy ? this.driver.open(options) : openInPlace(this.driver, options);
  }

  /** How a file is opened with the settings of this database: itself, or a copy that is to take its place. */
  opening(file: string, readOnly: boolean): OpenOptions {
    return { path: file, readOnly, ...this.#memory };
  }

  /**
   * Runs statements one at a time and stops at the first error. After the end of the engine's process the next run
   * opens the database anew. @throws as Session.run
   */
  async run(statements: readonly Statement[], options: RunOptions = {}): Promise<StatementResult[]> {
    const session = await this.session();
    try {
      return await session.run(statements, options);
    } catch (error) {
      // One that was cancelled before it was sent has left the process alive, with the file in its hands.
      if (endedProcess(error)) await this.close();
      throw error;
    }
  }

  /** Rolls back what may be open: closing does, on every engine. What goes wrong is told to the log, after a failure. */
  async endTransaction(log: (line: string) => void): Promise<void> {
    await this.close().catch((error: unknown) => log(`closing ${this.path}: ${String(error)}`));
  }

  /** Closes the database where it is open, which moves everything into its file. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }
}

/** The engine's process is gone, and the session with it: whether the last statement was done is not known. */
export function endedProcess(error: unknown): boolean {
  return (
    MigrateError.is(error, 'ENGINE_CRASHED') ||
    MigrateError.is(error, 'ENGINE_TIMEOUT') ||
    MigrateError.is(error, 'CANCELLED')
  );
}
