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
  readonly id: string | undefined;
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
  if (wanted.id !== undefined) {
    const found = rows.find(({ id }) => id === wanted.id);
    if (!found) {
      throw new MigrateError('MIGRATION_UNKNOWN', { id: wanted.id, known: rows.map(({ id }) => id).join(', ') || '-' });
    }
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

/** What the active editor shows, where that is a script of the project. */
export function activeMigration(rows: readonly MigrationRow[]): MigrationRow | undefined {
  const file = vscode.window.activeTextEditor?.document.uri;
  return file?.scheme === 'file' ? rows.find(({ path }) => path === file.fsPath) : undefined;
}

/** @throws MigrateError DATABASE_READ_ONLY, before anything is asked */
export function refuseReadOnly({ readOnly, name }: Database): void {
  if (readOnly) throw new MigrateError('DATABASE_READ_ONLY', { name });
}
