import assert from 'node:assert/strict';
import fc from 'fast-check';
import { positionAt, scanStatements } from '../../src/core/script/scan';

const texts = (script: string) => scanStatements(script).map((statement) => statement.text);

describe('splitting a script into statements', () => {
  it('splits at semicolons and drops the blanks around', () => {
    assert.deepEqual(texts(' MATCH (n) RETURN n ;\n\tRETURN 2;RETURN 3'), [
      'MATCH (n) RETURN n',
      'RETURN 2',
      'RETURN 3',
    ]);
  });

  it('drops empty and comment-only statements', () => {
    assert.deepEqual(texts(';;\n; // only\n; /* this */ ;\u3000;\u00a0'), []);
    assert.deepEqual(texts(''), []);
    assert.deepEqual(texts('\ufeff'), []);
  });

  it('takes semicolons in strings, names and comments for text', () => {
    const script = `RETURN 'a;\\';b', "c;\\";d", \`e;\`, 1 /* ; */ + 2 // ;\n + 3; RETURN 4`;
    assert.equal(texts(script).length, 2);
    assert.equal(texts(script)[1], 'RETURN 4');
  });

  it('leaves comments around a statement out of it and keeps those inside', () => {
    const [found] = scanStatements('// head\n/* more */ RETURN /* in */ 1 // tail\n;');
    assert.equal(found?.text, 'RETURN /* in */ 1');
    assert.deepEqual([found?.line, found?.column], [2, 12]);
  });

  it('does not read a backslash in a name, nor a doubled quote, as an escape', () => {
    assert.deepEqual(texts('RETURN 1 AS `a\\`; RETURN 2'), ['RETURN 1 AS `a\\`', 'RETURN 2']);
    assert.deepEqual(texts("RETURN 'a''b;c'; RETURN 2"), ["RETURN 'a''b;c'", 'RETURN 2']);
  });

  it('does not nest comments', () => {
    assert.deepEqual(texts('/* a /* b */ RETURN 1'), ['RETURN 1']);
  });

  it('closes a block comment where the engine does: not behind an even run of stars', () => {
    assert.deepEqual(texts('/** a */ RETURN 1; /* b ***/ RETURN 2; /**/ RETURN 3'), [
      'RETURN 1',
      'RETURN 2',
      'RETURN 3',
    ]);
    assert.deepEqual(texts('/* a **/ RETURN 1; /* b */ RETURN 2'), ['RETURN 2']);
    const [open] = scanStatements('/* a **/ RETURN 1;');
    assert.equal(open?.unterminated, 'comment');
  });

  it('ends a line comment at any line break, so that no statement vanishes', () => {
    assert.deepEqual(texts('// a\rRETURN 1;\r// b\r\nRETURN 2 //'), ['RETURN 1', 'RETURN 2']);
  });

  it('runs to the end with what is not closed, and says what that is', () => {
    const open = (script: string) => scanStatements(script).map(({ text, unterminated }) => [text, unterminated]);
    assert.deepEqual(open("RETURN 1; RETURN 'a; RETURN 2;"), [
      ['RETURN 1', undefined],
      ["RETURN 'a; RETURN 2;", 'string'],
    ]);
    assert.deepEqual(open('RETURN "a\\"; '), [['RETURN "a\\"; ', 'string']]);
    assert.deepEqual(open('RETURN 1 AS `a;'), [['RETURN 1 AS `a;', 'name']]);
    assert.deepEqual(open('RETURN 1 /* a;'), [['RETURN 1 /* a;', 'comment']]);
    assert.deepEqual(open("RETURN '\\"), [["RETURN '\\", 'string']]);
  });

  it('does not take a dash comment for a comment: the engine has none', () => {
    assert.deepEqual(texts('RETURN 1 -- a; b'), ['RETURN 1 -- a', 'b']);
  });

  it('points at the file: lines and columns from 1, over CRLF, a byte order mark and surrogate pairs', () => {
    const script = "\ufeffRETURN '😀';\r\n  RETURN 2;\r\rRETURN 3";
    assert.deepEqual(
      scanStatements(script).map(({ start, line, column }) => [start, line, column]),
      [
        [1, 1, 1],
        [17, 2, 3],
        [28, 4, 1],
      ],
    );
  });

  it('gives back fragments joined by semicolons', () => {
    const inString = fc.string({ unit: fc.constantFrom('a', ';', '\n', '/', '*', '`', '\\\\', "\\'", '\\"', '利') });
    const fragment = fc.oneof(
      fc.constantFrom('RETURN', ' ', '\n', '\r\n', '(', '/', '*x', '-', '😀', '1.5', '$p'),
      inString.map((text) => `'${text}'`),
      inString.map((text) => `"${text}"`),
      inString.map((text) => `\`${text.replaceAll('`', '')}\``),
      fc.string({ unit: fc.constantFrom('a', ';', "'", '"', '`', '/') }).map((text) => `/*${text}*/`),
      fc.string({ unit: fc.constantFrom('a', ';', "'", '"', '`', '*') }).map((text) => `//${text}\n`),
    );
    // Letters at both ends: no blank or comment to drop, and no two fragments that form a comment together.
    const statement = fc.array(fragment, { maxLength: 8 }).map((parts) => `A ${parts.join(' ')} Z`);
    fc.assert(
      fc.property(
        fc.array(statement),
        fc.constantFrom(';', ' ;\n', '\r\n;\n// c;\n', ';/* ; */'),
        (statements, glue) => {
          const script = statements.join(glue);
          const found = scanStatements(script);
          assert.deepEqual(
            found.map((entry) => entry.text),
            statements,
          );
          for (const entry of found) {
            assert.equal(script.slice(entry.start, entry.end), entry.text);
            assert.deepEqual(positionAt(script, entry.start), { line: entry.line, column: entry.column });
            assert.equal(entry.unterminated, undefined);
          }
        },
      ),
    );
  });

  it('loses nothing of any text: between statements there are only blanks, comments and semicolons', () => {
    const anything = fc.string({ unit: fc.constantFrom('a', ' ', ';', "'", '"', '`', '\\', '/', '*', '\n', '\r') });
    fc.assert(
      fc.property(anything, (script) => {
        let at = 0;
        for (const { start, end, text } of scanStatements(script)) {
          assert.ok(start >= at && end > start && end <= script.length);
          assert.deepEqual(texts(script.slice(at, start)), []);
          assert.equal(script.slice(start, end), text);
          at = end;
        }
        assert.deepEqual(texts(script.slice(at)), []);
      }),
    );
  });
});

describe('the position of an offset', () => {
  it('counts lines as an editor does', () => {
    const text = 'a\nbc\r\nd\re';
    assert.deepEqual(positionAt(text, 0), { line: 1, column: 1 });
    assert.deepEqual(positionAt(text, 3), { line: 2, column: 2 });
    assert.deepEqual(positionAt(text, 6), { line: 3, column: 1 });
    assert.deepEqual(positionAt(text, 8), { line: 4, column: 1 });
    assert.deepEqual(positionAt(text, 99), { line: 4, column: 2 });
    assert.deepEqual(positionAt(text, -1), { line: 1, column: 1 });
  });
});
