import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IGrammar } from 'vscode-textmate';
import { loadGrammar, loadSqlGrammar, tokenize } from '../support/grammar';

// What opens, closes and continues things, more often than chance would bring it up.
const PIECES = [
  ...["'", '"', '`', '$$', '$t$', "E'", '(', ')', '[', ']', '{', '}', ',', ':', '::', '->', ';', '--', '/*', '*/'],
  ...[
    '-- UP',
    '-- assert: ',
    '\n',
    ' ',
    '  ',
    '1_0',
    'x',
    'AS ',
    'MAP',
    'STRUCT(',
    'COPY t TO ',
    'CREATE TEMP ',
    'lambda ',
  ],
];
const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 60 });
const joined = text.map((pieces) => pieces.join('').replaceAll('\r', ''));

describe('The steps of the grammars', () => {
  let steps = 0;
  const grammars: Record<string, IGrammar> = {};
  before(async () => {
    const count = () => {
      steps++;
    };
    grammars.cypher = await loadGrammar(count);
    grammars.sql = await loadSqlGrammar({ onScan: count });
  });

  for (const language of ['cypher', 'sql']) {
    // A token costs a search in the language's rules and one in those injected; ending a rule costs as much again.
    it(`grow no faster than the text: ${language}`, () => {
      fc.assert(
        fc.property(joined, (value) => {
          const grammar = grammars[language];
          assert.ok(grammar);
          steps = 0;
          tokenize(grammar, value);
          const lines = value.split('\n').length;
          assert.ok(
            steps > 0 && steps <= 6 * (value.length + 2 * lines),
            `${steps} steps for ${value.length} characters`,
          );
        }),
        { numRuns: 500 },
      );
    });
  }
});

describe('The injection into SQL', () => {
  it('keeps any dollar-quoted string in one piece', async () => {
    const grammar = await loadSqlGrammar();
    fc.assert(
      fc.property(joined, (value) => {
        const body = value.replaceAll('$tag$', '');
        const { tokens, closed } = tokenize(grammar, `SELECT f($tag$${body}$tag$);`);
        assert.ok(closed);
        const inside = tokens.slice(2, -1);
        assert.ok(inside.every((token) => token.scopes.includes('string.quoted.other.dollar')));
        assert.equal(inside.map((token) => token.text).at(-1), '$tag$');
      }),
    );
  });

  it('leaves the tokens of a text without anything of ours as they are', async () => {
    const [plain, injected] = [await loadSqlGrammar({ injected: false }), await loadSqlGrammar()];
    const words = [
      'SELECT',
      'a',
      'FROM',
      'WHERE',
      "'x -- y'",
      '"n"',
      '1',
      ',',
      ';',
      '(',
      ')',
      '[by date]',
      '=',
      '*',
      '\n',
      '/* x */',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, '-- a note\n')), (list) => {
        const value = list.join(' ');
        // A file behind FROM is ours.
        fc.pre(!/FROM\s+'/.test(value));
        assert.deepEqual(tokenize(injected, value).tokens, tokenize(plain, value).tokens);
      }),
    );
  });
});
