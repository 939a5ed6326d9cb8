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
}

/** Opens a text that a command has made as a read-only document. */
export async function showKept(
  { kept }: Pick<Services, 'kept'>,
  { dir }: LoadedProject,
  document: KeptDocument,
): Promise<void> {
  const { name, text, engine } = document;
  const ending = engine === undefined ? 'md' : dialectOf(engine);
  const uri = uriOf({ kind: 'kept', project: dir, id: kept.keep(text), name: `${name}.${ending}` });
  await vscode.window.showTextDocument(uri, { preview: false });
}
