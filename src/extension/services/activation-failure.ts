import * as vscode from 'vscode';
import { t } from './text';

/** VS Code only logs it, and every command would then be "not found". */
export function showActivationFailure(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(t('ui.activationFailed', { detail }));
}
