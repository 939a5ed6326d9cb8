/** Splits a script of the Kùzu family into statements. It finds ranges only: the engine is the parser. */

/** One statement, without the comments and blanks around it and without its semicolon. */
export interface ScannedStatement {
  readonly text: string;
  /** Offsets into the file in UTF-16 units; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
  /** Where it starts, both from 1; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** What was still open at the end of the file. The engine refuses such a statement, mostly with a misleading position. */
  readonly unterminated?: 'string' | 'name' | 'comment';
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

const LF = 10;
const CR = 13;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const STAR = 42;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;
const BACKQUOTE = 96;
const BOM = 0xfeff;

/**
 * The statements of a script in order. Empty and comment-only statements are dropped; an unterminated string, name or
 * comment belongs to a last statement that runs to the end of the file. One pass over the text.
 */
export function scanStatements(text: string): ScannedStatement[] {
  const statements: ScannedStatement[] = [];
  const positions = new Positions(text);
  let start = -1;
  let end = 0;
  const finish = (unterminated?: ScannedStatement['unterminated']) => {
    if (start < 0) return;
    const { line, column } = positions.at(start);
    const found = { text: text.slice(start, end), start, end, line, column };
    statements.push(unterminated ? { ...found, unterminated } : found);
    start = -1;
  };

  let at = text.charCodeAt(0) === BOM ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SEMICOLON) {
      finish();
      at++;
      continue;
    }
    if (isBlank(code)) {
      at++;
      continue;
    }
    const next = code === SLASH ? text.charCodeAt(at + 1) : 0;
    if (next === SLASH) {
      at = lineCommentEnd(text, at);
      continue;
    }
    const comment = next === STAR;
    const after = comment ? blockCommentEnd(text, at) : tokenEnd(text, at, code);
    if (comment && after >= 0) {
      at = after;
      continue;
    }
    if (start < 0) start = at;
    end = after < 0 ? text.length : after;
    at = end;
    if (after < 0) finish(comment ? 'comment' : code === BACKQUOTE ? 'name' : 'string');
  }
  finish();
  return statements;
}

/** Line and column of an offset, both from 1. A byte order mark takes no column, as in an editor. */
export function positionAt(text: string, offset: number): Position {
  return new Positions(text).at(Math.max(0, Math.min(offset, text.length)));
}

/** Counts lines up to offsets that only grow, so that all positions of a file cost one pass. */
class Positions {
  private line = 1;
  private lineStart: number;
  private counted = 0;

  constructor(private readonly text: string) {
    this.lineStart = text.charCodeAt(0) === BOM ? 1 : 0;
  }

  at(offset: number): Position {
    for (; this.counted < offset; this.counted++) {
      const code = this.text.charCodeAt(this.counted);
      const ends = code === LF || (code === CR && this.text.charCodeAt(this.counted + 1) !== LF);
      if (!ends) continue;
      this.line++;
      this.lineStart = this.counted + 1;
    }
    return { line: this.line, column: Math.max(offset - this.lineStart, 0) + 1 };
  }
}

/** Behind the character, string or name that starts at `at`, or -1 when it is not closed. */
function tokenEnd(text: string, at: number, code: number): number {
  if (code === BACKQUOTE) return behind(text.indexOf('`', at + 1));
  if (code !== SINGLE_QUOTE && code !== DOUBLE_QUOTE) return wordEnd(text, at + 1);
  for (let i = at + 1; i < text.length; i++) {
    const inner = text.charCodeAt(i);
    if (inner === BACKSLASH) i++;
    else if (inner === code) return i + 1;
  }
  return -1;
}

/** Skips what can neither end nor open anything: letters, digits, and all that is not ASCII and no blank. */
function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const plain =
      code < 128
        ? (code > BACKQUOTE && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91)
        : !isBlank(code);
    if (!plain) break;
  }
  return at;
}

// The engine wants LF, CRLF or the end here and refuses a lone CR. Ending at it lets no statement vanish in a comment.
function lineCommentEnd(text: string, at: number): number {
  for (let i = at + 2; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || code === CR) return i;
  }
  return text.length;
}

/**
 * Behind the comment that starts at `at`, or -1. Cypher.g4 reads a star together with the character after it, so that a
 * comment that ends in an even run of stars and a slash stays open (measured). Comments do not nest.
 */
function blockCommentEnd(text: string, at: number): number {
  for (let star = text.indexOf('*', at + 2); star >= 0; star = text.indexOf('*', star + 2)) {
    if (text.charCodeAt(star + 1) === SLASH) return star + 2;
  }
  return -1;
}

function behind(index: number): number {
  return index < 0 ? -1 : index + 1;
}

/** WHITESPACE of Cypher.g4; the ideographic space is in it. */
function isBlank(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x1680 ||
    code === 0x180e
  );
}
