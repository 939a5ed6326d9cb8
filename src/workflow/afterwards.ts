import { MigrateError } from '../core/errors';
import { fileError } from '../project/file-error';

/**
 * Runs steps that come after what a user asked for is done and can't be undone. Their errors are told beside the result:
 * to report a finished operation as failed would be wrong.
 */
export async function afterwards(steps: readonly (() => Promise<void>)[]): Promise<MigrateError[]> {
  const problems: MigrateError[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      const known = fileError(error, pathOf(error));
      problems.push(
        MigrateError.is(known) ? known : new MigrateError('INTERNAL', { detail: String(error) }, { cause: error }),
      );
    }
  }
  return problems;
}

function pathOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : '';
}
