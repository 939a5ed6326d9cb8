import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IGrammar } from 'vscode-textmate';
import { loadGrammar, type Token, tokenize } from '../support/grammar';

const inside = (tokens: Token[], scope: string) => tokens.every((token) => token.scopes.includes(scope));

describe('The grammar on text that may hold anything', () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  // What could be mistaken for something else, more often than chance would bring it up.
  const text = fc
    .array(fc.oneof(fc.constantFrom("'", '"', '`', '\\', ';', '--', '//', '/*', '*/', '-- UP', '\n', ' '), fc.string()))
    .map((pieces) => pieces.join('').replaceAll('\r', ''));

  it('keeps any string in one piece', () => {
    fc.assert(
      fc.property(text, fc.constantFrom("'", '"'), (value, quote) => {
        const body = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
        const { tokens, closed } = tokenize(grammar, `RETURN ${quote}${body}${quote};`);
        assert.ok(closed);
        assert.equal(tokens[0]?.text.trim(), 'RETURN');
        assert.equal(tokens.at(-1)?.scopes[0], 'punctuation.terminator.statement');
        assert.ok(inside(tokens.slice(1, -1), quote === '"' ? 'string.quoted.double' : 'string.quoted.single'));
      }),
    );
  });

  it('keeps any quoted name of one line in one piece', () => {
    fc.assert(
      fc.property(text, (value) => {
        const name = `\`${value.replaceAll(/[`\n]/g, '')}\``;
        const { tokens, closed } = tokenize(grammar, `MATCH (a:${name}) RETURN a.${name};`);
        assert.ok(closed);
        const found = tokens.filter((token) => token.text.trim() === name).map((token) => token.scopes.at(-1));
        assert.deepEqual(found, ['entity.name.type.label', 'variable.other.property']);
      }),
    );
  });

  it('reads a line that starts with two dashes as a comment, whatever follows', () => {
    fc.assert(
      fc.property(text, (value) => {
        const { tokens, closed } = tokenize(grammar, `RETURN 1;\n-- x${value.replaceAll('\n', ' ')}\nRETURN 2;`);
        assert.ok(closed);
        assert.ok(inside(tokens.slice(3, -3), 'comment.line.double-dash'));
        assert.deepEqual(
          tokens.slice(-3).map((token) => token.text.trim()),
          ['RETURN', '2', ';'],
        );
      }),
    );
  });
});
