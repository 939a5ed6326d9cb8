import { createHash } from 'node:crypto';
import type { Dialect } from '../../core/dialect/dialect';
import type { MigrationFile } from '../../core/migration/types';
import { normaliseScript } from '../../core/script/normalise';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The checksum of what a migration does: comments and blanks don't count. The text of a code migration counts as it
 * stands, but for its line ends: only its own language could tell what is a comment.
 */
export function semanticChecksum({ language, upText, down }: MigrationFile): string {
  const texts = down === undefined ? [upText] : [upText, down.text];
  return sha256(texts.map((text) => meaning(text, language)).join('\n-- down\n'));
}

function meaning(text: string, language: MigrationFile['language']): string {
  return isDialect(language) ? normaliseScript(text, language) : text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
}

export function isDialect(language: MigrationFile['language']): language is Dialect {
  return language === 'cypher' || language === 'sql';
}
