import path from 'node:path';
import * as vscode from 'vscode';
import type { Running } from '../../workflow/context';
import type { BuildResult } from '../../workflow/schema-build';
import { SETTINGS } from '../constants/settings';
import { Disposable } from './disposable';
import type { Engines } from './engines';
import type { Findings, Placed } from './findings';
import type { Messages } from './messages';
import type { LoadedProject } from './project-state';
import { isInside, type Projects } from './projects';
import { errorText } from './text';

/** Builds the schema file of a project, and marks in its sources what is wrong with them. */
export class SchemaBuilds extends Disposable {
  readonly #engines: Engines;
  readonly #findings: Findings;
  /** The last build of each project: they write one file. */
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(parts: {
    readonly projects: Projects;
    readonly engines: Engines;
    readonly findings: Findings;
    readonly messages: Messages;
  }) {
    super();
    const { projects, messages } = parts;
    this.#engines = parts.engines;
    this.#findings = parts.findings;
    this.register(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const state = uri.scheme === 'file' ? projects.at(uri.fsPath) : undefined;
        if (state && isWanted(state, uri)) void messages.guard(() => this.build(state));
      }),
    );
  }

  /** One after the other in a project; each reads the files as they are when its turn comes. */
  async build(state: LoadedProject, running: Running = {}): Promise<BuildResult> {
    const before = this.#running.get(state.dir) ?? Promise.resolve();
    // Its failure is told by whoever asked for it.
    const build = before.then(
      () => this.#build(state, running),
      () => this.#build(state, running),
    );
    this.#running.set(state.dir, build);
    try {
      return await build;
    } finally {
      if (this.#running.get(state.dir) === build) this.#running.delete(state.dir);
    }
  }

  async #build(state: LoadedProject, running: Running): Promise<BuildResult> {
    const context = await this.#engines.context(state.project);
    const { buildSchemaFile } = await this.#engines.workflows();
    const result = await buildSchemaFile(context, running);
    const placed = result.findings.map((error): Placed => {
      const { message, hint } = errorText(error);
      const file = path.resolve(state.dir, error.where.file ?? result.file);
      return { file, where: error.where, message: `${message} ${hint}`, code: error.code, severity: 'error' };
    });
    await this.#findings.built(state.dir, placed);
    return result;
  }
}

function isWanted({ project }: LoadedProject, uri: vscode.Uri): boolean {
  if (!vscode.workspace.isTrusted || !/\.(cypher|sql)$/i.test(uri.fsPath)) return false;
  if (!isInside(path.join(project.ddlDir, 'core'), uri.fsPath)) return false;
  return vscode.workspace.getConfiguration(undefined, uri).get<boolean>(SETTINGS.buildSchemaOnSave, false);
}
