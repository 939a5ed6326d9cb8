import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { type MigrateError, systemCode, type Where } from '../../core/errors';
import { Disposable } from './disposable';
import { isInside, type Projects } from './projects';

/** Something to show at a place of a file in Problems. */
export interface Placed {
  /** Absolute. */
  readonly file: string;
  readonly where: Pick<Where, 'line' | 'column' | 'statement'>;
  readonly message: string;
  readonly code: string;
  readonly severity: 'error' | 'note';
}

/** What failed and what a check found, in Problems, until the file is edited or the next run says something else. */
export class Findings extends Disposable {
  readonly #failures = this.register(vscode.languages.createDiagnosticCollection('kuzu-migrate'));
  readonly #checks = this.register(vscode.languages.createDiagnosticCollection('kuzu-migrate-check'));
  readonly #builds = this.register(vscode.languages.createDiagnosticCollection('kuzu-migrate-build'));
  /** When each file was changed last, as of its findings. */
  readonly #times = new Map<string, number>();

  constructor(projects: Projects) {
    super();
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.clear(document.uri.fsPath);
      }),
    );
    this.register(projects.onDidChange(() => void this.#clearChanged()));
  }

  async failed(found: Placed): Promise<void> {
    const uri = vscode.Uri.file(found.file);
    this.#failures.set(uri, [await toDiagnostic(found)]);
    await this.#remember(found.file);
  }

  /** Replaces what the last check of the same project found. */
  async checked(dir: string, found: readonly Placed[]): Promise<void> {
    await this.#replace(this.#checks, dir, found);
  }

  /** Replaces what the last build of the same project's schema found. */
  async built(dir: string, found: readonly Placed[]): Promise<void> {
    await this.#replace(this.#builds, dir, found);
  }

  async #replace(collection: vscode.DiagnosticCollection, dir: string, found: readonly Placed[]): Promise<void> {
    const old: vscode.Uri[] = [];
    collection.forEach((uri) => {
      if (isInside(dir, uri.fsPath)) old.push(uri);
    });
    for (const uri of old) collection.delete(uri);
    for (const file of new Set(found.map((one) => one.file))) {
      const diagnostics = await Promise.all(found.filter((one) => one.file === file).map(toDiagnostic));
      collection.set(vscode.Uri.file(file), diagnostics);
      await this.#remember(file);
    }
  }

  clear(file: string): void {
    if (!this.#times.delete(file)) return;
    const uri = vscode.Uri.file(file);
    this.#failures.delete(uri);
    this.#checks.delete(uri);
    this.#builds.delete(uri);
  }

  /** A migration ran, so that its last failure is of the past. */
  succeeded(file: string): void {
    this.#failures.delete(vscode.Uri.file(file));
  }

  async #remember(file: string): Promise<void> {
    this.#times.set(file, await changedAt(file));
  }

  /** Files are edited by others, too, and may be gone. */
  async #clearChanged(): Promise<void> {
    for (const [file, time] of [...this.#times]) {
      if ((await changedAt(file)) !== time) this.clear(file);
    }
  }
}

/** When a file was changed last; 0 for one that is gone. */
export async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return 0;
  }
}

async function toDiagnostic({ file, where, message, code, severity }: Placed): Promise<vscode.Diagnostic> {
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Information;
  const diagnostic = new vscode.Diagnostic(await rangeOf(file, where), message, level);
  diagnostic.source = 'Kuzu Migrate';
  diagnostic.code = code;
  return diagnostic;
}

/** Where an error stands, from 0. */
export function positionOf({ line = 1, column = 1 }: MigrateError['where']): vscode.Position {
  return new vscode.Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
}

/** The whole statement where the engine names no place in it, the word there where it does; else the line. */
async function rangeOf(file: string, where: Placed['where']): Promise<vscode.Range> {
  const at = positionOf(where);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file)).then(
    (found) => found,
    () => undefined,
  );
  if (!document || at.line >= document.lineCount) return new vscode.Range(at, at);
  const text = document.getText().replaceAll('\r\n', '\n');
  const wanted = where.statement?.replaceAll('\r\n', '\n');
  const lines = text.split('\n');
  const offset = lines.slice(0, at.line).reduce((sum, line) => sum + line.length + 1, 0) + at.character;
  if (wanted !== undefined && text.startsWith(wanted, offset)) {
    const covered = wanted.split('\n');
    const last = covered.at(-1) ?? '';
    const start = covered.length === 1 ? at.character : 0;
    return new vscode.Range(at, new vscode.Position(at.line + covered.length - 1, start + last.length));
  }
  return document.getWordRangeAtPosition(at) ?? document.lineAt(at.line).range;
}
