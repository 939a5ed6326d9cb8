import { dialectOf } from '../../core/dialect/dialect';
import type { MigrateError } from '../../core/errors';
import type { StoredVersion } from '../../project/versions';
import type { DriftLookup } from '../services/drifts';
import type { MigrationRow } from '../services/migration-row';
import { type DatabaseFile, defaultDatabase, type LoadedProject, type ProjectState } from '../services/project-state';
import type { DatabaseStatus, StatusLookup } from '../services/statuses';

/** A row of the tree. */
export type TreeNode =
  | { readonly kind: 'folder'; readonly state: ProjectState }
  | { readonly kind: 'problem'; readonly state: Extract<ProjectState, { kind: 'broken' }> }
  | {
      readonly kind: 'database';
      readonly state: LoadedProject;
      readonly file: DatabaseFile;
      /** How many changes its history doesn't explain, as of the last check; absent where there was none. */
      readonly drift?: number;
    }
  | { readonly kind: 'versions'; readonly state: LoadedProject }
  | { readonly kind: 'version'; readonly state: LoadedProject; readonly stored: StoredVersion }
  /** Of a database; of the project where it has none. The status is absent until it has been read. */
  | {
      readonly kind: 'scripts';
      readonly state: LoadedProject;
      readonly file?: DatabaseFile;
      readonly status?: DatabaseStatus;
    }
  | MigrationNode
  /** Why the state of the migrations, or one of the files, can't be told. */
  | {
      readonly kind: 'scriptProblem';
      readonly state: LoadedProject;
      readonly file: DatabaseFile;
      readonly error: MigrateError;
    }
  /** A script whose state is not known. */
  | { readonly kind: 'script'; readonly state: LoadedProject; readonly file?: DatabaseFile; readonly name: string };

export interface MigrationNode {
  readonly kind: 'migration';
  readonly state: LoadedProject;
  readonly file: DatabaseFile;
  readonly row: MigrationRow;
}

const UNKNOWN = () => undefined;

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'state' in value;
}

/** The top of the tree; one project needs no folder above it. */
export function rootNodes(
  states: readonly ProjectState[],
  severalFolders: boolean,
  driftOf: DriftLookup = UNKNOWN,
): TreeNode[] {
  if (severalFolders || states.length > 1) return states.map((state) => ({ kind: 'folder', state }));
  return states.flatMap((state) => projectNodes(state, driftOf));
}

export function childNodes(
  node: TreeNode,
  statusOf: StatusLookup = UNKNOWN,
  driftOf: DriftLookup = UNKNOWN,
): TreeNode[] {
  switch (node.kind) {
    case 'folder':
      return projectNodes(node.state, driftOf);
    case 'database':
      return databaseNodes(node.state, node.file, statusOf);
    case 'versions':
      return versionNodes(node.state);
    case 'scripts':
      return scriptNodes(node);
    default:
      return [];
  }
}

/** The row above, for revealing a row. */
export function parentNode(
  node: TreeNode,
  states: readonly ProjectState[],
  severalFolders: boolean,
): TreeNode | undefined {
  const { state } = node;
  const inFolder = severalFolders || states.length > 1;
  const folder: TreeNode | undefined = inFolder ? { kind: 'folder', state } : undefined;
  const below = (file: DatabaseFile | undefined): TreeNode | undefined =>
    file && state.kind === 'loaded' ? { kind: 'database', state, file } : folder;
  switch (node.kind) {
    case 'folder':
      return undefined;
    case 'problem':
    case 'database':
      return folder;
    case 'version':
      return { kind: 'versions', state: node.state };
    case 'versions':
      return below(defaultDatabase(node.state));
    case 'scripts':
      return below(node.file);
    default:
      return scriptsNode(node.state, node.file, undefined);
  }
}

/** Stays the same while a row stands for the same thing, so that the tree keeps what is open and selected. */
export function nodeId(node: TreeNode): string {
  return [node.state.dir, node.kind, ...partsOf(node)].join('\0');
}

function partsOf(node: TreeNode): string[] {
  const database = 'file' in node && node.file ? node.file.database.name : '';
  switch (node.kind) {
    case 'version':
      return [node.stored.version];
    case 'migration':
      return [database, node.row.id];
    case 'script':
      return [database, node.name];
    case 'scriptProblem':
      return [database, node.error.code, JSON.stringify(node.error.params)];
    default:
      return [database];
  }
}

function projectNodes(state: ProjectState, driftOf: DriftLookup): TreeNode[] {
  if (state.kind === 'broken') return [{ kind: 'problem', state }];
  if (state.databases.length > 0) {
    return state.databases.map((file): TreeNode => {
      const drift = driftOf(state, file.database)?.changes.length;
      return { kind: 'database', state, file, ...(drift === undefined ? {} : { drift }) };
    });
  }
  return [...versionsNode(state), ...(state.scripts.length > 0 ? [scriptsNode(state, undefined, undefined)] : [])];
}

function databaseNodes(state: LoadedProject, file: DatabaseFile, statusOf: StatusLookup): TreeNode[] {
  const { database } = file;
  const versions = database === state.project.defaultDatabase ? versionsNode(state) : [];
  const status = statusOf(state, database);
  const scripts = scriptsNode(state, file, status);
  return [...versions, ...(scriptNodes(scripts).length > 0 ? [scripts] : [])];
}

function versionsNode(state: LoadedProject): TreeNode[] {
  return state.list.versions.length > 0 ? [{ kind: 'versions', state }] : [];
}

function scriptsNode(
  state: LoadedProject,
  file: DatabaseFile | undefined,
  status: DatabaseStatus | undefined,
): Extract<TreeNode, { kind: 'scripts' }> {
  return { kind: 'scripts', state, ...(file ? { file } : {}), ...(status ? { status } : {}) };
}

/** Newest first, as the versions: what is pending stands on top. */
function scriptNodes({ state, file, status }: Extract<TreeNode, { kind: 'scripts' }>): TreeNode[] {
  if (!file || status?.kind !== 'read') {
    const failed: TreeNode[] =
      file && status?.kind === 'failed' ? [{ kind: 'scriptProblem', state, file, error: status.error }] : [];
    return [...failed, ...plainScripts(state, file)];
  }
  const problems = status.problems.map((error): TreeNode => ({ kind: 'scriptProblem', state, file, error }));
  const rows = status.rows.map((row): TreeNode => ({ kind: 'migration', state, file, row }));
  return [...problems, ...rows.reverse()];
}

/** Without a status, as before there is trust: the files alone, those of another dialect left out. */
function plainScripts(state: LoadedProject, file: DatabaseFile | undefined): TreeNode[] {
  const other = file && (dialectOf(file.database.engine) === 'sql' ? '.cypher' : '.sql');
  const names = state.scripts.filter((name) => other === undefined || !name.toLowerCase().endsWith(other));
  return names.map((name): TreeNode => ({ kind: 'script', state, ...(file ? { file } : {}), name })).reverse();
}

/** Newest first: that is the one people look for. */
function versionNodes(state: LoadedProject): TreeNode[] {
  return state.list.versions.map((stored): TreeNode => ({ kind: 'version', state, stored })).reverse();
}
