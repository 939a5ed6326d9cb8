import type { Dialect } from '../dialect/dialect';
import { lexerOf } from './lexer';
import { parseScript, type ScriptRole } from './parse';
import { continuation } from './scan-sql';
import type { Section } from './script';

/**
 * What a script does, as one text for the semantic checksum: the tokens of its statements, each direction apart. Equal
 * after an edit of comments (directives are such), blanks, line ends and the markers' spelling; different after any other.
 */
export function normaliseScript(text: string, dialect: Dialect, role: ScriptRole = 'single'): string {
  const { up, down } = parseScript(text, dialect, role);
  return [...section('UP', up, dialect), ...section('DOWN', down, dialect)].join('\n');
}

/** A statement's tokens with one blank between, whatever stood there; strings and quoted names as they are. */
export function normaliseStatement(text: string, dialect: Dialect): string {
  const lexer = lexerOf(text, dialect);
  let found = '';
  let joins = -1;
  for (let kind = lexer.next(); kind !== undefined; kind = lexer.next()) {
    const { start, end, open } = lexer;
    if ((kind === 'line-comment' || kind === 'block-comment') && !open) continue;
    // The line break says that the engine joins two strings.
    if (found !== '') found += start === joins ? '\n' : ' ';
    found += text.slice(start, end);
    joins = dialect === 'sql' && kind === 'string' ? continuation(text, end) : -1;
  }
  return found;
}

function section(name: string, found: Section | undefined, dialect: Dialect): string[] {
  if (!found || found.statements.length === 0) return [];
  return [name, ...found.statements.map(({ text }) => `${normaliseStatement(text, dialect)};`)];
}
