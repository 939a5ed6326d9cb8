import path from 'node:path';
import * as vscode from 'vscode';
import { sameName } from '../../core/dialect/kuzu-names';
import type { Table } from '../../core/schema/model';
import { formatBytes, formatCount, formatTime } from '../../core/text/format';
import { SETTINGS } from '../constants/settings';
import { Disposable } from '../services/disposable';
import { asMigrateError, isCancellation } from '../services/messages';
import { Refusal } from '../services/refusal';
import { errorText, t } from '../services/text';
import { type DatabaseReader, type FileFacts, type Overview, tableLabel } from './database-reader';
import type { Fact, FromPage, Problem, ProblemAction, TableInfo, ToPage } from './messages';

/** One open page: answers its messages, and reads anew when the file has changed. */
export class DatabasePage extends Disposable {
  readonly #name: string;
  readonly #webview: vscode.Webview;
  readonly #reader: DatabaseReader;
  readonly #log: vscode.LogOutputChannel;

  constructor(file: string, webview: vscode.Webview, reader: DatabaseReader, log: vscode.LogOutputChannel) {
    super();
    this.#name = path.basename(file);
    this.#webview = webview;
    this.#reader = reader;
    this.#log = log;
    this.register(webview.onDidReceiveMessage((message: FromPage) => void this.#receive(message)));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => void this.reload()));
  }

  async reload(): Promise<void> {
    const facts = await this.#reader.facts();
    try {
      const overview = await this.#reader.overview();
      this.#send({
        type: 'overview',
        name: this.#name,
        facts: factsOf(facts, overview),
        tables: overview.tables.map(tableInfo),
        rowsPerPage: rowsPerPage(),
        ...(overview.fromCopy
          ? { note: t('read.fromCopy', { asOf: formatTime(overview.fromCopy.asOf), holder: overview.fromCopy.holder }) }
          : {}),
      });
    } catch (error) {
      this.#send({ type: 'problem', name: this.#name, facts: factsOf(facts), problem: this.#problem(error) });
    }
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.type === 'ready') return this.reload();
    if (message.type === 'action') return this.#act(message.action);
    const { table, offset } = message;
    try {
      const page = await this.#reader.rows(table, offset, rowsPerPage());
      this.#send({ type: 'rows', table, offset, ...page });
    } catch (error) {
      this.#send({ type: 'rowsProblem', table, offset, problem: this.#problem(error) });
    }
  }

  async #act(action: ProblemAction): Promise<void> {
    if (action === 'reload') await this.reload();
    if (action === 'trust') await vscode.commands.executeCommand('workbench.trust.manage');
    if (action === 'log') this.#log.show();
  }

  #problem(error: unknown): Problem {
    if (error instanceof Refusal) return { message: error.message, hint: '', actions: ['trust'] };
    if (!isCancellation(error))
      this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ...errorText(asMigrateError(error)), actions: ['reload', 'log'] };
  }

  #send(message: ToPage): void {
    void this.#webview.postMessage(message);
  }
}

function rowsPerPage(): number {
  const wanted = vscode.workspace.getConfiguration().get<number>(SETTINGS.rowsPerPage, 100);
  return Math.min(Math.max(Math.trunc(wanted), 1), 1000);
}

function factsOf({ kind, bytes }: FileFacts, overview?: Overview): Fact[] {
  const fact = (label: string, value: string | undefined): Fact[] => (value === undefined ? [] : [{ label, value }]);
  const engine = kind && [kind.engine, overview?.engineVersion].filter((part) => part !== undefined).join(' ');
  const rows = overview?.tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    ...fact(t('ui.page.engine'), engine),
    ...fact(t('ui.page.storage'), kind && String(kind.storageVersion)),
    ...fact(t('ui.page.size'), bytes === undefined ? undefined : formatBytes(bytes)),
    ...fact(t('ui.page.tables'), overview && String(overview.tables.length)),
    ...fact(t('ui.page.rows'), rows === undefined ? undefined : formatCount(rows)),
  ];
}

function tableInfo({ table, rows }: { readonly table: Table; readonly rows: number }): TableInfo {
  const isKey = keyTest(table);
  return {
    name: tableLabel(table),
    kind: table.kind,
    rows,
    connections: table.kind === 'rel' ? table.connections.map(({ from, to }) => `${from} → ${to}`) : [],
    columns: table.columns.map(({ name, type, ...more }) => ({
      name,
      type,
      isKey: isKey(name),
      ...(more.default === undefined ? {} : { default: more.default }),
    })),
    ...(table.comment ? { comment: table.comment } : {}),
  };
}

function keyTest(table: Table): (column: string) => boolean {
  if (table.kind === 'node') return (column) => sameName(column, table.primaryKey);
  if (table.kind === 'rel') return () => false;
  const key = table.constraints.flatMap((one) => (one.kind === 'primary-key' ? one.columns : []));
  return (column) => key.includes(column);
}
