import * as vscode from 'vscode';
import { VIEWS } from '../constants/views';
import { Disposable } from '../services/disposable';
import type { Drifts } from '../services/drifts';
import { isOpen } from '../services/migration-row';
import { defaultDatabase, type LoadedProject, type ProjectState } from '../services/project-state';
import type { Projects } from '../services/projects';
import type { Services } from '../services/services';
import type { Statuses } from '../services/statuses';
import { t } from '../services/text';
import { viewState } from '../services/view-state';
import { migrationTooltip } from './migration-item';
import { childNodes, parentNode, rootNodes, type TreeNode } from './nodes';
import { treeItem } from './tree-item';

/** The tree of databases, versions and scripts. */
export class MigrationsView extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #projects: Projects;
  readonly #statuses: Statuses;
  readonly #drifts: Drifts;
  readonly #view: vscode.TreeView<TreeNode>;

  constructor({ projects, statuses, drifts }: Pick<Services, 'projects' | 'statuses' | 'drifts'>) {
    super();
    this.#projects = projects;
    this.#statuses = statuses;
    this.#drifts = drifts;
    this.#view = this.register(
      vscode.window.createTreeView(VIEWS.migrations, {
        treeDataProvider: this,
        canSelectMany: true,
      }),
    );
    this.register(projects.onDidChange(() => this.#update()));
    this.register(statuses.onDidChange(() => this.#update()));
    this.register(drifts.onDidChange(() => this.#update()));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()));
    this.register(this.#view.onDidChangeVisibility(({ visible }) => visible && statuses.ask()));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node);
  }

  /** Tooltips of a thousand rows would be made for nobody. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'migration') item.tooltip = migrationTooltip(node);
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.#projects.isRead) await this.#projects.refresh();
    if (this.#view.visible) this.#statuses.ask();
    return node ? childNodes(node, this.#statuses.get, this.#drifts.get) : this.#roots();
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return parentNode(node, this.#projects.states, severalFolders());
  }

  #roots(): TreeNode[] {
    // Where there is nothing to list, a welcome text says what to do; it shows only in an empty tree.
    if (viewState(this.#projects) !== 'ready') return [];
    return rootNodes(this.#projects.states, severalFolders(), this.#drifts.get);
  }

  #update(): void {
    this.#view.message = this.#message();
    this.#view.badge = this.#badge();
    this.#changed.fire();
  }

  /** How much is to be done on the default database of each project: others may lag behind on purpose. */
  #badge(): vscode.ViewBadge | undefined {
    const value = this.#projects.loaded.reduce((sum, state) => sum + pendingIn(state, this.#statuses), 0);
    return value === 0 ? undefined : { value, tooltip: t('ui.count.open', { count: value }) };
  }

  #message(): string | undefined {
    if (viewState(this.#projects) !== 'ready') return undefined;
    if (!vscode.workspace.isTrusted) return t('ui.untrusted');
    const [only, ...others] = this.#projects.states;
    return only && others.length === 0 ? projectMessage(only) : undefined;
  }
}

function severalFolders(): boolean {
  return (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
}

function pendingIn(state: LoadedProject, statuses: Statuses): number {
  const { defaultDatabase: database } = state.project;
  const status = database && statuses.get(state, database);
  return status?.kind === 'read' ? status.rows.filter(isOpen).length : 0;
}

/** What a single project has to say above its rows. */
function projectMessage(state: ProjectState): string | undefined {
  if (state.kind === 'broken') return undefined;
  const { current, movedOn, versions } = state.list;
  if (movedOn && current !== null) return t('version.movedOn', { version: current });
  if (versions.length === 0 && state.scripts.length === 0 && defaultDatabase(state)?.bytes !== undefined) {
    return t('ui.view.noVersions');
  }
  return undefined;
}
