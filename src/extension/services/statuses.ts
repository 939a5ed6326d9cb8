import * as vscode from 'vscode';
import type { MigrateError } from '../../core/errors';
import type { Database } from '../../project/project';
import type { StatusResult } from '../../workflow/migrate/status';
import { Disposable } from './disposable';
import type { Engines } from './engines';
import { asMigrateError } from './messages';
import { type MigrationRow, rowsOf } from './migration-row';
import type { LoadedProject } from './project-state';
import type { Projects } from './projects';

/** The migrations of one database, as they were read last. */
export type DatabaseStatus =
  | {
      readonly kind: 'read';
      /** By id. */
      readonly rows: readonly MigrationRow[];
      readonly current: string | null;
      /** What is wrong with the files: nothing runs while there is any. */
      readonly problems: readonly MigrateError[];
    }
  | { readonly kind: 'failed'; readonly error: MigrateError };

export type StatusLookup = (state: LoadedProject, database: Database) => DatabaseStatus | undefined;

/** A database that another program holds is read from a copy: such readings take no more than this part of the time. */
const COPY_SHARE = 0.1;

/**
 * The state of every migration of this window. Nothing is read before something asks for it, and nothing without trust;
 * from then on it follows the files.
 */
export class Statuses extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #engines: Engines;
  readonly #projects: Projects;
  readonly #log: vscode.LogOutputChannel;
  #known: ReadonlyMap<string, DatabaseStatus> = new Map();
  #asked = false;
  #reading: Promise<void> | undefined;
  #again = false;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(engines: Engines, projects: Projects, log: vscode.LogOutputChannel) {
    super();
    this.#engines = engines;
    this.#projects = projects;
    this.#log = log;
    this.register(projects.onDidChange(() => this.#follow()));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#follow()));
    this.register({ dispose: () => clearTimeout(this.#timer) });
  }

  readonly get: StatusLookup = (state, database) => this.#known.get(keyOf(state, database));

  /** From here on the status is wanted: somebody looks at it. */
  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#follow();
  }

  /** Reads everything anew; calls that come while it reads are answered by one more reading. */
  refresh(): Promise<void> {
    this.#asked = true;
    this.#again = true;
    this.#reading ??= this.#readUntilDone();
    return this.#reading;
  }

  /** The rows of one database, as they are now. @throws MigrateError and Refusal as the reading does */
  async read(state: LoadedProject, database: Database): Promise<DatabaseStatus & { readonly kind: 'read' }> {
    return this.#status(state, database);
  }

  #follow(): void {
    if (!this.#asked || !this.#projects.isRead) return;
    clearTimeout(this.#timer);
    const wait = this.#notBefore - Date.now();
    if (wait <= 0) void this.refresh();
    else this.#timer = setTimeout(() => void this.refresh(), wait);
  }

  async #readUntilDone(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        this.#known = await this.#readAll();
      }
    } finally {
      this.#reading = undefined;
    }
    this.#changed.fire();
  }

  async #readAll(): Promise<ReadonlyMap<string, DatabaseStatus>> {
    const found = new Map<string, DatabaseStatus>();
    if (!vscode.workspace.isTrusted) return found;
    for (const state of this.#projects.loaded.filter(({ scripts }) => scripts.length > 0)) {
      for (const database of state.project.databases) {
        found.set(keyOf(state, database), await this.#statusOrError(state, database));
      }
    }
    return found;
  }

  async #statusOrError(state: LoadedProject, database: Database): Promise<DatabaseStatus> {
    try {
      return await this.#status(state, database);
    } catch (error) {
      this.#log.warn(`${database.path}: ${error instanceof Error ? error.message : String(error)}`);
      return { kind: 'failed', error: asMigrateError(error) };
    }
  }

  async #status({ project }: LoadedProject, database: Database): Promise<DatabaseStatus & { readonly kind: 'read' }> {
    const context = await this.#engines.context(project);
    const { migrationStatus } = await this.#engines.workflows();
    const start = Date.now();
    const status: StatusResult = await migrationStatus(context, { database });
    const end = Date.now();
    if (status.fromCopy) this.#notBefore = end + (end - start) / COPY_SHARE;
    return {
      kind: 'read',
      rows: rowsOf(project.dir, status),
      current: status.current,
      problems: status.situation.problems,
    };
  }
}

function keyOf({ dir }: LoadedProject, { name }: Database): string {
  return `${dir}\0${name}`;
}
