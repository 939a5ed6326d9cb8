import { MigrateError } from '../errors';
import type { ScriptProblem } from './script';

/** The error of a script's problem; `file` as the user knows it. */
export function scriptError({ detail, line, column }: ScriptProblem, file: string): MigrateError {
  return new MigrateError('SCRIPT_INVALID', { file, line, detail }, { where: { file, line, column } });
}
