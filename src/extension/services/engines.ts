import type * as vscode from 'vscode';
import type { EngineName } from '../../core/schema/model';
import type { Driver } from '../../engine/driver';
import type { Drivers } from '../../engine/drivers';
import type { Project } from '../../project/project';
import type { Context } from '../../workflow/context';
import type { Workflows } from '../workflows';
import { Refusal } from './refusal';

/** How long an unused engine process is kept warm. */
const IDLE_MS = 60_000;

interface Loaded {
  readonly workflows: Workflows;
  readonly drivers: Drivers;
}

/** The engines of this window. Nothing of them is loaded, and no process is started, before something asks. */
export class Engines implements vscode.Disposable {
  readonly #dist: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #isTrusted: () => boolean;
  #loaded: Promise<Loaded> | undefined;

  constructor(dist: string, log: vscode.LogOutputChannel, isTrusted: () => boolean) {
    this.#dist = dist;
    this.#log = log;
    this.#isTrusted = isTrusted;
  }

  /** @throws Refusal in a workspace that is not trusted. */
  async workflows(): Promise<Workflows> {
    return (await this.#load()).workflows;
  }

  /** What a workflow needs. @throws Refusal as above */
  async context(project: Project): Promise<Context> {
    const { workflows, drivers } = await this.#load();
    return {
      project,
      driver: (engine) => drivers.get(engine),
      codeHost: () => workflows.createCodeHost(this.#dist, { log: (line) => this.#log.info(line) }),
      log: (line) => this.#log.info(line),
    };
  }

  /** @throws Refusal as above; MigrateError ENGINE_NOT_SUPPORTED, ENGINE_NOT_LOADED */
  async driver(engine: EngineName): Promise<Driver> {
    return (await this.#load()).drivers.get(engine);
  }

  /** Whether anything has asked for an engine yet. */
  get started(): boolean {
    return this.#loaded !== undefined;
  }

  dispose(): void {
    // The processes are told to end at once; nobody waits for a window that closes.
    void this.#loaded?.then(({ drivers }) => drivers.dispose());
  }

  async #load(): Promise<Loaded> {
    if (!this.#isTrusted()) throw new Refusal('ui.untrusted');
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  async #read(): Promise<Loaded> {
    const { workflows } = await import('../workflows');
    const drivers = workflows.createDrivers(this.#dist, { idleMs: IDLE_MS, log: (line) => this.#log.debug(line) });
    return { workflows, drivers };
  }
}
