import type { LintFinding } from '../../core/lint/finding';
import { lintScript } from '../../core/lint/lint-script';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import type { Schema } from '../../core/schema/model';
import { isDialect } from '../migrate/checksum';

/**
 * What the texts of a migration say by themselves; nothing of code and of plugins' kinds.
 * @param schemas those that its way up finds and leaves, as far as they are known
 */
export function scriptFindings(
  migration: MigrationFile,
  schemas: { readonly before?: Schema; readonly after?: Schema },
): LintFinding[] {
  const { file, language, upText, down } = migration;
  if (!isDialect(language) || migration.kind !== undefined) return [];
  return [
    ...lintScript({
      ...{ file, text: upText, dialect: language, ...schemas },
      ...(isPair(migration) ? { role: 'up', hasDownFile: down !== undefined } : { role: 'single' }),
    }),
    ...(down ? lintScript({ file: down.file, text: down.text, dialect: language, role: 'down', ...schemas }) : []),
  ];
}
