import type { StatementFacts } from './facts';

/** Settings of DuckDB that make files. */
const WRITING_SETTING =
  /^\s*(?:SET|PRAGMA)\b[\s\S]*\b(?:log_query_path|profiling_output|profile_output|secret_directory|extension_directory|temp_directory|home_directory|custom_profiling_settings)\b/i;

/**
 * Whether a statement can write somewhere else than into the database that it runs in: files of an export, another
 * database, an installed extension. On a copy of the database it would write there all the same.
 */
export function writesOutside(text: string, { kind, effects }: StatementFacts): boolean {
  if (kind === 'export') return true;
  // A COPY that adds no rows takes them out.
  if (kind === 'copy') return !effects.some(({ does }) => does === 'insert');
  if (kind === 'extension') return /^\s*(FORCE\s+)?INSTALL\b/i.test(text);
  return kind === 'session' && (/^\s*ATTACH\b/i.test(text) || WRITING_SETTING.test(text));
}
