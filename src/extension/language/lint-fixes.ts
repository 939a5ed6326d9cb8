import * as vscode from 'vscode';
import { LANGUAGE, SQL } from '../constants/languages';
import type { Lints } from '../services/lints';

/** The quick fixes of what lint finds. */
export function registerLintFixes(lints: Lints): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    [
      { language: LANGUAGE, scheme: 'file' },
      { language: SQL, scheme: 'file' },
    ],
    { provideCodeActions: (document, range) => lints.fixesAt(document, range) },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
