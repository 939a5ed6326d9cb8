import * as vscode from 'vscode';
import { shownPath } from '../../project/inside';
import { Disposable } from './disposable';
import { defaultDatabase, type LoadedProject } from './project-state';
import type { Projects } from './projects';
import type { SchemaSource } from './schemas';

/** Whose schema the Schema view shows. */
export interface SchemaPlace {
  readonly state: LoadedProject;
  readonly source: SchemaSource;
}

interface Stored {
  readonly project: string;
  readonly source: SchemaSource;
}

const KEY = 'schema';

/** What was chosen for the Schema view, for as long as it is there; else the default database, or the desired schema. */
export class SchemaChoice extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #projects: Projects;
  readonly #memento: vscode.Memento;

  constructor(projects: Projects, memento: vscode.Memento) {
    super();
    this.#projects = projects;
    this.#memento = memento;
  }

  get place(): SchemaPlace | undefined {
    const { loaded } = this.#projects;
    const stored = this.#memento.get<Stored>(KEY);
    const state = loaded.find(({ dir }) => dir === stored?.project);
    if (state && stored && isThere(state, stored.source)) return { state, source: stored.source };
    for (const one of loaded) {
      const source = defaultSource(one);
      if (source) return { state: one, source };
    }
    return undefined;
  }

  /** The choice lasts longer than the window. */
  async choose({ dir }: LoadedProject, source: SchemaSource): Promise<void> {
    const stored: Stored = { project: dir, source };
    await this.#memento.update(KEY, stored);
    this.#changed.fire();
  }
}

function isThere({ databases, list }: LoadedProject, { kind, name }: SchemaSource): boolean {
  if (kind === 'database') return databases.some(({ database }) => database.name === name);
  return kind !== 'version' || list.versions.some(({ version }) => version === name);
}

function defaultSource(state: LoadedProject): SchemaSource | undefined {
  const file = defaultDatabase(state);
  if (file?.bytes !== undefined) return { kind: 'database', name: file.database.name };
  return state.ddl.length > 0 ? desiredSource(state) : undefined;
}

export function desiredSource({ project }: LoadedProject): SchemaSource {
  return { kind: 'desired', name: shownPath(project.dir, project.ddlDir) };
}
