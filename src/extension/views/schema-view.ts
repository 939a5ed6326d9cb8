import * as vscode from 'vscode';
import { formatTime } from '../../core/text/format';
import { VIEWS } from '../constants/views';
import { Disposable } from '../services/disposable';
import { asMigrateError } from '../services/messages';
import type { Services } from '../services/services';
import { errorText, t } from '../services/text';
import { childRows, type SchemaRow, schemaItem, schemaRows } from './schema-rows';

/** A database that another program holds is read from a copy: such readings take no more than this part of the time. */
const COPY_SHARE = 0.1;

/** Tables, columns, connections and everything else of the schema that was chosen. It is read when somebody looks at it. */
export class SchemaView extends Disposable implements vscode.TreeDataProvider<SchemaRow> {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #services: Services;
  readonly #view: vscode.TreeView<SchemaRow>;
  #timer: NodeJS.Timeout | undefined;
  #notBefore = 0;

  constructor(services: Services) {
    super();
    this.#services = services;
    this.#view = this.register(vscode.window.createTreeView(VIEWS.schema, { treeDataProvider: this }));
    this.register(services.schemaChoice.onDidChange(() => this.#changed.fire()));
    this.register(services.projects.onDidChange(() => this.#follow()));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
    this.register({ dispose: () => clearTimeout(this.#timer) });
  }

  getTreeItem(row: SchemaRow): vscode.TreeItem {
    return schemaItem(row);
  }

  async getChildren(row?: SchemaRow): Promise<SchemaRow[]> {
    return row ? childRows(row) : this.#roots();
  }

  /** What can't be read is said above the rows, which are then none. */
  async #roots(): Promise<SchemaRow[]> {
    const { projects, schemaChoice } = this.#services;
    if (!projects.isRead) await projects.refresh();
    const place = vscode.workspace.isTrusted ? schemaChoice.place : undefined;
    this.#view.description = place?.source.name ?? '';
    this.#view.message = undefined;
    if (!place) return [];
    try {
      const { schemas, engines } = this.#services;
      const start = Date.now();
      const { schema, fromCopy, label } = await schemas.get(place.state.project, place.source);
      const { outline } = await engines.workflows();
      const rows = schemaRows(place, outline(schema));
      if (fromCopy) {
        this.#notBefore = Date.now() + (Date.now() - start) / COPY_SHARE;
        this.#view.message = t('read.fromCopy', { asOf: formatTime(fromCopy.asOf), holder: fromCopy.holder });
      } else if (rows.length === 0) this.#view.message = t('ui.schema.empty', { source: label });
      return rows;
    } catch (error) {
      const known = asMigrateError(error);
      this.#services.log.warn(`${place.source.name}: ${known.message}`);
      const { message, hint } = errorText(known);
      this.#view.message = `${t('ui.schema.problem')}: ${message} ${hint}`;
      return [];
    }
  }

  #follow(): void {
    clearTimeout(this.#timer);
    const wait = this.#notBefore - Date.now();
    if (wait <= 0) this.#changed.fire();
    else this.#timer = setTimeout(() => this.#changed.fire(), wait);
  }
}
