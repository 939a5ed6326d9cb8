import { createHash } from 'node:crypto';
import type { Dialect } from '../../core/dialect/dialect';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import { normaliseScript } from '../../core/script/normalise';
import type { ScriptRole } from '../../core/script/parse';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The checksum of what a migration does: comments and blanks don't count. The text of a code migration counts as it
 * stands, but for its line ends: only its own language could tell what is a comment.
 */
export function semanticChecksum(file: MigrationFile): string {
  const { language, upText, down } = file;
  const parts = [meaning(upText, language, isPair(file) ? 'up' : 'single')];
  if (down) parts.push(meaning(down.text, language, 'down'));
  return sha256(parts.join('\n-- down\n'));
}

function meaning(text: string, language: MigrationFile['language'], role: ScriptRole): string {
  if (isDialect(language)) return normaliseScript(text, language, role);
  return text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
}

export function isDialect(language: MigrationFile['language']): language is Dialect {
  return language === 'cypher' || language === 'sql';
}
