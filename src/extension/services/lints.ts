import path from 'node:path';
import * as vscode from 'vscode';
import type { Dialect } from '../../core/dialect/dialect';
import type { LintFinding, LintRange, LintSeverity } from '../../core/lint/finding';
import { parseFileName } from '../../core/migration/name';
import type { Linter } from '../linter';
import { Disposable } from './disposable';
import { changedAt } from './findings';
import { isInside, type Projects } from './projects';
import { text } from './text';

/** Short enough to feel immediate, long enough not to underline half a word. */
const QUIET_MS = 300;
/** Characters of a script beyond which only the command looks at it. */
const LARGEST = 1_000_000;

interface Shown {
  readonly findings: readonly LintFinding[];
  readonly diagnostics: readonly vscode.Diagnostic[];
  /** Of the document that they are about; undefined where it was not open. */
  readonly version: number | undefined;
  /** Of the file, where a lint of the whole project found them; it knows more than the text alone. */
  readonly changedAt?: number;
}

/**
 * What lint finds, in Problems: in open scripts of a project while they are edited, which runs nothing of theirs; and in all
 * of them after a lint of the whole project, until each is edited.
 */
export class Lints extends Disposable {
  readonly #collection = this.register(vscode.languages.createDiagnosticCollection('kuzu-migrate-lint'));
  readonly #shown = new Map<string, Shown>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #projects: Projects;
  #linter: Promise<Linter> | undefined;

  constructor(projects: Projects) {
    super();
    this.#projects = projects;
    const { workspace } = vscode;
    this.register(workspace.onDidOpenTextDocument((document) => void this.#look(document)));
    this.register(workspace.onDidSaveTextDocument((document) => void this.#look(document)));
    this.register(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.register(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document);
      }),
    );
    this.register(projects.onDidChange(() => void this.#again()));
    this.register({ dispose: () => this.#stop() });
  }

  /** Replaces what the last lint of the same project found. */
  async show(dir: string, findings: readonly LintFinding[]): Promise<void> {
    for (const [file, shown] of this.#shown) {
      if (shown.changedAt !== undefined && isInside(dir, file)) this.#clear(file);
    }
    for (const name of new Set(findings.map(({ file }) => file))) {
      const file = path.resolve(dir, name);
      const document = openDocument(file);
      // The file was looked at; an editor may hold another text by now.
      if (document?.isDirty) continue;
      const own = findings.filter((one) => one.file === name);
      await this.#set(file, own, document?.version, await changedAt(file));
    }
  }

  /** The fixes at a place of a document that is still as it was looked at. */
  fixesAt(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const shown = this.#shown.get(document.uri.fsPath);
    if (!shown || shown.version !== document.version) return [];
    return shown.findings.flatMap(({ fix }, at) => {
      const diagnostic = shown.diagnostics[at];
      if (!fix || !diagnostic?.range.intersection(range)) return [];
      const action = new vscode.CodeAction(text(fix.title.key, fix.title.params), vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      for (const edit of fix.edits) action.edit.replace(document.uri, toRange(edit), edit.text);
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      return [action];
    });
  }

  #later(document: vscode.TextDocument): void {
    const file = document.uri.fsPath;
    clearTimeout(this.#timers.get(file));
    if (!this.#roleOf(document)) return;
    this.#timers.set(
      file,
      setTimeout(() => void this.#look(document), QUIET_MS),
    );
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const file = document.uri.fsPath;
    clearTimeout(this.#timers.get(file));
    this.#timers.delete(file);
    const found = this.#roleOf(document);
    const shown = this.#shown.get(file);
    if (!found || shown?.version === document.version) return;
    if (shown && (await this.#keeps(document, shown))) return;
    const { lintScript } = await this.#load();
    if (document.isClosed) return;
    const { version } = document;
    const findings = lintScript({ file, text: document.getText(), ...found });
    await this.#set(file, findings, version);
  }

  /** Whether a document that was opened since a lint of the whole project has just the text which that one saw. */
  async #keeps({ uri, version, isDirty }: vscode.TextDocument, shown: Shown): Promise<boolean> {
    const { changedAt: time } = shown;
    if (time === undefined || isDirty || time !== (await changedAt(uri.fsPath))) return false;
    if (this.#shown.get(uri.fsPath) === shown) this.#shown.set(uri.fsPath, { ...shown, version });
    return true;
  }

  async #set(
    file: string,
    findings: readonly LintFinding[],
    version: number | undefined,
    time?: number,
  ): Promise<void> {
    const { codeAddress } = await this.#load();
    const diagnostics = findings.map((finding) => toDiagnostic(finding, codeAddress(finding.code)));
    this.#shown.set(file, { findings, diagnostics, version, ...(time === undefined ? {} : { changedAt: time }) });
    this.#collection.set(vscode.Uri.file(file), diagnostics);
  }

  #close({ uri }: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(uri.fsPath));
    this.#timers.delete(uri.fsPath);
    if (this.#shown.get(uri.fsPath)?.changedAt === undefined) this.#clear(uri.fsPath);
  }

  #clear(file: string): void {
    this.#shown.delete(file);
    this.#collection.delete(vscode.Uri.file(file));
  }

  /** Projects were read anew: files may have changed, or belong to one now. */
  async #again(): Promise<void> {
    for (const [file, shown] of [...this.#shown]) {
      if (shown.changedAt !== undefined && shown.changedAt !== (await changedAt(file))) this.#clear(file);
    }
    for (const document of vscode.workspace.textDocuments) await this.#look(document);
  }

  /** How a document is read, if it is a script among the migrations of a project. */
  #roleOf(document: vscode.TextDocument): { dialect: Dialect; role: 'single' | 'up' | 'down' } | undefined {
    const { uri, isClosed } = document;
    if (isClosed || uri.scheme !== 'file') return undefined;
    const found = this.#projects.at(uri.fsPath);
    if (!found || path.dirname(uri.fsPath) !== found.project.migrationsDir) return undefined;
    const named = parseFileName(path.basename(uri.fsPath));
    if (!named || 'bad' in named || (named.language !== 'cypher' && named.language !== 'sql')) return undefined;
    return document.getText().length > LARGEST ? undefined : { dialect: named.language, role: named.role };
  }

  async #load(): Promise<Linter> {
    this.#linter ??= import('../linter').then(({ linter }) => linter);
    return this.#linter;
  }

  #stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}

const LEVELS: Readonly<Record<LintSeverity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  note: vscode.DiagnosticSeverity.Information,
};

function toDiagnostic(finding: LintFinding, address: string): vscode.Diagnostic {
  const { code, severity, message, hint } = finding;
  const sentences = [message, ...(hint ? [hint] : [])].map((one) => text(one.key, one.params));
  const diagnostic = new vscode.Diagnostic(toRange(finding), sentences.join(' '), LEVELS[severity]);
  diagnostic.source = 'Kuzu Migrate';
  diagnostic.code = { value: code, target: vscode.Uri.parse(address) };
  return diagnostic;
}

function toRange({ line, column, endLine, endColumn }: LintRange): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

function openDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.fsPath === file);
}
