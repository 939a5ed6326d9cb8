import { quoteString } from '../../core/dialect/kuzu-names';
import type { ExportOptions, Session } from '../driver';

/**
 * `EXPORT DATABASE` into a folder that must not exist yet; its parent must.
 * CSV files get a header line, so that they say what they hold; `copy.cypher` records it and imports read it back.
 */
export async function exportTo(session: Session, dir: string, options: ExportOptions): Promise<void> {
  await session.run([{ text: exportStatement(dir, options) }], options);
}

export function exportStatement(dir: string, options: Pick<ExportOptions, 'format' | 'schemaOnly'>): string {
  const target = `EXPORT DATABASE ${quoteString(dir)}`;
  // The engine takes no other option beside schema_only.
  if (options.schemaOnly) return `${target} (schema_only=true)`;
  return options.format === 'csv' ? `${target} (format='csv', header=true)` : `${target} (format='parquet')`;
}
