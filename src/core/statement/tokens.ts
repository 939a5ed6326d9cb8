import type { Dialect } from '../dialect/dialect';
import { foldName } from '../dialect/kuzu-names';

/** `name` is a quoted identifier, `string` any literal in quotes or dollars, `symbol` one character. */
export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'symbol';

const KINDS: readonly TokenKind[] = ['word', 'name', 'string', 'number', 'symbol'];
const [WORD, NAME, STRING, NUMBER, SYMBOL] = [0, 1, 2, 3, 4];

/** The tokens of one statement. They are kept as offsets, since a statement may be a data set of many megabytes. */
export class Tokens {
  private kinds = new Uint8Array(64);
  private offsets = new Uint32Array(128);
  length = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
  ) {}

  add(kind: number, start: number, end: number): void {
    if (this.length === this.kinds.length) this.grow();
    this.kinds[this.length] = kind;
    this.offsets[2 * this.length] = start;
    this.offsets[2 * this.length + 1] = end;
    this.length++;
  }

  kind(at: number): TokenKind | undefined {
    return at >= 0 && at < this.length ? KINDS[this.kinds[at] ?? SYMBOL] : undefined;
  }

  /** As it stands in the statement; empty outside. */
  raw(at: number): string {
    if (at < 0 || at >= this.length) return '';
    return this.text.slice(this.offsets[2 * at], this.offsets[2 * at + 1]);
  }

  start(at: number): number {
    return at < this.length ? (this.offsets[2 * at] ?? 0) : this.text.length;
  }

  /** An unquoted word in lower case, or the character of a symbol; empty for everything else. */
  word(at: number): string {
    const kind = this.kinds[at];
    if (at < 0 || at >= this.length || (kind !== WORD && kind !== SYMBOL)) return '';
    return kind === SYMBOL ? this.raw(at) : foldName(this.raw(at));
  }

  /** Whether a run of words and symbols stands at a place. */
  matches(at: number, ...words: readonly string[]): boolean {
    return words.every((word, index) => this.word(at + index) === word);
  }

  /** The key under which the engine finds the name at a place; empty where no name stands. */
  name(at: number): string {
    if (this.kind(at) === 'word') return this.word(at);
    if (this.kind(at) !== 'name') return '';
    const inner = this.raw(at).slice(1, -1);
    return foldName(this.dialect === 'sql' ? inner.replaceAll('""', '"') : inner);
  }

  /** Whether a name stands anywhere, given as the engine finds it. */
  has(name: string): boolean {
    for (let at = 0; at < this.length; at++) if (this.name(at) === name) return true;
    return false;
  }

  /** What a string literal holds; undefined where none stands. */
  string(at: number): string | undefined {
    if (this.kind(at) !== 'string') return undefined;
    const raw = this.raw(at);
    if (this.dialect === 'cypher') return raw.slice(1, -1).replace(/\\([\s\S])/g, '$1');
    if (raw.startsWith('$')) return raw.slice(raw.indexOf('$', 1) + 1, raw.lastIndexOf('$', raw.length - 2));
    return raw.slice(raw.indexOf("'") + 1, -1).replaceAll("''", "'");
  }

  private grow(): void {
    const kinds = new Uint8Array(2 * this.kinds.length);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const offsets = new Uint32Array(2 * this.offsets.length);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }
}

/**
 * The tokens of a statement of either dialect, without comments and blanks. What is not closed runs to the end. The
 * lexical rules are those of the script scanner: Cypher.g4 of Kùzu 0.11.3, and DuckDB's lexer.
 */
export function tokenize(text: string, dialect: Dialect): Tokens {
  const tokens = new Tokens(text, dialect);
  const lex = dialect === 'sql' ? SQL : CYPHER;
  let at = 0;
  while (at < text.length) {
    lex.lastIndex = at;
    const found = lex.exec(text);
    if (found === null) break;
    at = lex.lastIndex;
    const [, skipped, word, name, string] = found;
    if (skipped !== undefined) {
      if (dialect === 'sql' && skipped === '/*') at = nestedCommentEnd(text, at);
      continue;
    }
    const digit = /\d/.test(text.charAt(found.index));
    const other = string !== undefined ? STRING : digit ? NUMBER : SYMBOL;
    tokens.add(word !== undefined ? WORD : name !== undefined ? NAME : other, found.index, at);
  }
  return tokens;
}

// Loops over single characters only: an alternative inside the loop costs stack with each character of a long literal.
const BLANK = '[\\s\\x1c-\\x1f\\u180e]+';
const OTHER = '[^\\x00-\\x7f\\s\\u180e]';
const WORDS = `(?:[A-Za-z_]|${OTHER})(?:[\\w$]+|${OTHER}+)*`;
const quoted = (mark: string) => `${mark}[^${mark}]*(?:${mark}${mark}[^${mark}]*)*(?:${mark}|$)`;
const escaped = (mark: string) => `${mark}[^${mark}\\\\]*(?:\\\\[\\s\\S][^${mark}\\\\]*)*(?:${mark}|\\\\?$)`;

// In both, what no alternative takes is one character, a symbol.
const CYPHER = new RegExp(
  `(${BLANK}|//[^\\n\\r]*|/\\*[^*]*(?:\\*[^/][^*]*)*(?:\\*/|\\*?$))|(${WORDS})|(${quoted('`')})|` +
    `(${escaped("'")}|${escaped('"')})|\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?|[\\s\\S]`,
  'y',
);
const SQL = new RegExp(
  `(${BLANK}|--[^\\n\\r]*|/\\*)|((?![eExXbB]')${WORDS})|(${quoted('"')})|` +
    `([eE]${escaped("'")}|[xXbB]?${quoted("'")}|(\\$(?:(?:[A-Za-z_]|${OTHER})(?:\\w|${OTHER})*)?\\$)[\\s\\S]*?(?:\\5|$))|` +
    '\\d[\\w.]*(?:(?<=\\d[eE])[+-]\\d+)?|[\\s\\S]',
  'y',
);

/** Comments of SQL nest; gives the place behind the one whose start was just read. */
function nestedCommentEnd(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  for (let depth = 1, found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}
