import type { Dialect } from '../dialect/dialect';
import type { MigrateError, Where } from '../errors';
import { dangerError } from './error';
import { findDangers } from './find';

/**
 * What a statement of a schema does to whoever runs it, however its file is read: it ends the process, or leaves a database
 * that can't be opened again.
 * @param where the statement's file, line and column
 * @returns STATEMENT_DANGEROUS with the code of the danger, or undefined
 */
export function ddlDanger(text: string, dialect: Dialect, where: Where): MigrateError | undefined {
  const statement = { text, start: 0, end: text.length, line: 1, column: 1, ignores: [] };
  const { dangers } = findDangers([statement], { dialect, transactional: false });
  const found = dangers.find(({ severity }) => severity === 'refuse');
  return found && dangerError(found, { ...where, statement: text });
}
