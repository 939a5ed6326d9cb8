import { behind, digitsEnd, isDigit, isWordCharacter, type Lexer, type PieceKind, SEMICOLON } from './piece';
import { lineEnd } from './positions';

const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const SINGLE_QUOTE = 39;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const LESS = 60;
const EQUALS = 61;
const BACKSLASH = 92;
const BACKQUOTE = 96;
const BOM = 0xfeff;

/** The pieces of a script of the Kùzu family, after Cypher.g4 of 0.11.3. `--` is two operators there, no comment. */
export class CypherLexer implements Lexer {
  start = 0;
  end: number;
  open = false;

  constructor(private readonly text: string) {
    this.end = text.charCodeAt(0) === BOM ? 1 : 0;
  }

  jump(offset: number): void {
    this.end = offset;
  }

  next(): PieceKind | undefined {
    const { text } = this;
    let at = this.end;
    let code = text.charCodeAt(at);
    while (isBlank(code)) code = text.charCodeAt(++at);
    this.start = at;
    if (at >= text.length) {
      this.end = at;
      return undefined;
    }
    if (code === SEMICOLON) return this.found('separator', at + 1);
    if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)))) {
      return this.found('number', numberEnd(text, at));
    }
    // A dollar continues a name, but does not start one.
    if (code !== DOLLAR && isNameCharacter(code)) {
      do at++;
      while (isNameCharacter(text.charCodeAt(at)));
      return this.found('word', at);
    }
    if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) return this.found('string', stringEnd(text, at, code));
    if (code === BACKQUOTE) return this.found('name', nameEnd(text, at));
    if (code === SLASH) {
      const next = text.charCodeAt(at + 1);
      // The engine wants LF, CRLF or the end behind a comment and refuses a lone CR; ending there hides no statement.
      if (next === SLASH) return this.found('line-comment', lineEnd(text, at));
      if (next === STAR) return this.found('block-comment', blockCommentEnd(text, at));
    }
    return this.found('symbol', at + (isPair(code, text.charCodeAt(at + 1)) ? 2 : 1));
  }

  private found(kind: PieceKind, end: number): PieceKind {
    this.open = end < 0;
    this.end = this.open ? this.text.length : end;
    return kind;
  }
}

/** The operators of two characters: `..` `<=` `<>` `<<` `>=` `>>` `=~` `!=`. */
function isPair(code: number, next: number): boolean {
  if (code === DOT) return next === DOT;
  if (code === LESS) return next === EQUALS || next === LESS || next === 62;
  if (code === 62) return next === EQUALS || next === 62;
  if (code === EQUALS) return next === 126;
  return code === 33 && next === EQUALS;
}

function isNameCharacter(code: number): boolean {
  return code < 128 ? isWordCharacter(code) || code === DOLLAR : code >= 128 && !isBlank(code);
}

/** RegularDecimalReal, ExponentDecimalReal or DecimalInteger of Cypher.g4; the exponent's sign can only be a minus. */
function numberEnd(text: string, from: number): number {
  let at = digitsEnd(text, from);
  if (text.charCodeAt(at) === DOT && isDigit(text.charCodeAt(at + 1))) at = digitsEnd(text, at + 1);
  if ((text.charCodeAt(at) | 32) !== 101) return at;
  const exponent = at + (text.charCodeAt(at + 1) === DASH ? 2 : 1);
  return isDigit(text.charCodeAt(exponent)) ? digitsEnd(text, exponent) : at;
}

function stringEnd(text: string, from: number, quote: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === quote) return at + 1;
  }
  return -1;
}

/** Two quoted names without a blank between are one name with two backquotes in it. */
function nameEnd(text: string, from: number): number {
  let end = behind(text.indexOf('`', from + 1));
  while (end >= 0 && text.charCodeAt(end) === BACKQUOTE) end = behind(text.indexOf('`', end + 1));
  return end;
}

/**
 * Behind the comment, or -1. Cypher.g4 reads a star together with the character after it, so that a comment that ends
 * in an even run of stars and a slash stays open (measured). Comments do not nest.
 */
function blockCommentEnd(text: string, from: number): number {
  for (let star = text.indexOf('*', from + 2); star >= 0; star = text.indexOf('*', star + 2)) {
    if (text.charCodeAt(star + 1) === SLASH) return star + 2;
  }
  return -1;
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
