import path from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../project/config';
import { Disposable } from './disposable';
import type { Projects } from './projects';

/** Long enough that the many files of an export are one event, short enough to feel immediate. */
const QUIET_MS = 300;

/** Reads the projects anew when one of their files changes; nothing polls. */
export class Watching extends Disposable {
  readonly #projects: Projects;
  #watchers: vscode.Disposable[] = [];
  #watched = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(projects: Projects) {
    super();
    this.#projects = projects;
    this.register(projects.onDidChange(() => this.#follow()));
    this.register({ dispose: () => this.#stop() });
  }

  /** Watches what the projects are made of now; the set changes with their configuration. */
  #follow(): void {
    const patterns = [...new Set(this.#patterns().map(({ dir, glob }) => `${dir}\0${glob}`))].sort();
    const watched = patterns.join('\n');
    if (watched === this.#watched) return;
    this.#stop();
    this.#watched = watched;
    for (const pattern of patterns) {
      const [dir = '', glob = ''] = pattern.split('\0');
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(dir), glob));
      const later = () => this.#later();
      this.#watchers.push(watcher, watcher.onDidCreate(later), watcher.onDidChange(later), watcher.onDidDelete(later));
    }
  }

  #patterns(): { readonly dir: string; readonly glob: string }[] {
    const folders = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [
      { dir: uri.fsPath, glob: `**/${CONFIG_FILE}` },
      { dir: uri.fsPath, glob: '**/*.{kuzu,kuzudb,kz,lbug,db,duckdb}' },
    ]);
    const places = this.#projects.loaded.flatMap(({ project }) => [
      { dir: project.versionsDir, glob: '{current,*,*/*.{cypher,json}}' },
      { dir: project.migrationsDir, glob: '*' },
      { dir: project.ddlDir, glob: '**/*.{cypher,sql}' },
      ...project.databases.map(({ path: file }) => {
        return { dir: path.dirname(file), glob: `${globText(path.basename(file))}{,.wal}` };
      }),
    ]);
    return [...folders, ...places];
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#projects.refresh(), QUIET_MS);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.splice(0)) watcher.dispose();
    this.#watched = '';
  }
}

/** A file name as a glob that matches only it. */
function globText(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
