import * as vscode from 'vscode';
import { findVersion } from '../../project/versions';
import { SCHEME } from '../constants/languages';
import { Disposable } from '../services/disposable';
import type { Engines } from '../services/engines';
import { asMigrateError } from '../services/messages';
import type { LoadedProject } from '../services/project-state';
import type { Projects } from '../services/projects';
import { Refusal } from '../services/refusal';
import type { Schemas } from '../services/schemas';
import { errorText } from '../services/text';
import type { KeptTexts } from './kept-texts';
import { documentOf, type MadeDocument } from './schema-uri';

interface MadeOf {
  readonly projects: Projects;
  readonly schemas: Schemas;
  readonly engines: Engines;
  readonly kept: KeptTexts;
}

/** The text behind every address of our scheme; open ones follow the files they come from. */
export class MadeDocuments extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  /** The last answer of each document that is still being made; it never rejects. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #projects: Projects;
  readonly #schemas: Schemas;
  readonly #engines: Engines;
  readonly #kept: KeptTexts;

  constructor({ projects, schemas, engines, kept }: MadeOf) {
    super();
    this.#projects = projects;
    this.#schemas = schemas;
    this.#engines = engines;
    this.#kept = kept;
    this.register(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.register(projects.onDidChange(() => this.#refreshOpen()));
  }

  /** One after the other for each document: VS Code takes answers as they come, and the last has to be the newest. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    const before = this.#running.get(key) ?? Promise.resolve();
    const text = before.then(() => this.#textOrMessage(uri));
    const done = text.then(
      () => undefined,
      () => undefined,
    );
    this.#running.set(key, done);
    try {
      return await text;
    } finally {
      if (this.#running.get(key) === done) this.#running.delete(key);
    }
  }

  async #textOrMessage(uri: vscode.Uri): Promise<string> {
    try {
      return await this.#text(documentOf(uri));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const { message, hint } = errorText(asMigrateError(error));
      // The editor shows this in place of the text.
      throw new Error(`${message} ${hint}`, { cause: error });
    }
  }

  async #text(document: MadeDocument): Promise<string> {
    if (document.kind === 'kept') {
      const text = this.#kept.get(document.id);
      if (text === undefined) throw new Refusal('ui.kept.gone');
      return text;
    }
    const { project } = await this.#project(document.project);
    if (document.kind === 'applied') {
      const { appliedText } = await this.#engines.workflows();
      return appliedText(await this.#engines.context(project), document);
    }
    if (document.kind === 'original') {
      const { manifest } = await findVersion(project.versionsDir, document.version);
      return manifest?.originals[document.file] ?? '';
    }
    const { printObjects, printSchema } = await this.#engines.workflows();
    const { schema } = await this.#schemas.get(project, document.source);
    const older = document.orderOf && (await this.#schemas.get(project, document.orderOf));
    const options = older ? { orderOf: older.schema } : {};
    const wanted = document.object;
    if (wanted === undefined) return printSchema(schema, options);
    const objects = printObjects(schema, options);
    return objects.find(({ kind, name }) => kind === wanted.kind && name === wanted.name)?.text ?? '';
  }

  /** After a reload of the window, editors are restored before the projects are read. */
  async #project(dir: string): Promise<LoadedProject> {
    const find = () => this.#projects.loaded.find((one) => one.dir === dir);
    if (!this.#projects.isRead) await this.#projects.refresh();
    const found = find();
    if (!found) throw new Refusal('ui.noProject');
    return found;
  }

  #refreshOpen(): void {
    const dirs = new Set(this.#projects.loaded.map(({ dir }) => dir));
    for (const { uri } of vscode.workspace.textDocuments) {
      // What is left of a project that is gone keeps its text.
      if (uri.scheme !== SCHEME) continue;
      const { kind, project } = documentOf(uri);
      // What was applied stays what it was, and reading it anew opens the database.
      if (kind !== 'kept' && kind !== 'applied' && dirs.has(project)) this.#changed.fire(uri);
    }
  }
}
