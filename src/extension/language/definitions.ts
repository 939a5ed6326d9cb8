import * as vscode from 'vscode';
import { engineOf } from '../services/project-state';
import type { Services } from '../services/services';

/** A word, or a name in backquotes or double quotes. */
const NAME = /`[^`]+`|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_]*/u;

/** Go to Definition for the names of tables, views, sequences, macros and types in the scripts and the DDL of a project. */
export function registerDefinitions({ projects, engines }: Services): vscode.Disposable {
  const selector = [{ scheme: 'file', pattern: '**/*.{cypher,sql}' }];
  return vscode.languages.registerDefinitionProvider(selector, {
    provideDefinition: async (document, position, token) => {
      const state = projects.at(document.uri.fsPath);
      const range = document.getWordRangeAtPosition(position, NAME);
      if (!state || !range || !vscode.workspace.isTrusted) return [];
      const written = document.getText(range);
      const name = /^["`]/.test(written) ? written.slice(1, -1).replaceAll('""', '"') : written;
      const { definitionsOf } = await engines.workflows();
      if (token.isCancellationRequested) return [];
      return definitionsOf(state.project, engineOf(state), { kind: 'any', name }).map(
        ({ path, line, column, length }) => {
          const at = new vscode.Position(line - 1, column - 1);
          return new vscode.Location(vscode.Uri.file(path), new vscode.Range(at, at.translate(0, length)));
        },
      );
    },
  });
}
