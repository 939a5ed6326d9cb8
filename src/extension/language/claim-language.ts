import * as vscode from 'vscode';
import { LANGUAGE } from '../constants/languages';
import { Disposable } from '../services/disposable';
import { isInside, type Projects } from '../services/projects';

/**
 * Gives our language to `.cypher` files in folders that a project names itself. Folders of the usual names are in
 * package.json; a file that another extension has claimed is left to it.
 */
export class LanguageClaim extends Disposable {
  readonly #projects: Projects;

  constructor(projects: Projects) {
    super();
    this.#projects = projects;
    this.register(vscode.workspace.onDidOpenTextDocument((document) => this.#claim(document)));
    this.register(
      projects.onDidChange(() => {
        for (const document of vscode.workspace.textDocuments) this.#claim(document);
      }),
    );
  }

  #claim(document: vscode.TextDocument): void {
    const { languageId, uri, isClosed } = document;
    if (isClosed || languageId !== 'plaintext' || uri.scheme !== 'file' || !uri.path.endsWith('.cypher')) return;
    const found = this.#projects.at(uri.fsPath);
    if (!found) return;
    const { migrationsDir, versionsDir, ddlDir } = found.project;
    if (![migrationsDir, versionsDir, ddlDir].some((dir) => isInside(dir, uri.fsPath))) return;
    void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }
}
