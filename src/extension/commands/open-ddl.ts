import * as vscode from 'vscode';
import { uriOf } from '../documents/schema-uri';
import type { Command } from './command';

/** One table of a schema with its indexes, as canonical DDL. */
export const openDdl: Command = {
  name: 'openDdl',
  needsEngine: true,
  async run(_services, { project, source, object, label }) {
    if (project === undefined || !source || !object || label === undefined) return;
    const ending = object.sqlSchema === undefined ? '.cypher' : '.sql';
    const uri = uriOf({ kind: 'schema', project, source, object: { kind: 'table', name: label }, ending });
    await vscode.window.showTextDocument(uri, { preview: true });
  },
};
