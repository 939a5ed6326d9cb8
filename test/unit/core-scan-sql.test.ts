import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scan } from '../../src/core/script/scan';

const texts = (script: string) => scan(script, 'sql').map((statement) => statement.text);
const open = (script: string) => scan(script, 'sql').map(({ text, unterminated }) => [text, unterminated]);

// test/engine/scan-split.test.ts holds all of this against the engine; here stands what a reader wants to look up.
describe('splitting a script of DuckDB into statements', () => {
  it('splits at semicolons and drops blanks, empty statements and comments around', () => {
    assert.deepEqual(texts(' SELECT 1 ;;\r\n\t;SELECT 2 -- ;\n;/* ; */; -- SELECT 3'), ['SELECT 1', 'SELECT 2']);
    assert.deepEqual(texts('\ufeff'), []);
    assert.deepEqual(texts('\ufeffSELECT 1;\u3000SELECT\u00a02\u200b;'), ['SELECT 1', 'SELECT\u00a02']);
  });

  it('nests comments', () => {
    assert.deepEqual(texts('/* /* ; */ ; */ SELECT 1; /*/ ; */ SELECT 2; /**/SELECT/***/3'), [
      'SELECT 1',
      'SELECT 2',
      'SELECT/***/3',
    ]);
  });

  it('ends an operator where a comment begins', () => {
    assert.deepEqual(texts('SELECT 2*/*;*/3; SELECT 2---;\n1'), ['SELECT 2*/*;*/3', 'SELECT 2---;\n1']);
  });

  it('reads a backslash as an escape only in E strings and the lines that continue them', () => {
    assert.deepEqual(texts("SELECT '\\'; SELECT N'\\'; SELECT x'\\'; SELECT e'\\';'; SELECT 1E'\\';'"), [
      "SELECT '\\'",
      "SELECT N'\\'",
      "SELECT x'\\'",
      "SELECT e'\\';'",
      "SELECT 1E'\\';'",
    ]);
    assert.deepEqual(texts("SELECT E'a' -- it's\n'\\';'; SELECT 'a'\n'\\'; SELECT 2"), [
      "SELECT E'a' -- it's\n'\\';'",
      "SELECT 'a'\n'\\'",
      'SELECT 2',
    ]);
    assert.deepEqual(texts("SELECT E'a' '\\'; SELECT 2"), ["SELECT E'a' '\\'", 'SELECT 2']);
    assert.deepEqual(texts("SELECT nameE'\\'; SELECT 0x1E'\\'; SELECT 2").length, 3);
  });

  it('takes doubled quotes for one', () => {
    assert.deepEqual(texts(`SELECT 'it''s;' AS "a"";"; SELECT E''';'`), [`SELECT 'it''s;' AS "a"";"`, `SELECT E''';'`]);
  });

  it('reads dollar quotes, but not where a dollar belongs to a name', () => {
    assert.deepEqual(texts('SELECT $$;$$; SELECT $a$;$$;$b$;$a$; SELECT $é1$;$é1$'), [
      'SELECT $$;$$',
      'SELECT $a$;$$;$b$;$a$',
      'SELECT $é1$;$é1$',
    ]);
    assert.deepEqual(texts('SELECT 1 AS a$$b; SELECT 1 AS é$a$; SELECT $1; SELECT $name'), [
      'SELECT 1 AS a$$b',
      'SELECT 1 AS é$a$',
      'SELECT $1',
      'SELECT $name',
    ]);
    assert.deepEqual(texts('SELECT 1$$;$$').length, 1);
    assert.deepEqual(texts('SELECT $1a$;$1a$').length, 2);
  });

  it('says what is not closed', () => {
    assert.deepEqual(open("SELECT 1; SELECT 'a;"), [
      ['SELECT 1', undefined],
      ["SELECT 'a;", 'string'],
    ]);
    assert.deepEqual(open('SELECT "a;'), [['SELECT "a;', 'name']]);
    assert.deepEqual(open('SELECT $a$;$$ '), [['SELECT $a$;$$ ', 'string']]);
    assert.deepEqual(open('/* /* */ SELECT 1;'), [['/* /* */ SELECT 1;', 'comment']]);
    assert.deepEqual(open("SELECT E'\\"), [["SELECT E'\\", 'string']]);
  });

  it('loses nothing of any text, and always comes to an end', () => {
    const units = [
      'a',
      'E',
      'x',
      '1',
      '.',
      ' ',
      ';',
      "'",
      '"',
      '$',
      '$$',
      '\\',
      '/',
      '*',
      '-',
      '\n',
      '\r',
      '\u00a0',
      '\0',
    ];
    const anything = fc.string({ unit: fc.constantFrom(...units) });
    fc.assert(
      fc.property(anything, (script) => {
        let at = 0;
        for (const { start, end, text, unterminated } of scan(script, 'sql')) {
          assert.ok(start >= at && end > start && end <= script.length);
          assert.deepEqual(texts(script.slice(at, start)), []);
          assert.equal(script.slice(start, end), text);
          // A quote that a line before began as an E string is another one without that line, so no more is said here.
          assert.ok(unterminated === undefined || end === script.length);
          at = end;
        }
        assert.deepEqual(texts(script.slice(at)), []);
      }),
      { numRuns: 2000 },
    );
  });
});
