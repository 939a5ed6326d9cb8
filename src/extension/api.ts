import type * as vscode from 'vscode';
import type { Dialogs } from './services/dialogs';
import type { Services } from './services/services';

/** What the extension gives to its own tests, and to nobody else. */
export interface ExtensionApi {
  readonly services: Services;
  /** Milliseconds that loading the bundle and activating it took. */
  readonly activationMs: number;
  /** A database page on any webview, since VS Code lets nobody look into its own. */
  databasePage(file: string, webview: vscode.Webview): vscode.Disposable;
  /** Answers in place of the user. */
  setDialogs(dialogs: Dialogs): void;
}
