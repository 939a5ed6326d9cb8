import type { Tokens } from '../statement/tokens';
import { each } from './pairs';
import type { DangerRule } from './rule';

/**
 * A node without a label, and on no path, is any node of the database: the rows of the history are nodes, too.
 * @source `MATCH (n) DETACH DELETE n` in a migration emptied its history (measured)
 */
export const everyTable: DangerRule = {
  code: 'KM313',
  summary: 'Changes or deletes nodes of every table, those of the history too.',
  dialect: 'cypher',
  severity: 'refuse',
  always: true,
  find: (span) => each(span, ({ tokens }) => bareNodes(tokens).find((name) => isWritten(tokens, name))),
};

/** Names of `(n)` and `(n {…})` that stand alone in a MATCH and have a label nowhere. */
function bareNodes(tokens: Tokens): string[] {
  const found = new Set<string>();
  const labelled = new Set<string>();
  for (let at = 0; at < tokens.length; at++) {
    if (tokens.word(at) !== '(' || tokens.name(at + 1) === '') continue;
    const name = tokens.name(at + 1);
    if (tokens.word(at + 2) === ':') labelled.add(name);
    const before = tokens.word(at - 1);
    if (before !== 'match' && before !== ',') continue;
    const end = closing(tokens, at);
    const isAlone = !['-', '<'].includes(tokens.word(end + 1));
    if (isAlone && [')', '{'].includes(tokens.word(at + 2))) found.add(name);
  }
  return [...found].filter((name) => !labelled.has(name));
}

function closing(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens.word(at) === '(') depth++;
    if (tokens.word(at) === ')' && --depth === 0) return at;
  }
  return tokens.length;
}

/** Behind DELETE, or with a property behind SET. */
function isWritten(tokens: Tokens, name: string): boolean {
  let clause = '';
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens.word(at);
    if (['match', 'where', 'with', 'return', 'create', 'merge', 'unwind', 'set', 'delete'].includes(word))
      clause = word;
    if (tokens.name(at) !== name) continue;
    if (clause === 'delete') return true;
    if (clause === 'set' && tokens.word(at + 1) === '.' && ['set', ','].includes(tokens.word(at - 1))) return true;
  }
  return false;
}
