import path from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../project/config';
import { Disposable } from './disposable';
import { type LoadedProject, type ProjectState, readProjectState } from './project-state';

/** Projects below the folders of the window beyond this many are not looked for. */
const NESTED = 20;

/** The projects of this window, as they were read last. */
export class Projects extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #log: vscode.LogOutputChannel;
  #states: readonly ProjectState[] = [];
  #reading: Promise<void> | undefined;
  #again = false;
  #loaded = false;

  constructor(log: vscode.LogOutputChannel) {
    super();
    this.#log = log;
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.refresh()));
  }

  get states(): readonly ProjectState[] {
    return this.#states;
  }

  get loaded(): readonly LoadedProject[] {
    return this.#states.filter((state): state is LoadedProject => state.kind === 'loaded');
  }

  /** False until everything has been read for the first time. */
  get isRead(): boolean {
    return this.#loaded;
  }

  /** The project that a file lies in, the innermost one. */
  at(file: string): LoadedProject | undefined {
    return this.loaded.filter(({ dir }) => isInside(dir, file)).sort((a, b) => b.dir.length - a.dir.length)[0];
  }

  /** Reads everything anew; calls that come while it reads are answered by one more reading. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#readUntilDone();
    return this.#reading;
  }

  async #readUntilDone(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        this.#states = await this.#read();
      }
    } finally {
      // Before anybody is told: a call that comes from there starts anew.
      this.#reading = undefined;
    }
    this.#loaded = true;
    this.#changed.fire();
  }

  async #read(): Promise<ProjectState[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const found = (await Promise.all(folders.map((folder) => this.#configured(folder)))).flat();
    const places = new Map(folders.map(({ uri, name }) => [uri.fsPath, name]));
    for (const dir of found.sort()) {
      if (!places.has(dir)) places.set(dir, vscode.workspace.asRelativePath(dir));
    }
    const states: ProjectState[] = [];
    for (const [dir, name] of places) {
      const state = await this.#unlessUnreadable(dir, () => readProjectState(dir, name));
      if (state) states.push(state);
    }
    return states.filter((state) => !coversOther(state, states));
  }

  /** The folders below one that have a configuration. */
  async #configured(folder: vscode.WorkspaceFolder): Promise<string[]> {
    const pattern = new vscode.RelativePattern(folder, `**/${CONFIG_FILE}`);
    const found = await this.#unlessUnreadable(folder.uri.fsPath, () => {
      return vscode.workspace.findFiles(pattern, '**/{node_modules,.git}/**', NESTED);
    });
    return (found ?? []).map(({ fsPath }) => path.dirname(fsPath));
  }

  /** One folder that can't be read, or that is gone, must not hide the others. */
  async #unlessUnreadable<T>(dir: string, read: () => PromiseLike<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.#log.error(`${dir}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}

/** What was discovered in a folder is no project of its own where projects with a configuration lie inside. */
function coversOther(state: ProjectState, all: readonly ProjectState[]): boolean {
  if (state.kind === 'broken' || state.project.configFile !== undefined) return false;
  return all.some((other) => other !== state && isInside(state.dir, other.dir) && isConfigured(other));
}

function isConfigured(state: ProjectState): boolean {
  return state.kind === 'broken' || state.project.configFile !== undefined;
}

export function isInside(dir: string, file: string): boolean {
  const relative = path.relative(dir, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
