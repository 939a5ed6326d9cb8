import * as vscode from 'vscode';
import { VIEWS } from '../constants/views';
import { Disposable } from '../services/disposable';
import { defaultDatabase, type LoadedProject, type ProjectState } from '../services/project-state';
import type { Projects } from '../services/projects';
import { t } from '../services/text';
import { viewState } from '../services/view-state';
import { childNodes, parentNode, rootNodes, type TreeNode } from './nodes';
import { treeItem } from './tree-item';

/** The tree of databases, versions and scripts. */
export class MigrationsView extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #projects: Projects;
  readonly #view: vscode.TreeView<TreeNode>;

  constructor(projects: Projects) {
    super();
    this.#projects = projects;
    this.#view = this.register(
      vscode.window.createTreeView(VIEWS.migrations, {
        treeDataProvider: this,
        canSelectMany: true,
      }),
    );
    this.register(projects.onDidChange(() => this.#update()));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.#projects.isRead) await this.#projects.refresh();
    return node ? childNodes(node) : this.#roots();
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return parentNode(node, this.#roots());
  }

  #roots(): TreeNode[] {
    // Where there is nothing to list, a welcome text says what to do; it shows only in an empty tree.
    if (viewState(this.#projects) !== 'ready') return [];
    return rootNodes(this.#projects.states, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
  }

  #update(): void {
    this.#view.message = this.#message();
    this.#changed.fire();
  }

  #message(): string | undefined {
    if (viewState(this.#projects) !== 'ready') return undefined;
    if (!vscode.workspace.isTrusted) return t('ui.untrusted');
    const [only, ...others] = this.#projects.states;
    return only && others.length === 0 ? projectMessage(only) : undefined;
  }
}

/** What a single project has to say above its rows. */
function projectMessage(state: ProjectState): string | undefined {
  if (state.kind === 'broken') return undefined;
  const { current, movedOn, versions } = state.list;
  if (movedOn && current !== null) return t('version.movedOn', { version: current });
  if (versions.length === 0) return hasFile(state) ? t('ui.view.noVersions') : undefined;
  return undefined;
}

function hasFile(state: LoadedProject): boolean {
  return defaultDatabase(state)?.bytes !== undefined;
}
