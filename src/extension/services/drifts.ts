import * as vscode from 'vscode';
import type { Database } from '../../project/project';
import type { Running } from '../../workflow/context';
import type { Drift } from '../../workflow/drift/drift';
import { Disposable } from './disposable';
import type { Engines } from './engines';
import type { LoadedProject } from './project-state';
import type { Projects } from './projects';
import { fileStamp } from './schemas';

export type DriftLookup = (state: LoadedProject, database: Database) => Drift | undefined;

interface Known {
  readonly stamp: string;
  readonly drift: Drift;
}

/**
 * What databases have that their history doesn't explain. Nothing is looked at before a check is asked for; from then on
 * that database is checked again when its file has changed.
 */
export class Drifts extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #engines: Engines;
  readonly #projects: Projects;
  readonly #log: vscode.LogOutputChannel;
  readonly #known = new Map<string, Known>();
  #following: Promise<void> | undefined;

  constructor(engines: Engines, projects: Projects, log: vscode.LogOutputChannel) {
    super();
    this.#engines = engines;
    this.#projects = projects;
    this.#log = log;
    this.register(projects.onDidChange(() => this.#follow()));
  }

  readonly get: DriftLookup = (state, database) => this.#known.get(keyOf(state, database))?.drift;

  /** @throws what `findDrift` throws; then nothing is known of the database any more */
  async check(state: LoadedProject, database: Database, running: Running = {}): Promise<Drift> {
    const context = await this.#engines.context(state.project);
    const { findDrift } = await this.#engines.workflows();
    const key = keyOf(state, database);
    // From before the reading: what is written meanwhile is looked at again.
    const stamp = await stampOf(database);
    try {
      const drift = await findDrift(context, { ...running, database });
      this.#known.set(key, { stamp, drift });
      return drift;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    } finally {
      this.#changed.fire();
    }
  }

  #follow(): void {
    if (this.#known.size === 0) return;
    this.#following ??= this.#checkChanged().finally(() => {
      this.#following = undefined;
    });
  }

  async #checkChanged(): Promise<void> {
    for (const state of this.#projects.loaded) {
      for (const database of state.project.databases) {
        const known = this.#known.get(keyOf(state, database));
        // A file that another program writes would be copied without end.
        if (!known || known.drift.fromCopy || known.stamp === (await stampOf(database))) continue;
        await this.check(state, database).catch((error: unknown) => {
          this.#log.warn(`${database.path}: ${error instanceof Error ? error.message : String(error)}`);
        });
      }
    }
  }
}

function keyOf({ dir }: LoadedProject, { name }: Database): string {
  return `${dir}\0${name}`;
}

async function stampOf({ path }: Database): Promise<string> {
  return (await Promise.all([path, `${path}.wal`].map(fileStamp))).join('|');
}
