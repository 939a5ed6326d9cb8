import type { LintFinding } from '../../core/lint/finding';
import { type LintInput, lintScript } from '../../core/lint/lint-script';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import { isDialect } from '../migrate/checksum';

/**
 * What the texts of a migration say by themselves; nothing of code and of plugins' kinds.
 * @param told what a shadow has told of its way up, as far as it is known
 */
export function scriptFindings(
  migration: MigrationFile,
  told: Pick<LintInput, 'before' | 'after' | 'instead'>,
): LintFinding[] {
  const { file, language, upText, down } = migration;
  if (!isDialect(language) || migration.kind !== undefined) return [];
  return [
    ...lintScript({
      ...{ file, text: upText, dialect: language, ...told },
      ...(isPair(migration) ? { role: 'up', hasDownFile: down !== undefined } : { role: 'single' }),
    }),
    ...(down ? lintScript({ file: down.file, text: down.text, dialect: language, role: 'down', ...told }) : []),
  ];
}
