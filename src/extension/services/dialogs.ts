import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
}

/** Everything that asks or tells the user; the editor's tests answer in its place, since VS Code refuses dialogs there. */
export interface Dialogs {
  /** Resolves with the action taken, if any. */
  message(kind: 'info' | 'warning' | 'error', text: string, actions: readonly string[]): Promise<string | undefined>;
  /** A modal question, for what can't be undone. */
  confirm(question: Confirmation): Promise<boolean>;
  pick<T>(choices: readonly Choice<T>[], options: vscode.QuickPickOptions): Promise<T | undefined>;
  input(options: vscode.InputBoxOptions): Promise<string | undefined>;
  saveFile(options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined>;
  /** A file or a folder that is there. */
  open(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined>;
}

export const editorDialogs: Dialogs = {
  message: async (kind, text, actions) => {
    const { showErrorMessage, showInformationMessage, showWarningMessage } = vscode.window;
    const show = { info: showInformationMessage, warning: showWarningMessage, error: showErrorMessage }[kind];
    return show(text, ...actions);
  },
  confirm: async ({ message, detail, button }) => {
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
  },
  pick: async (choices, options) => (await vscode.window.showQuickPick(choices, options))?.value,
  input: async (options) => vscode.window.showInputBox(options),
  saveFile: async (options) => vscode.window.showSaveDialog(options),
  open: async (options) => (await vscode.window.showOpenDialog(options))?.[0],
};

/** @throws MigrateError CANCELLED where the user closed the question: silent from there on. */
export async function answered<T>(answer: Promise<T | undefined>): Promise<T> {
  const value = await answer;
  if (value === undefined) throw new MigrateError('CANCELLED');
  return value;
}
