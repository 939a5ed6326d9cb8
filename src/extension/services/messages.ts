import path from 'node:path';
import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import { formatTime } from '../../core/text/format';
import type { ReadFromCopy } from '../../workflow/reading';
import { type Dialogs, editorDialogs } from './dialogs';
import { Disposable } from './disposable';
import { Refusal } from './refusal';
import { errorText, t } from './text';

export interface Action {
  readonly title: string;
  run(): unknown;
}

/** Tells the user what happened, one message at a time, with what to do next. */
export class Messages extends Disposable {
  dialogs: Dialogs = editorDialogs;
  readonly log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    super();
    this.log = this.register(log);
  }

  /** Returns at once: a message may stand for minutes. */
  show(kind: 'info' | 'warning' | 'error', message: string, actions: readonly Action[] = []): void {
    void this.guard(async () => {
      const titles = actions.map(({ title }) => title);
      const taken = await this.dialogs.message(kind, message, titles);
      await actions.find(({ title }) => title === taken)?.run();
    });
  }

  /** Runs something and shows its error once; a cancellation is silent. */
  async guard<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.showError(error);
      return undefined;
    }
  }

  showError(error: unknown): void {
    if (isCancellation(error)) return;
    if (error instanceof Refusal) {
      this.show('info', error.message, error.key === 'ui.untrusted' ? [manageTrust()] : []);
      return;
    }
    this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const known = asMigrateError(error);
    const { message, hint } = errorText(known);
    this.show('error', `${message} ${hint}`, [...openPlace(known), this.showLog()]);
  }

  /** Said whenever a result was not read from the file itself. */
  noteCopy(fromCopy: ReadFromCopy | undefined): void {
    if (!fromCopy) return;
    this.show('info', t('read.fromCopy', { asOf: formatTime(fromCopy.asOf), holder: fromCopy.holder }));
  }

  private showLog(): Action {
    return { title: t('ui.action.showLog'), run: () => this.log.show() };
  }
}

/** What went wrong beside something that is done all the same, to be said with it. */
export function problemTexts(problems: readonly MigrateError[]): string[] {
  return problems.map((problem) => {
    const { message, hint } = errorText(problem);
    return `${message} ${hint}`;
  });
}

export function isCancellation(error: unknown): boolean {
  return (
    MigrateError.is(error, 'CANCELLED') ||
    MigrateError.is(error, 'NOT_CONFIRMED') ||
    error instanceof vscode.CancellationError
  );
}

export function asMigrateError(error: unknown): MigrateError {
  if (MigrateError.is(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new MigrateError('INTERNAL', { detail }, { cause: error });
}

function manageTrust(): Action {
  return { title: t('ui.action.manageTrust'), run: () => vscode.commands.executeCommand('workbench.trust.manage') };
}

function openPlace({ where }: MigrateError): Action[] {
  const { file, line = 1, column = 1 } = where;
  // Data files are large, and an editor has nothing to say about a binary one.
  if (file === undefined || !path.isAbsolute(file) || !/\.(cypher|sql|json|csv|[cm]?[jt]s)$/.test(file)) return [];
  const at = new vscode.Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
  const run = () => vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
  return [{ title: t('ui.action.openFile'), run }];
}
