import { behind, digitsEnd, isDigit, isWordCharacter, type Lexer, type PieceKind, SEMICOLON } from './piece';
import { lineEnd } from './positions';

const LF = 10;
const CR = 13;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const SINGLE_QUOTE = 39;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const UNDERSCORE = 95;
const LETTER_E = 101;
const LETTER_X = 120;

/** Of ASCII, the operators' characters, and those with which an operator may end in a sign. */
const OPERATOR = table('~!@#^&|`?+-*/%<>=:');
const ODD_OPERATOR = table('~!@#^&|`?%');

/**
 * The pieces of a script of DuckDB, after the flex rules of its PostgreSQL parser, each measured on 1.5.5.
 * Unicode spaces are blanks everywhere outside quotes; the engine itself loses track of them behind a quote in a comment.
 */
export class SqlLexer implements Lexer {
  start = 0;
  end = 0;
  open = false;
  /** Where a string starts that continues an E'…' string of a line before, so that backslashes escape in it as well. */
  private escapedAt = -1;

  constructor(private readonly text: string) {}

  jump(offset: number): void {
    this.end = offset;
    this.escapedAt = -1;
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
    if (isNameStart(code)) {
      if ((code | 32) === LETTER_E && text.charCodeAt(at + 1) === SINGLE_QUOTE) return this.escapedString(at + 1);
      // A dollar continues a name, so that `a$$b` holds no string.
      do at++;
      while (isNameCharacter(text.charCodeAt(at)));
      // x'…', b'…' and n'…' are one token; a backslash means nothing in them.
      if (at === this.start + 1 && text.charCodeAt(at) === SINGLE_QUOTE && isPrefix(code)) {
        return this.found('string', quoteEnd(text, at, "'"));
      }
      return this.found('word', at);
    }
    if (code === SEMICOLON) return this.found('separator', at + 1);
    if (code === SINGLE_QUOTE) {
      return at === this.escapedAt ? this.escapedString(at) : this.found('string', quoteEnd(text, at, "'"));
    }
    if (code === DOUBLE_QUOTE) return this.found('name', quoteEnd(text, at, '"'));
    if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)))) {
      return this.found('number', numberEnd(text, at));
    }
    if (code === DOLLAR) {
      const tag = dollarTag(text, at);
      if (tag === undefined) return this.found('symbol', at + 1);
      const close = text.indexOf(tag, at + tag.length);
      return this.found('string', close < 0 ? -1 : close + tag.length);
    }
    const next = text.charCodeAt(at + 1);
    if (code === DASH && next === DASH) return this.found('line-comment', lineEnd(text, at));
    if (code === SLASH && next === STAR) return this.found('block-comment', blockCommentEnd(text, at));
    return this.found('symbol', symbolEnd(text, at, code));
  }

  private escapedString(quote: number): PieceKind {
    const end = escapedEnd(this.text, quote);
    this.escapedAt = end < 0 ? -1 : continuation(this.text, end);
    return this.found('string', end);
  }

  private found(kind: PieceKind, end: number): PieceKind {
    this.open = end < 0;
    this.end = this.open ? this.text.length : end;
    return kind;
  }
}

/**
 * Where the string goes on that ends at an offset, or -1: the engine joins `'a'` and a `'b'` that follows on a later line
 * with only blanks and line comments between.
 */
export function continuation(text: string, from: number): number {
  let broken = false;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DASH && text.charCodeAt(at + 1) === DASH) at = lineEnd(text, at);
    else if (!isBlank(code) || code === 11) break;
    const ended = text.charCodeAt(at);
    broken ||= ended === LF || ended === CR;
  }
  return broken && text.charCodeAt(at) === SINGLE_QUOTE ? at : -1;
}

/** Behind a quoted text in which the quote is doubled, or -1. */
function quoteEnd(text: string, from: number, quote: string): number {
  const code = quote.charCodeAt(0);
  let end = behind(text.indexOf(quote, from + 1));
  while (end >= 0 && text.charCodeAt(end) === code) end = behind(text.indexOf(quote, end + 1));
  return end;
}

function escapedEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === SINGLE_QUOTE) {
      if (text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at + 1;
      at++;
    }
  }
  return -1;
}

