import path from 'node:path';
import * as vscode from 'vscode';
import type { NewKind } from '../../core/migration/template';
import type { SchemaObject } from '../../core/schema/definition';
import type { DataFormat } from '../../core/version/loss';
import type { BaselineSource } from '../../workflow/migrate/baseline';
import type { RepairKind } from '../../workflow/migrate/repair-types';
import { SCHEME } from '../constants/languages';
import { documentOf } from '../documents/schema-uri';
import type { Projects } from '../services/projects';
import type { SchemaSource } from '../services/schemas';
import { isTreeNode, type TreeNode } from '../views/nodes';
import { isSchemaRow } from '../views/schema-rows';

/** Where an import puts a version. */
export type ImportPlace = 'replace' | 'new' | 'merge' | 'schema' | 'data';

/** What a command is given, by a menu or by a key binding; it asks for what is left out. */
export interface Request {
  /** The project's folder. */
  readonly project?: string;
  readonly version?: string;
  /** The older and the newer one. */
  readonly versions?: readonly [string, string];
  readonly database?: string;
  readonly format?: DataFormat;
  readonly schemaOnly?: boolean;
  readonly place?: ImportPlace;
  /** With `place: 'new'`: an absolute path. */
  readonly into?: string;
  readonly acceptEdits?: boolean;
  /** The id of a migration, as the tree shows it. */
  readonly migration?: string;
  /** The file of a migration in its place; absolute. */
  readonly script?: string;
  /** Of a new migration. */
  readonly name?: string;
  readonly migrationKind?: NewKind;
  /** Also what is older than an applied one. */
  readonly allowOutOfOrder?: boolean;
  readonly repair?: RepairKind;
  readonly baseline?: BaselineSource;
  /** The older and the newer side of a comparison, or of a migration: sources as the command line takes them. */
  readonly from?: string;
  readonly to?: string;
  /** A row of the Schema view: whose schema it is of, the object, and how the row calls it. */
  readonly source?: SchemaSource;
  readonly object?: SchemaObject;
  readonly label?: string;
}

/**
 * Reads the arguments of a command: a row of the tree and all selected rows, a resource of the Explorer or of an
 * editor, or a request as it is.
 */
export function requestOf(args: readonly unknown[], projects: Projects): Request {
  const [first, selected] = args;
  if (isTreeNode(first)) return ofNodes(first, Array.isArray(selected) ? selected.filter(isTreeNode) : []);
  if (isSchemaRow(first)) {
    const { project, source, row } = first;
    return { project, source, label: row.name, ...(row.object ? { object: row.object } : {}) };
  }
  if (first instanceof vscode.Uri) return ofUri(first, projects);
  return typeof first === 'object' && first !== null ? (first as Request) : {};
}

function ofNodes(node: TreeNode, selected: readonly TreeNode[]): Request {
  const project = node.state.dir;
  const names = selected.flatMap((one) =>
    one.kind === 'version' && one.state.dir === project ? [one.stored.version] : [],
  );
  if (node.kind === 'version' && names.length === 2 && names.includes(node.stored.version)) {
    const order = node.state.list.versions.map(({ version }) => version);
    const [older = '', newer = ''] = names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return { project, versions: [older, newer] };
  }
  if (node.kind === 'version') return { project, version: node.stored.version };
  if (node.kind === 'migration') return { project, database: node.file.database.name, migration: node.row.id };
  if (node.kind === 'script') return { project, script: path.join(node.state.project.migrationsDir, node.name) };
  if ('file' in node && node.file) return { project, database: node.file.database.name };
  return { project };
}

function ofUri(uri: vscode.Uri, projects: Projects): Request {
  if (uri.scheme === SCHEME) {
    const document = documentOf(uri);
    if (document.kind === 'kept') return { project: document.project };
    if (document.kind === 'original') return { project: document.project, version: document.version };
    if (document.kind === 'applied') {
      return { project: document.project, database: document.database, migration: document.migration };
    }
    const { project, source } = document;
    if (source.kind === 'version') return { project, version: source.name };
    return source.kind === 'database' ? { project, database: source.name } : { project };
  }
  const file = uri.fsPath;
  for (const { dir, list, databases } of projects.loaded) {
    const version = list.versions.find((stored) => stored.dir === file);
    if (version) return { project: dir, version: version.version };
    const found = databases.find(({ database }) => database.path === file);
    if (found) return { project: dir, database: found.database.name };
  }
  const around = projects.at(file);
  if (!around) return {};
  const isScript = path.dirname(file) === around.project.migrationsDir;
  return { project: around.dir, ...(isScript ? { script: file } : {}) };
}
