import type { StoredVersion } from '../../project/versions';
import type { DatabaseFile, LoadedProject, ProjectState } from '../services/project-state';

/** A row of the tree. */
export type TreeNode =
  | { readonly kind: 'folder'; readonly state: ProjectState }
  | { readonly kind: 'problem'; readonly state: Extract<ProjectState, { kind: 'broken' }> }
  | { readonly kind: 'database'; readonly state: LoadedProject; readonly file: DatabaseFile }
  /** In place of a database, where a project has versions and none. */
  | { readonly kind: 'versions'; readonly state: LoadedProject }
  | { readonly kind: 'version'; readonly state: LoadedProject; readonly stored: StoredVersion }
  | { readonly kind: 'scripts'; readonly state: LoadedProject }
  | { readonly kind: 'script'; readonly state: LoadedProject; readonly name: string };

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'state' in value;
}

/** The top of the tree; one project needs no folder above it. */
export function rootNodes(states: readonly ProjectState[], severalFolders: boolean): TreeNode[] {
  if (severalFolders || states.length > 1) return states.map((state) => ({ kind: 'folder', state }));
  return states.flatMap(projectNodes);
}

export function childNodes(node: TreeNode): TreeNode[] {
  switch (node.kind) {
    case 'folder':
      return projectNodes(node.state);
    case 'database':
      return node.file.database === node.state.project.defaultDatabase ? versionNodes(node.state) : [];
    case 'versions':
      return versionNodes(node.state);
    case 'scripts':
      return node.state.scripts.map((name) => ({ kind: 'script', state: node.state, name }));
    default:
      return [];
  }
}

/** The row above, for revealing a row. */
export function parentNode(node: TreeNode, roots: readonly TreeNode[]): TreeNode | undefined {
  const candidates = roots.flatMap((root) => [root, ...childNodes(root)]);
  return candidates.find((other) => childNodes(other).some((child) => nodeId(child) === nodeId(node)));
}

/** Stays the same while a row stands for the same thing, so that the tree keeps what is open and selected. */
export function nodeId(node: TreeNode): string {
  const part =
    node.kind === 'database'
      ? node.file.database.name
      : node.kind === 'version'
        ? node.stored.version
        : node.kind === 'script'
          ? node.name
          : '';
  return `${node.state.dir}\0${node.kind}\0${part}`;
}

function projectNodes(state: ProjectState): TreeNode[] {
  if (state.kind === 'broken') return [{ kind: 'problem', state }];
  const databases = state.databases.map((file): TreeNode => ({ kind: 'database', state, file }));
  const versions: TreeNode[] =
    databases.length === 0 && state.list.versions.length > 0 ? [{ kind: 'versions', state }] : [];
  const scripts: TreeNode[] = state.scripts.length > 0 ? [{ kind: 'scripts', state }] : [];
  return [...databases, ...versions, ...scripts];
}

/** Newest first: that is the one people look for. */
function versionNodes(state: LoadedProject): TreeNode[] {
  return state.list.versions.map((stored): TreeNode => ({ kind: 'version', state, stored })).reverse();
}
