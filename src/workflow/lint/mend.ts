import { MigrateError } from '../../core/errors';
import { applyEdits, placeBefore } from '../../core/lint/apply-edits';
import type { LintFix } from '../../core/lint/finding';
import type { MigrationFile } from '../../core/migration/types';
import type { Schema } from '../../core/schema/model';
import { scriptFindings } from './script-findings';

/** A migration as the fixes of its errors would make it: the engine refuses it as it stands, for reasons already told. */
export interface Mended {
  readonly file: MigrationFile;
  /** The same error with the place that it has in the files as they are. */
  asWritten(error: MigrateError): MigrateError;
}

/** @returns undefined where there is nothing to mend */
export function mend(migration: MigrationFile, before: Schema): Mended | undefined {
  const { file, upText, down } = migration;
  const fixes = scriptFindings(migration, { before }).flatMap((found) =>
    found.severity === 'error' && found.fix ? [{ file: found.file, edits: found.fix.edits }] : [],
  );
  if (fixes.length === 0) return undefined;
  const texts = new Map([[file, upText], ...(down ? [[down.file, down.text] as const] : [])]);
  const editsOf = (name: string): LintFix['edits'] =>
    fixes.filter((one) => one.file === name).flatMap(({ edits }) => edits);
  const mended = (name: string) => applyEdits(texts.get(name) ?? '', editsOf(name));
  return {
    file: { ...migration, upText: mended(file), ...(down ? { down: { ...down, text: mended(down.file) } } : {}) },
    asWritten: (error) => {
      const { file: name, line, column } = error.where;
      const text = name === undefined ? undefined : texts.get(name);
      if (name === undefined || text === undefined || line === undefined) return error;
      const where = { ...error.where, ...placeBefore(text, editsOf(name), line, column ?? 1) };
      return new MigrateError(error.code, error.params, { where, cause: error.cause });
    },
  };
}
