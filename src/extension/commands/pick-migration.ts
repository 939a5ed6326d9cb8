import * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import type { Database } from '../../project/project';
import { answered } from '../services/dialogs';
import type { MigrationRow } from '../services/migration-row';
import type { LoadedProject } from '../services/project-state';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import type { TextKey } from '../services/text';
import { stateText } from '../views/migration-item';
import { pickDatabase, pickProject } from './picking';
import type { Request } from './request';

/** Where a command about migrations works. */
export interface Place {
  readonly state: LoadedProject;
  readonly database: Database;
}

/** The project and the database of a request; only databases that something can be run on are asked for. */
export async function pickPlace(services: Services, request: Request): Promise<Place> {
  const state = await pickProject(services, request);
  return { state, database: await pickDatabase(services, state, request.database) };
}

interface Wanted {
  readonly request: Pick<Request, 'migration' | 'script'>;
  readonly fits: (row: MigrationRow) => boolean;
  readonly placeHolder: string;
  /** What to say where none fits. */
  readonly none: TextKey;
}

/**
 * The migration of a request, or the one that the user picks, newest first.
 * @throws Refusal where none fits; MigrateError MIGRATION_UNKNOWN, CANCELLED and whatever the reading throws
 */
export async function pickMigration(
  services: Services,
  { state, database }: Place,
  wanted: Wanted,
): Promise<MigrationRow> {
  const { rows } = await services.statuses.read(state, database);
  const found = namedMigration(rows, wanted.request);
  if (found) {
    if (!wanted.fits(found)) throw new Refusal(wanted.none, { database: database.name });
    return found;
  }
  const fitting = rows.filter(wanted.fits).reverse();
  if (fitting.length === 0) throw new Refusal(wanted.none, { database: database.name });
  const choices = fitting.map((value) => ({
    label: value.name || value.id,
    description: [stateText(value), value.id].join(' · '),
    value,
  }));
  const options: vscode.QuickPickOptions = { placeHolder: wanted.placeHolder, matchOnDescription: true };
  return answered(services.messages.dialogs.pick(choices, options));
}

/** @throws MigrateError MIGRATION_UNKNOWN for an id that is not there; a file that is none of a migration names none */
export function namedMigration(
  rows: readonly MigrationRow[],
  { migration: id, script }: Pick<Request, 'migration' | 'script'>,
): MigrationRow | undefined {
  const found = rows.find((row) =>
    id === undefined ? script !== undefined && row.files.includes(script) : row.id === id,
  );
  if (found || id === undefined) return found;
  throw new MigrateError('MIGRATION_UNKNOWN', { id, known: rows.map((row) => row.id).join(', ') || '-' });
}

/** The id of the applied migration below another one; `0` stands for before everything. */
export function appliedBelow(rows: readonly MigrationRow[], row: MigrationRow): string {
  const applied = rows.filter(({ isApplied }) => isApplied).map(({ id }) => id);
  return applied[applied.indexOf(row.id) - 1] ?? '0';
}

/** The script in the active editor, for a request that names nothing. */
export function orActive(request: Request): Pick<Request, 'migration' | 'script'> {
  const file = vscode.window.activeTextEditor?.document.uri;
  if (request.migration !== undefined || request.script !== undefined || file?.scheme !== 'file') return request;
  return { script: file.fsPath };
}

/** @throws MigrateError DATABASE_READ_ONLY, before anything is asked */
export function refuseReadOnly({ readOnly, name }: Database): void {
  if (readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name });
}
