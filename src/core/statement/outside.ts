import type { StatementFacts } from './facts';

/**
 * Whether a statement can write somewhere else than into the database that it runs in: files of an export, another
 * database, an installed extension. On a copy of the database it would write there all the same.
 */
export function writesOutside(text: string, { kind, effects }: StatementFacts): boolean {
  if (kind === 'export') return true;
  // A COPY that adds no rows takes them out.
  if (kind === 'copy') return !effects.some(({ does }) => does === 'insert');
  if (kind === 'extension') return /^\s*(FORCE\s+)?INSTALL\b/i.test(text);
  return kind === 'session' && /^\s*ATTACH\b/i.test(text);
}
