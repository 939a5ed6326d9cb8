/** Splits a script into statements. It finds ranges only: the engine is the parser. */
import type { Dialect } from '../dialect/dialect';
import { lexerOf } from './lexer';
import type { PieceKind } from './piece';
import { type Position, Positions } from './positions';

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
  readonly unterminated?: Unterminated;
}

export type Unterminated = 'string' | 'name' | 'comment';

/**
 * The statements of a script in order, split where its engine splits them. Empty and comment-only statements are
 * dropped; an unterminated string, name or comment belongs to a last statement that runs to the end of the file. One pass.
 */
export function scan(text: string, dialect: Dialect): ScannedStatement[] {
  const statements: ScannedStatement[] = [];
  const positions = new Positions(text);
  const lexer = lexerOf(text, dialect);
  let start = -1;
  let end = 0;
  const finish = (unterminated?: Unterminated) => {
    if (start >= 0) statements.push(scannedAt(text, start, end, positions.at(start), unterminated));
    start = -1;
  };
  for (let kind = lexer.next(); kind !== undefined; kind = lexer.next()) {
    const comment = kind === 'block-comment' || kind === 'line-comment';
    if (kind === 'separator') finish();
    else if (!comment || lexer.open) {
      if (start < 0) start = lexer.start;
      end = lexer.end;
      if (lexer.open) finish(openKind(kind));
    }
  }
  finish();
  return statements;
}

/** {@link scan} for the Kùzu family. */
export function scanStatements(text: string): ScannedStatement[] {
  return scan(text, 'cypher');
}

/** Line and column of an offset, both from 1. A byte order mark takes no column, as in an editor. */
export function positionAt(text: string, offset: number): Position {
  return new Positions(text).at(Math.max(0, Math.min(offset, text.length)));
}

/** What a piece that is not closed leaves open. */
export function openKind(kind: PieceKind): Unterminated {
  return kind === 'block-comment' ? 'comment' : kind === 'name' ? 'name' : 'string';
}

/** A statement from its range. */
export function scannedAt(
  text: string,
  start: number,
  end: number,
  { line, column }: Position,
  unterminated?: Unterminated,
): ScannedStatement {
  const found = { text: text.slice(start, end), start, end, line, column };
  return unterminated ? { ...found, unterminated } : found;
}
