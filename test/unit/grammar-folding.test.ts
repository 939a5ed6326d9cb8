import assert from 'node:assert/strict';
import { type FoldedLines, foldedLines, hasSections } from '../../src/extension/language/folded-lines';

const shown = (folded: readonly FoldedLines[]) => folded.map(({ start, end, kind }) => `${kind} ${start}-${end}`);

describe('Folding', () => {
  it('folds the sections, regions, comments and statements of a Cypher script', () => {
    const text = [
      '-- UP',
      '/* why',
      'it is so */',
      'CREATE NODE TABLE t(',
      '  id INT64 PRIMARY KEY);',
      '-- #region',
      "RETURN '",
      '-- DOWN',
      "';",
      '-- #endregion',
      '',
      '// down:',
      'DROP TABLE t;',
    ].join('\n');
    assert.deepEqual(shown(foldedLines(text, 'cypher')), [
      'region 0-9',
      'region 11-12',
      'region 5-9',
      'comment 1-2',
      'code 3-4',
      'code 6-8',
    ]);
  });

  it('folds those of an SQL script, with its own strings and nested comments', () => {
    const text = [
      "-- it's for people",
      '--UP:',
      'CREATE TABLE t (',
      "  a VARCHAR DEFAULT $$it's",
      '-- DOWN',
      '$$);',
      '/* /* one',
      '*/ two',
      '-- UP',
      '*/',
      '-- DOWN',
      'DROP TABLE t;',
      '',
    ].join('\r\n');
    assert.deepEqual(shown(foldedLines(text, 'sql')), ['region 1-9', 'region 10-11', 'comment 6-9', 'code 2-5']);
  });

  it('takes only a whole line for a marker, and in SQL only one with dashes', () => {
    for (const line of ['-- UP', '  --down :', '-- Up'])
      assert.ok(hasSections(`SELECT 1;\n${line}\nSELECT 2;`, 'sql'), line);
    for (const line of ['// UP', '-- up and away', 'SELECT 1; -- UP', '-- +goose Up', '-- migrate:up']) {
      assert.ok(!hasSections(line, 'sql'), line);
    }
    assert.ok(hasSections('// UP', 'cypher'));
    assert.deepEqual(foldedLines('-- up and away\nRETURN 1;', 'cypher'), []);
  });
});
