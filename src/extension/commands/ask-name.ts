import type * as vscode from 'vscode';
import { MigrateError } from '../../core/errors';
import { migrationSlug } from '../../core/migration/slug';
import { answered } from '../services/dialogs';
import type { Services } from '../services/services';
import { errorText } from '../services/text';

/** Asks for the name of a new migration, and says while it is typed what is wrong with it. */
export async function askName(
  { messages }: Services,
  options: Pick<vscode.InputBoxOptions, 'title' | 'prompt'>,
): Promise<string> {
  return answered(messages.dialogs.input({ ...options, validateInput: nameProblem }));
}

function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return undefined;
  try {
    migrationSlug(name);
    return undefined;
  } catch (error) {
    if (!MigrateError.is(error, 'MIGRATION_NAME_INVALID')) throw error;
    return errorText(error).message;
  }
}
