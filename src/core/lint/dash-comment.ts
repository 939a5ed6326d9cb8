import type { Entry } from '../danger/rule';
import { entriesOf } from '../danger/spans';
import type { Dialect } from '../dialect/dialect';
import type { ScriptStatement } from '../script/script';
import type { Hit, LintRule } from './rule';

/** What stands behind two minus signs that are arithmetic: one operand, or the rest of an expression. */
const OPERAND = /^\s*[\w.$]+\s*(?:[,)\]}+*/%^<>=-].*)?$/;

/**
 * Between statements `--` begins a comment for the migrator; inside one Kùzu reads two minus signs.
 * @source measured on Kùzu 0.11.3: `(a)--(b)` and `5 -- 3` are valid, a comment is a parser error.
 */
export const dashComment: LintRule = {
  code: 'KM401',
  summary: 'Has a comment with -- inside a statement, which Kùzu can’t read.',
  severity: 'error',
  dialect: 'cypher',
  find: ({ statements }) => statements.flatMap(({ text }, index) => commentsAt(text, index)),
};

/** The statements read without such comments, so that the other rules see what stands behind one. */
export function entriesWithoutComments(statements: readonly ScriptStatement[], dialect: Dialect): Entry[] {
  const blanked = statements.map((one) => ({
    ...one,
    text: dialect === 'cypher' ? withoutComments(one.text) : one.text,
  }));
  return entriesOf(blanked, dialect);
}

function withoutComments(text: string): string {
  return commentsAt(text, 0).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

interface CommentHit extends Hit {
  readonly start: number;
  readonly end: number;
}

function commentsAt(text: string, index: number): CommentHit[] {
  if (!text.includes('--')) return [];
  const [entry] = entriesOf([{ text }], 'cypher');
  return entry ? commentsIn({ ...entry, index }, text) : [];
}

function commentsIn({ index, tokens, facts }: Entry, text: string): CommentHit[] {
  const isDdl = facts.kind === 'create-table' || facts.kind === 'alter-table';
  const hits: CommentHit[] = [];
  let behind = 0;
  for (let at = 0; at + 1 < tokens.length; at++) {
    const start = tokens.start(at);
    if (start < behind || !text.startsWith('--', start) || tokens.kind(at) !== 'symbol') continue;
    const found = /[^\n\r]*/.exec(text.slice(start + 2));
    const rest = found?.[0] ?? '';
    const before = text.slice(0, start);
    const begins = /(?:^|[\n\r])[^\S\n\r]*$/.test(before);
    const isPattern = /^\s*[(>[]/.test(rest) && !(isDdl && /\s$/.test(before));
    const isApart = /[\s,(;]$/.test(before) || begins;
    // From a text nothing can be taken away.
    const isNoMinus = tokens.kind(at - 1) === 'string' || /[,(]\s*$/.test(before) || !OPERAND.test(rest);
    if (isPattern || !isApart || !(begins || isDdl || isNoMinus)) continue;
    behind = start + 2 + rest.length;
    hits.push({ index, start, end: behind, argument: `--${rest}`, edits: [{ start, end: start + 2, text: '//' }] });
  }
  return hits;
}
