import type * as vscode from 'vscode';
import type { EngineName } from '../../core/schema/model';
import type { Driver } from '../../engine/driver';
import type { Drivers } from '../../engine/drivers';
import type { Project } from '../../project/project';
import type { Context } from '../../workflow/context';
import { Refusal } from './refusal';

/** How long an unused engine process is kept warm. */
const IDLE_MS = 60_000;

/** The engines of this window. Nothing of them is loaded, and no process is started, before something asks. */
export class Engines implements vscode.Disposable {
  readonly #dist: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #isTrusted: () => boolean;
  #drivers: Promise<Drivers> | undefined;

  constructor(dist: string, log: vscode.LogOutputChannel, isTrusted: () => boolean) {
    this.#dist = dist;
    this.#log = log;
    this.#isTrusted = isTrusted;
  }

  /** What a workflow needs. @throws Refusal in a workspace that is not trusted. */
  async context(project: Project): Promise<Context> {
    const drivers = await this.#started();
    return { project, driver: (engine) => drivers.get(engine), log: (line) => this.#log.info(line) };
  }

  /** @throws Refusal as above; MigrateError ENGINE_NOT_SUPPORTED, ENGINE_NOT_LOADED */
  async driver(engine: EngineName): Promise<Driver> {
    return (await this.#started()).get(engine);
  }

  /** Whether anything has asked for an engine yet. */
  get started(): boolean {
    return this.#drivers !== undefined;
  }

  dispose(): void {
    // The processes are told to end at once; nobody waits for a window that closes.
    void this.#drivers?.then((drivers) => drivers.dispose());
  }

  #started(): Promise<Drivers> {
    if (!this.#isTrusted()) throw new Refusal('ui.untrusted');
    this.#drivers ??= this.#load();
    return this.#drivers;
  }

  async #load(): Promise<Drivers> {
    // Its wire alone would take half of the time that activation has.
    const { createDrivers } = await import('../../engine/drivers');
    return createDrivers(this.#dist, { idleMs: IDLE_MS, log: (line) => this.#log.debug(line) });
  }
}
