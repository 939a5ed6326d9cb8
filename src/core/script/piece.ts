/** What a lexer tells apart. A separator is a semicolon between statements; blanks are no pieces. */
export type PieceKind =
  | 'word'
  | 'number'
  | 'symbol'
  | 'string'
  | 'name'
  | 'line-comment'
  | 'block-comment'
  | 'separator';

/** Reads a script piece by piece, each as the engine's own lexer would. It refuses nothing: the engine is the parser. */
export interface Lexer {
  /** Where the piece read last starts. */
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  /** Whether the file ended inside that piece, which then runs to the end of the file. */
  readonly open: boolean;
  /** Reads the next piece; undefined at the end of the file. */
  next(): PieceKind | undefined;
  /** Goes on from another offset. */
  jump(offset: number): void;
}

export const SEMICOLON = 59;

/** Behind an index, or -1 for none. */
export function behind(index: number): number {
  return index < 0 ? -1 : index + 1;
}

export function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

/** Letters, digits and the underscore of ASCII. */
export function isWordCharacter(code: number): boolean {
  return (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58) || code === 95;
}

/** Behind the decimal digits at an offset. */
export function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}
