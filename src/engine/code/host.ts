import path from 'node:path';
import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError, type Where } from '../../core/errors';
import type { PluginCheckInput, PluginFinding } from '../../core/migration/user-code';
import type { RunOptions } from '../driver';
import { type Blame, CodeProcess } from './code-process';
import { DatabaseGate } from './database-gate';
import {
  type CodeFailure,
  callRequest,
  checkRequest,
  closeRequest,
  loadRequest,
  parseRequest,
  pluginRequest,
} from './protocol';
import type { CodeDatabase, CodeHost, CodeModule, LoadOptions, PluginClient, PluginParsed } from './types';

/** @param dist the folder that holds `code-host.js` */
export function createCodeHost(dist: string, options: { readonly log: (line: string) => void }): CodeHost {
  return new Host(dist, options.log);
}

/** Gives the number that a module has in a process, and loads it there when it has none. */
type Finder = (process: CodeProcess) => Promise<number>;

class Host implements CodeHost {
  readonly #dist: string;
  readonly #log: (line: string) => void;
  #process: CodeProcess | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #disposed = false;

  constructor(dist: string, log: (line: string) => void) {
    this.#dist = dist;
    this.#log = log;
  }

  async load(file: string, options: LoadOptions = {}): Promise<CodeModule> {
    const params = { file: path.resolve(file), source: options.source ?? null };
    const blame = blameMigration(file);
    const { process, loaded } = await this.#alone(blame, options, async (process) => ({
      process,
      loaded: await process.wire.sendRequest(loadRequest, params),
    }));
    const find = remembered(process, loaded.module, async (other) => {
      const again = await other.wire.sendRequest(loadRequest, params);
      return again.module;
    });
    return this.#module(find, loaded, blame);
  }

  async plugin(file: string, options: RunOptions = {}): Promise<PluginClient> {
    const params = { file: path.resolve(file), source: null };
    const blame = blamePlugin(file);
    const { process, loaded } = await this.#alone(blame, options, async (process) => ({
      process,
      loaded: await process.wire.sendRequest(pluginRequest, params),
    }));
    const find = remembered(process, loaded.module, async (other) => {
      const again = await other.wire.sendRequest(pluginRequest, params);
      return again.module;
    });
    return {
      name: loaded.name,
      kinds: loaded.kinds,
      checks: loaded.checks,
      parse: (kind, of, text, dialect, more = {}) => this.#parse(find, { kind, file: of, text, dialect }, more),
      check: (name, database, input, more = {}) => this.#check(find, blame, { name, database, input }, more),
    };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#process?.kill();
    this.#process = undefined;
  }

  async #parse(
    find: Finder,
    input: { kind: string; file: string; text: string; dialect: Dialect },
    options: RunOptions,
  ): Promise<PluginParsed> {
    const blame = blamePlugin(input.file);
    const send = async (process: CodeProcess) =>
      process.wire.sendRequest(parseRequest, { ...input, module: await find(process) });
    const { process, parsed } = await this.#alone(blame, options, async (process) => ({
      process,
      parsed: await send(process),
    }));
    const findParsed = remembered(process, parsed.module, async (other) => (await send(other)).module);
    const { up, down, transaction } = parsed;
    const module = this.#module(findParsed, { hasDown: down !== null, transaction }, blameMigration(input.file));
    return { ...module, up, down };
  }

  #module(find: Finder, about: Pick<CodeModule, 'hasDown' | 'transaction'>, blame: Blame): CodeModule {
    return {
      hasDown: about.hasDown,
      transaction: about.transaction,
      call: async (direction, database, options = {}) => {
        await this.#call(find, blame, database, options, (process, module, call) =>
          process.wire.sendRequest(callRequest, { module, direction, call, dialect: database.dialect }),
        );
      },
      close: async () => {
        const process = this.#process;
        // With its process gone, nothing of the module is left.
        if (!process?.alive) return;
        await this.#alone(blame, {}, async (now) => {
          if (now === process) await now.wire.sendRequest(closeRequest, await find(now));
        });
      },
    };
  }

  #check(
    find: Finder,
    blame: Blame,
    asked: { name: string; database: Pick<CodeDatabase, 'dialect' | 'rows'>; input: PluginCheckInput },
    options: RunOptions,
  ): Promise<readonly PluginFinding[]> {
    const { name: check, database, input } = asked;
    const { dialect } = database;
    const reader = { dialect, rows: (text: string) => database.rows(text) };
    return this.#call(find, blame, reader, options, (process, module, call) =>
      process.wire.sendRequest(checkRequest, { module, check, call, dialect, input }),
    );
  }

  /** One call of user code with a database. Whatever fails in it, its process is not used again. */
  async #call<T>(
    find: Finder,
    blame: Blame,
    database: Partial<CodeDatabase>,
    options: RunOptions,
    send: (process: CodeProcess, module: number, call: number) => Promise<T>,
  ): Promise<T> {
    this.#calls++;
    const gate = new DatabaseGate(this.#calls, database, options.onStatement);
    let place: CodeFailure['position'];
    const noticing: Blame = (failure) => {
      place = failure.position;
      return blame(failure);
    };
    return this.#alone(
      noticing,
      options,
      async (process) => {
        const module = await find(process);
        process.gate = gate;
        return send(process, module, gate.call);
      },
      async (error) => {
        // What the engine was sent may still be under way, and the caller must not go on before that has ended.
        await gate.close();
        await this.#process?.kill();
        return gate.failure ? placed(gate.failure.error, place) : error;
      },
    );
  }

  /**
   * One request after another, so that what goes wrong belongs to the one that runs.
   * @param onFailure cleans up before the next one, and gives the error to throw
   */
  #alone<T>(
    blame: Blame,
    options: RunOptions,
    work: (process: CodeProcess) => Promise<T>,
    onFailure?: (error: unknown) => Promise<unknown>,
  ): Promise<T> {
    const turn = this.#tail.then(async () => {
      if (this.#disposed) throw new MigrateError('CANCELLED');
      if (!this.#process?.alive) this.#process = new CodeProcess(this.#dist, this.#log);
      const process = this.#process;
      process.setIdle(false);
      try {
        return await process.request(work, blame, options);
      } catch (error) {
        throw (await onFailure?.(error)) ?? error;
      } finally {
        process.gate = undefined;
        if (process.alive) process.setIdle(true);
      }
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}

function remembered(process: CodeProcess, module: number, load: Finder): Finder {
  let known = { process, module };
  return async (now) => {
    if (known.process !== now) known = { process: now, module: await load(now) };
    return known.module;
  };
}

function blameMigration(file: string): Blame {
  return ({ kind, detail, position }) =>
    kind === 'invalid'
      ? new MigrateError('CODE_MIGRATION_INVALID', { file, detail }, { where: { file, ...position } })
      : new MigrateError('CODE_MIGRATION_FAILED', { file, detail }, { where: { file, ...position } });
}

function blamePlugin(file: string): Blame {
  return ({ detail, position }) =>
    new MigrateError('PLUGIN_FAILED', { file, detail }, { where: { file, ...position } });
}

/** The error of the database with the place of the call of `db` that it came from. */
function placed(error: unknown, place: Where | undefined): unknown {
  if (!MigrateError.is(error) || !place) return error;
  const { code, params, losses } = error;
  return new MigrateError(code, params, { where: { ...error.where, ...place }, cause: error, losses });
}
