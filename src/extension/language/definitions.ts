import * as vscode from 'vscode';
import { dialectOf } from '../../core/dialect/dialect';
import { NAME_PATH, objectsAt } from '../../core/schema/object-at';
import type { PlacedDefinition } from '../../workflow/definitions';
import { engineOf } from '../services/project-state';
import type { Services } from '../services/services';

/** Go to Definition for the names of tables, views, sequences, macros and types in the scripts and the DDL of a project. */
export function registerDefinitions({ projects, engines }: Services): vscode.Disposable {
  const selector = [{ scheme: 'file', pattern: '**/*.{cypher,sql}' }];
  return vscode.languages.registerDefinitionProvider(selector, {
    provideDefinition: async (document, position, token) => {
      const state = projects.at(document.uri.fsPath);
      const range = document.getWordRangeAtPosition(position, NAME_PATH);
      if (!state || !range || !vscode.workspace.isTrusted) return [];
      const engine = engineOf(state);
      const { definitionsOf } = await engines.workflows();
      const offset = position.character - range.start.character;
      for (const object of objectsAt(document.getText(range), offset, dialectOf(engine))) {
        if (token.isCancellationRequested) return [];
        const found = definitionsOf(state.project, engine, object);
        if (found.length > 0) return found.map(locationOf);
      }
      return [];
    },
  });
}

function locationOf({ path, line, column, length }: PlacedDefinition): vscode.Location {
  const at = new vscode.Position(line - 1, column - 1);
  return new vscode.Location(vscode.Uri.file(path), new vscode.Range(at, at.translate(0, length)));
}
