import type { Dialect } from '../../dialect/dialect';
import { lexerOf } from '../../script/lexer';
import { beginsLine } from '../../script/positions';

/**
 * The comments directly above a statement, as whole lines: no blank line stands between them and the statement, and none
 * begins behind the end of the statement before.
 * @param from where the statement before ends
 */
export function commentsAbove(text: string, from: number, start: number, dialect: Dialect): string {
  if (start === from || !beginsLine(text, start)) return '';
  const lexer = lexerOf(text, dialect);
  lexer.jump(from);
  let comments: string[] = [];
  let end = from;
  while (lexer.next() !== undefined && lexer.start < start) {
    const between = text.slice(end, lexer.start);
    end = lexer.end;
    if (isBlankLine(between)) comments = [];
    const comment = text.slice(lexer.start, lexer.end);
    // What begins behind the statement before belongs to that.
    if (/^(?:\/\/|\/\*|--)/.test(comment) && beginsLine(text, lexer.start)) comments.push(comment);
  }
  if (isBlankLine(text.slice(end, start))) return '';
  return comments.join('\n').replace(/\r\n?/g, '\n');
}

function isBlankLine(between: string): boolean {
  return between.split(/\r\n|\r|\n/).length > 2;
}
