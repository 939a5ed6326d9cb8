import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { normaliseScript, normaliseStatement } from '../../src/core/script/normalise';

const cypher = (text: string) => normaliseScript(text, 'cypher');
const sql = (text: string) => normaliseScript(text, 'sql');

describe('the normalised text of a script', () => {
  it('does not change with comments, blanks, line ends, empty statements and the spelling of markers', () => {
    const one = '-- UP\nMATCH (a)-[r]->(b) RETURN a.x, 1;\n-- DOWN\nRETURN 2;\n';
    for (const other of [
      '\ufeff// UP:\r\n// a note\r\nMATCH (a) - [r] -> (b)\r\n  RETURN a.x , 1 // one\r\n;;\r\n//down\r\nRETURN /* two */ 2',
      '/* x */\n  --up\nMATCH(a)-[r]->(b)\u3000RETURN a . x,1;-- DOWN follows\n--DOWN\n-- lint-ignore A\nRETURN 2;',
    ]) {
      assert.equal(cypher(other), cypher(one));
    }
  });

  it('changes with anything else', () => {
    const texts = [
      '-- UP\nRETURN 1;\n-- DOWN\nRETURN 2',
      '-- UP\nRETURN 1; RETURN 2',
      '-- UP\nRETURN 2;\n-- DOWN\nRETURN 1',
      '-- UP\nRETURN 1;',
      '-- DOWN\nRETURN 1;',
      'return 1;',
      'RETURN 1.0',
      'RETURN 1 .0',
      "RETURN 'a b'",
      "RETURN 'a  b'",
      "RETURN 'a\r\nb'",
      "RETURN 'a\nb'",
      'RETURN "a b"',
      'RETURN 1 AS `a b`',
      'RETURN 1 AS `a  b`',
      'RETURN 1 AS `a``b`',
      'RETURN 1 AS `a` `b`',
      'RETURN 1 <= 2',
      'RETURN 1 < = 2',
      '',
    ];
    assert.equal(new Set(texts.map(cypher)).size, texts.length);
  });

  it('tells strings that the engine joins from those that it does not', () => {
    assert.equal(sql("SELECT 'a'\n'b'"), sql("SELECT 'a' -- c\r\n\r\n 'b'"));
    assert.notEqual(sql("SELECT 'a'\n'b'"), sql("SELECT 'a' 'b'"));
    assert.notEqual(sql("SELECT 'a'\n'b'"), sql("SELECT 'a''b'"));
  });

  it('reads operators and numbers as the engine does', () => {
    assert.equal(sql('SELECT 1=-1, a::INT, 2*-3, x->-1'), sql('SELECT 1 = - 1,a :: INT,2 * - 3,x -> - 1'));
    for (const [one, other] of [
      ['SELECT 1 <= 2', 'SELECT 1 < = 2'],
      ['SELECT a::b', 'SELECT a: :b'],
      ['SELECT 1e5', 'SELECT 1 e5'],
      ['SELECT 1_0', 'SELECT 1 _0'],
      ['SELECT 0x1F', 'SELECT 0 x1F'],
      ["SELECT x'41'", "SELECT x '41'"],
      ["SELECT E'a'", "SELECT E 'a'"],
      ['SELECT @-1', 'SELECT @ -1'],
      ['SELECT $$ $$', 'SELECT $ $'],
    ]) {
      assert.notEqual(sql(one ?? ''), sql(other ?? ''), one);
    }
  });

  it('is the same from either file of a pair, marked or not', () => {
    assert.equal(normaliseScript('-- DOWN\nSELECT 1', 'sql', 'down'), normaliseScript('SELECT 1;', 'sql', 'down'));
  });

  const tokens: Readonly<Record<Dialect, readonly string[]>> = {
    cypher: [
      'RETURN',
      'a',
      '1',
      '1.5',
      "'a; //'",
      '"\\""',
      '`b -- `',
      '(',
      ')',
      '[',
      '$',
      '<=',
      '<',
      '.',
      '..',
      '-',
      '>',
      '日本',
    ],
    sql: [
      'SELECT',
      'a$b',
      '1',
      '1e-5',
      "'a;--'",
      "E'\\''",
      '"b/*"',
      '(',
      ')',
      '$$;$$',
      '<=',
      '+',
      '-',
      '::',
      '.',
      '日本',
    ],
  };
  const gaps: Readonly<Record<Dialect, readonly string[]>> = {
    cypher: ['  ', '\n', '\r\n', '/* ; */', ' // it\'s "\n', '\u3000'],
    sql: ['  ', '\t', '/* /* ; */ */', "/* it's */", '\u00a0'],
  };

  for (const dialect of ['cypher', 'sql'] as const) {
    const list = fc.array(fc.constantFrom(...tokens[dialect]), { minLength: 1, maxLength: 12 });
    const gap = fc
      .array(fc.constantFrom(...gaps[dialect]), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(''));

    it(`is stable under comments and blanks between the tokens of ${dialect}, and under itself`, () => {
      const pairs = list.chain((words) =>
        fc.tuple(fc.constant(words), fc.array(gap, { minLength: words.length, maxLength: words.length })),
      );
      fc.assert(
        fc.property(pairs, ([words, between]) => {
          const plain = words.join(' ');
          const commented = words.map((word, index) => `${word} ${between[index]}`).join('');
          const found = normaliseStatement(plain, dialect);
          assert.equal(found, plain);
          assert.equal(normaliseStatement(commented, dialect), found);
          assert.equal(normaliseScript(`A ${commented};`, dialect), normaliseScript(`A ${plain}`, dialect));
        }),
      );
    });

    it(`differs for every two lists of tokens of ${dialect}`, () => {
      fc.assert(
        fc.property(list, list, (one, other) => {
          fc.pre(one.join(' ') !== other.join(' '));
          const text = (words: readonly string[]) => normaliseScript(`A ${words.join('  ')}`, dialect);
          assert.notEqual(text(one), text(other));
        }),
      );
    });
  }
});
