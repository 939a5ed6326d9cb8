import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  foldName,
  isWritableName,
  needsQuotes,
  quoteName,
  quoteString,
  sameName,
  writeName,
} from '../../src/core/dialect/kuzu-names';
import { scanStatements } from '../../src/core/script/scan';

/** What the engine makes of a string literal: it drops each backslash and keeps the character after it. */
const readString = (literal: string) => literal.slice(1, -1).replace(/\\([\s\S])/g, '$1');

describe('names and literals of Kùzu', () => {
  it('leaves plain identifiers without quotes, in most scripts', () => {
    for (const name of ['User', '_x1', 'a', 'created_at', '利用者', 'ユーザー', 'Straße', 'день', '한국어']) {
      assert.equal(writeName(name), name);
    }
  });

  it('quotes what is no identifier', () => {
    for (const name of ['my table', '1st', 'a-b', 'a.b', 'a$b', 'a;b', '', 'ラー・メン', '😀', 'a\nb']) {
      assert.ok(needsQuotes(name), name);
    }
  });

  it('quotes reserved words in any case, and not the words that the grammar allows as names', () => {
    for (const name of ['order', 'ORDER', 'Table', 'primary', 'group', 'Column']) assert.ok(needsQuotes(name), name);
    for (const name of ['from', 'to', 'type', 'node', 'rel', 'COUNT', 'comment', 'key']) assert.ok(!needsQuotes(name));
  });

  it('keeps backquotes inside a name as they are: the engine does not read two as one', () => {
    assert.equal(quoteName('a``b'), '`a``b`');
    assert.equal(quoteName('``a'), '```a`');
  });

  it('tells which names the engine cannot be given', () => {
    for (const name of ['a``b', 'trail``', '````', 'x y']) assert.ok(isWritableName(name), name);
    for (const name of ['', 'a`b', '`', 'a```b', 'a``b`c', 'a\0b']) assert.ok(!isWritableName(name), name);
  });

  it('never lets a name end its own quotes', () => {
    const text = fc.string({ unit: fc.constantFrom('`', ';', 'a', ' ', '/', "'") });
    fc.assert(
      fc.property(text, (name) => {
        const script = `DROP TABLE ${quoteName(name)}`;
        const statements = scanStatements(`${script};`);
        assert.deepEqual(
          statements.map((statement) => statement.text),
          [script],
        );
        if (isWritableName(name)) assert.equal(quoteName(name), `\`${name}\``);
      }),
    );
  });

  it('escapes only the backslash and the single quote in a string', () => {
    assert.equal(quoteString('it\'s "x" \\ \n y'), "'it\\'s \"x\" \\\\ \n y'");
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(readString(quoteString(text)), text);
        assert.equal(scanStatements(`RETURN ${quoteString(text)}; RETURN 2`).length, 2);
      }),
    );
  });

  it('ignores the case of ASCII letters only', () => {
    assert.ok(sameName('User', 'uSER'));
    assert.ok(!sameName('Ärger', 'ärger'));
    assert.equal(foldName('KÄSE'), 'kÄse');
    assert.ok(!sameName('K', '\u212a'), 'the Kelvin sign is no K');
  });
});