/** `$$` or `$tag$` at an offset. */
function dollarTag(text: string, from: number): string | undefined {
  let at = from + 1;
  if (isTagStart(text.charCodeAt(at))) {
    do at++;
    while (isTagStart(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)));
  }
  return text.charCodeAt(at) === DOLLAR ? text.slice(from, at + 1) : undefined;
}

/** Comments nest. */
function blockCommentEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from + 2; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== STAR && code !== SLASH) continue;
    const next = text.charCodeAt(at + 1);
    if (code === STAR && next === SLASH) {
      at++;
      if (--depth === 0) return at + 1;
    } else if (code === SLASH && next === STAR) {
      at++;
      depth++;
    }
  }
  return -1;
}

/** `1_000`, `0x1F`, `1.`, `.5`, `1e-5`: what follows directly is a token of its own, as in `1x`. */
function numberEnd(text: string, from: number): number {
  if (
    text.charCodeAt(from) === 48 &&
    (text.charCodeAt(from + 1) | 32) === LETTER_X &&
    isHex(text.charCodeAt(from + 2))
  ) {
    return groupsEnd(text, from + 2, isHex);
  }
  let at = groupsEnd(text, from, isDigit);
  if (text.charCodeAt(at) === DOT && text.charCodeAt(at + 1) !== DOT) at = groupsEnd(text, at + 1, isDigit);
  if ((text.charCodeAt(at) | 32) !== LETTER_E) return at;
  const sign = text.charCodeAt(at + 1);
  const exponent = at + (sign === DASH || sign === 43 ? 2 : 1);
  return isDigit(text.charCodeAt(exponent)) ? digitsEnd(text, exponent) : at;
}

/** Behind digits with single underscores between. */
function groupsEnd(text: string, from: number, isOne: (code: number) => boolean): number {
  let at = from;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (isOne(code)) continue;
    const joins = code === UNDERSCORE && at > from && isOne(text.charCodeAt(at + 1)) && isOne(text.charCodeAt(at - 1));
    if (!joins) return at;
  }
}

/** An operator ends before a comment, and before a sign unless it holds a character that standard SQL has not. */
function symbolEnd(text: string, from: number, code: number): number {
  if (code === DOT) return from + (text.charCodeAt(from + 1) === DOT ? 2 : 1);
  if (OPERATOR[code] !== 1) return from + 1;
  let odd = false;
  let at = from;
  for (; at < text.length; at++) {
    const one = text.charCodeAt(at);
    if (OPERATOR[one] !== 1) break;
    const next = text.charCodeAt(at + 1);
    if ((one === DASH && next === DASH) || (one === SLASH && next === STAR)) break;
    odd ||= ODD_OPERATOR[one] === 1;
  }
  if (odd) return at;
  while (at - from > 1 && (text.charCodeAt(at - 1) === DASH || text.charCodeAt(at - 1) === 43)) at--;
  return at;
}

function isPrefix(code: number): boolean {
  const lower = code | 32;
  return lower === LETTER_X || lower === 98 || lower === 110;
}

function isHex(code: number): boolean {
  return isDigit(code) || ((code | 32) > 96 && (code | 32) < 103);
}

function isNameStart(code: number): boolean {
  return code < 128 ? isWordCharacter(code) && !isDigit(code) : code >= 128 && !isUnicodeSpace(code);
}

function isNameCharacter(code: number): boolean {
  return code < 128 ? isWordCharacter(code) || code === DOLLAR : code >= 128 && !isUnicodeSpace(code);
}

// Not the check for names: the engine looks for a tag before it turns unicode spaces into blanks.
function isTagStart(code: number): boolean {
  return code < 128 ? isWordCharacter(code) && !isDigit(code) : code >= 128;
}

/** The vertical tab is one only around a statement; inside, the engine refuses it. */
function isBlank(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 0xa0 && isUnicodeSpace(code);
}

/** What the engine turns into blanks before it parses; not U+200D, U+2028 or U+1680, which belong to names. */
function isUnicodeSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200c) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function table(characters: string): Uint8Array {
  const found = new Uint8Array(128);
  for (const character of characters) found[character.charCodeAt(0)] = 1;
  return found;
}
