import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import type { EngineName } from '../../core/schema/model';
import type { LoadedProject } from '../services/project-state';
import type { Services } from '../services/services';
import { uriOf } from './schema-uri';

export interface KeptDocument {
  /** Without an ending. */
  readonly name: string;
  readonly text: string;
  /** Whose language it is written in; left out: Markdown. */
  readonly engine?: EngineName;
  /** In an editor group of its own, so that what is open stays in sight. */
  readonly beside?: boolean;
}

/** Opens a text that a command has made as a read-only document. */
export async function showKept(
  { kept }: Pick<Services, 'kept'>,
  { dir }: LoadedProject,
  document: KeptDocument,
): Promise<void> {
  const { name, text, engine, beside = false } = document;
  const ending = engine === undefined ? 'md' : dialectOf(engine);
  const uri = uriOf({ kind: 'kept', project: dir, id: kept.keep(text), name: `${name}.${ending}` });
  const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(uri, { preview: false, viewColumn });
}
