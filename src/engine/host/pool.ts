import type { OpenOptions } from '../driver';
import { realFile } from '../real-file';
import { EngineProcess, type HostLocation } from './process';
import { type EngineInfo, infoRequest } from './protocol';
import { type HostSession, openSession } from './session';

export interface PoolOptions {
  /** How long an unused engine process is kept warm. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

/**
 * The engine processes of one caller. Each session has a process to itself, so that ending one (a cancel, a time-out,
 * a crash) never touches another; a process whose session is closed is kept warm for the next.
 */
export class EnginePool {
  readonly #location: HostLocation;
  readonly #options: PoolOptions;
  readonly #idle = new Map<EngineProcess, NodeJS.Timeout>();
  readonly #all = new Set<EngineProcess>();
  /** Who has which real path open, as the tail of a queue: the engine's own lock doesn't hold within one caller. */
  readonly #paths = new Map<string, Promise<void>>();

  constructor(location: HostLocation, options: PoolOptions) {
    this.#location = location;
    this.#options = options;
  }

  get location(): HostLocation {
    return this.#location;
  }

  /** Waits while this caller has the same file open elsewhere; then opens it in a process of its own. */
  async open(options: OpenOptions, afterCrash = false): Promise<HostSession> {
    const file = options.path === undefined ? undefined : await realFile(options.path);
    const leave = file === undefined ? undefined : await this.#enter(file);
    const engine = this.#take();
    const free = () => {
      this.#give(engine);
      leave?.();
    };
    try {
      return await openSession({ engine, pool: this, options, file, free, afterCrash });
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Starts a process and lets it load its engine, while the caller still finds out what to do. */
  warm(): void {
    const engine = this.#take();
    // Whatever goes wrong here is told by the opening that follows.
    engine.wire.sendRequest(infoRequest, null).catch((error: unknown) => this.#options.log(String(error)));
    this.#give(engine);
  }

  async info(): Promise<EngineInfo> {
    const engine = this.#take();
    try {
      return await engine.wire.sendRequest(infoRequest, null);
    } finally {
      this.#give(engine);
    }
  }

  /** Ends every process, running or idle. */
  async dispose(): Promise<void> {
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    await Promise.all([...this.#all].map((engine) => engine.kill()));
  }

  /** Process ids, for tests and the log. */
  get pids(): number[] {
    return [...this.#all].flatMap((engine) => (engine.pid === undefined ? [] : [engine.pid]));
  }

  #take(): EngineProcess {
    const warm = [...this.#idle.keys()].find((engine) => engine.alive);
    if (warm) {
      clearTimeout(this.#idle.get(warm));
      this.#idle.delete(warm);
      warm.setIdle(false);
      return warm;
    }
    const engine = new EngineProcess(this.#location, this.#options.log);
    this.#all.add(engine);
    void engine.ended.then(() => {
      this.#all.delete(engine);
      clearTimeout(this.#idle.get(engine));
      this.#idle.delete(engine);
    });
    engine.setIdle(false);
    return engine;
  }

  #give(engine: EngineProcess): void {
    if (!engine.alive) return;
    engine.setIdle(true);
    const timer = setTimeout(() => {
      // Out of the list first: a process that is being ended must not be handed out.
      this.#idle.delete(engine);
      void engine.kill();
    }, this.#options.idleMs);
    timer.unref();
    this.#idle.set(engine, timer);
  }

  async #enter(file: string): Promise<() => void> {
    const before = this.#paths.get(file);
    let leave: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const tail = (before ?? Promise.resolve()).then(() => mine);
    this.#paths.set(file, tail);
    void tail.then(() => {
      if (this.#paths.get(file) === tail) this.#paths.delete(file);
    });
    await before;
    return leave;
  }
}
