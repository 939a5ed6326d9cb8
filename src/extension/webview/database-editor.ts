import path from 'node:path';
import * as vscode from 'vscode';
import { historyTables } from '../../project/config';
import type { Database } from '../../project/project';
import { EDITORS } from '../constants/views';
import type { Services } from '../services/services';
import { DatabasePage } from './database-page';
import { DatabaseReader } from './database-reader';
import { pageHtml } from './page-html';

/** Writes come in bursts; one reading answers a burst. */
const QUIET_MS = 500;

/** Shows a database file as a read-only page. */
export class DatabaseEditor implements vscode.CustomReadonlyEditorProvider {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, { webview, onDidDispose }: vscode.WebviewPanel): void {
    const { extensionUri } = this.#services;
    const page = makeDatabasePage(this.#services, uri.fsPath, webview);
    const watching = watch(uri.fsPath, () => void page.reload());
    onDidDispose(() => {
      watching.dispose();
      page.dispose();
    });
    webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'media')] };
    webview.html = pageHtml(webview, extensionUri);
  }
}

/** The page of a file; of a project's database, within the memory that the project allows and with its own tables last. */
export function makeDatabasePage(
  { engines, projects, log }: Services,
  file: string,
  webview: vscode.Webview,
): DatabasePage {
  const project = projects.loaded.map((state) => state.project).find(({ databases }) => databases.some(isThis));
  const known = project?.databases.find(isThis);
  const reader = new DatabaseReader(engines, file, {
    ...(known?.memoryMB === undefined ? {} : { memoryMB: known.memoryMB }),
    last: Object.values(project?.historyTables ?? historyTables({})),
  });
  return new DatabasePage(file, webview, reader, log);

  function isThis({ path: other }: Database): boolean {
    return other === file;
  }
}

export function registerDatabaseEditor(services: Services): vscode.Disposable {
  const provider = new DatabaseEditor(services);
  const views = [EDITORS.database, EDITORS.anyDatabase];
  return vscode.Disposable.from(...views.map((view) => vscode.window.registerCustomEditorProvider(view, provider)));
}

function watch(file: string, changed: () => void): vscode.Disposable {
  const name = path.basename(file).replace(/[*?[\]{}]/g, '[$&]');
  const pattern = new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), `${name}{,.wal}`);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(later),
    watcher.onDidChange(later),
    watcher.onDidDelete(later),
    { dispose: () => clearTimeout(timer) },
  );
}
