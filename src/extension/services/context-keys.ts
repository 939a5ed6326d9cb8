import * as vscode from 'vscode';
import { CONTEXTS } from '../constants/contexts';
import { Disposable } from './disposable';
import { hasVersions } from './project-state';
import type { Projects } from './projects';
import type { SchemaChoice } from './schema-choice';
import { viewState } from './view-state';

/** Keeps the keys that `when` clauses ask for. */
export class ContextKeys extends Disposable {
  readonly #set = new Map<string, string>();

  constructor(projects: Projects, schemas: SchemaChoice) {
    super();
    const update = () => {
      this.#update(projects);
      this.#put(CONTEXTS.schemaState, schemas.place ? 'shown' : 'none');
    };
    update();
    this.register(projects.onDidChange(update));
    this.register(schemas.onDidChange(update));
  }

  #update(projects: Projects): void {
    const { loaded } = projects;
    this.#put(CONTEXTS.state, viewState(projects));
    this.#put(CONTEXTS.hasProject, loaded.length > 0);
    this.#put(
      CONTEXTS.hasDatabase,
      loaded.some(({ databases }) => databases.some(({ bytes }) => bytes !== undefined)),
    );
    this.#put(
      CONTEXTS.hasVersions,
      loaded.some(({ list }) => list.versions.length > 0),
    );
    const all = loaded.flatMap(({ project }) => project.databases);
    const exportable = all.filter(hasVersions);
    this.#put(CONTEXTS.canExport, exportable.length > 0);
    this.#put(
      CONTEXTS.hasScripts,
      loaded.some(({ scripts }) => scripts.length > 0),
    );
    const ddl = loaded.flatMap((state) => state.ddl);
    this.#put(CONTEXTS.hasDdl, ddl.length > 0);
    this.#put(CONTEXTS.ddlFolders, ddl.flatMap(spellings));
    const versions = loaded.flatMap(({ list }) => list.versions.map(({ dir }) => dir));
    this.#put(CONTEXTS.versionFolders, versions.flatMap(spellings));
    this.#put(
      CONTEXTS.databaseFiles,
      all.flatMap(({ path }) => spellings(path)),
    );
    this.#put(
      CONTEXTS.exportableFiles,
      exportable.flatMap(({ path }) => spellings(path)),
    );
    this.#put(
      CONTEXTS.scriptFolders,
      loaded.flatMap(({ project, scripts }) => (scripts.length > 0 ? spellings(project.migrationsDir) : [])),
    );
  }

  #put(key: string, value: unknown): void {
    const written = JSON.stringify(value);
    if (this.#set.get(key) === written) return;
    this.#set.set(key, written);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

/** `resourcePath` is the system's path in a local window and the address's in a remote one. */
function spellings(file: string): string[] {
  const { fsPath, path } = vscode.Uri.file(file);
  return [...new Set([fsPath, path])];
}
