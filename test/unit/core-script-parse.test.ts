import assert from 'node:assert/strict';
import { MigrateError } from '../../src/core/errors';
import { batchParameters, withBatchSize } from '../../src/core/script/batch';
import { parseScript, type ScriptRole } from '../../src/core/script/parse';
import { scriptError } from '../../src/core/script/problem';
import type { Section } from '../../src/core/script/script';
import { translate } from '../../src/core/text/translate';

const cypher = (text: string, role: ScriptRole = 'single') => parseScript(text, 'cypher', role);
const sql = (text: string, role: ScriptRole = 'single') => parseScript(text, 'sql', role);
const texts = (section: Section | undefined) => section?.statements.map(({ text }) => text);
const problems = (script: { problems: readonly { detail: string; line: number; column: number }[] }) =>
  script.problems.map(({ detail, line, column }) => [detail.replace('@script.', ''), line, column]);

describe('the sections of a script', () => {
  it('are split at markers in both signs, in any case, with or without a colon', () => {
    for (const [up, down] of [
      ['-- UP', '-- DOWN'],
      ['// up:', '  //down'],
      ['--Up :  ', '\t-- \t Down\t'],
    ]) {
      for (const parse of [cypher, sql]) {
        const script = parse(`-- a note\n${up}\nRETURN 1;\n${down}\nRETURN 2;`);
        assert.deepEqual([texts(script.up), texts(script.down)], [['RETURN 1'], ['RETURN 2']]);
        assert.deepEqual(script.problems, []);
      }
    }
  });

  it('may come the other way round, and the texts are what stands below the markers', () => {
    const script = sql('-- x\r\n-- DOWN\r\nSELECT 2;\r\n  -- UP\r\nSELECT 1;\r\n');
    assert.equal(script.up.text, 'SELECT 1;\r\n');
    assert.equal(script.down?.text, 'SELECT 2;\r\n');
    assert.deepEqual([script.up.statements[0]?.line, script.up.statements[0]?.column], [5, 1]);
  });

  it('are one where there is no marker: all is up, or down in the down file of a pair', () => {
    const text = '\ufeff// note\nRETURN 1; RETURN 2';
    assert.deepEqual(texts(cypher(text).up), ['RETURN 1', 'RETURN 2']);
    assert.equal(cypher(text).up.text, text.slice(1));
    assert.equal(cypher(text).down, undefined);
    const down = cypher(text, 'down');
    assert.deepEqual([texts(down.up), texts(down.down), down.up.text], [[], ['RETURN 1', 'RETURN 2'], '']);
  });

  it('have no down where it holds only comments', () => {
    assert.equal(cypher('-- UP\nRETURN 1;\n-- DOWN\n-- nothing to undo\n/* at all */;').down, undefined);
    assert.equal(sql('-- nothing', 'down').down, undefined);
  });

  it('end an open statement at a marker', () => {
    for (const marker of ['-- DOWN', '// DOWN']) {
      const script = cypher(`-- UP\nRETURN 1\n${marker}\nRETURN 2`);
      assert.deepEqual([texts(script.up), texts(script.down)], [['RETURN 1'], ['RETURN 2']]);
    }
    assert.deepEqual(texts(sql('-- UP\nSELECT 1\n-- DOWN\nSELECT 2').up), ['SELECT 1']);
    // There it is an operator with a column.
    assert.deepEqual(texts(sql('-- UP\nSELECT 1\n// DOWN\n;').up), ['SELECT 1\n// DOWN']);
  });

  it('have no marker in a string, a quoted name, a dollar quote or a comment', () => {
    const inside = '\n-- DOWN\n';
    for (const quoted of [`'${inside}'`, `"${inside}"`, `/*${inside}*/ 1`]) {
      for (const parse of [cypher, sql]) assert.equal(parse(`RETURN ${quoted}`).up.statements.length, 1);
    }
    assert.deepEqual(texts(cypher(`RETURN 1 AS \`${inside}\``).down), undefined);
    assert.deepEqual(texts(sql(`SELECT $x$${inside}$x$`).down), undefined);
    assert.deepEqual(problems(cypher('// see -- DOWN\nRETURN 1')), []);
  });

  it('may be marked in a file of a pair, but only as its own', () => {
    assert.deepEqual(problems(sql('-- UP\nSELECT 1', 'up')), []);
    assert.deepEqual(texts(sql('-- DOWN\nSELECT 1', 'down').down), ['SELECT 1']);
    assert.deepEqual(problems(sql('SELECT 1;\n-- DOWN\nSELECT 1', 'up')), [
      ['beforeMarker', 1, 1],
      ['otherMarker:DOWN', 2, 1],
    ]);
    assert.deepEqual(problems(cypher('// UP\nRETURN 1', 'down')), [['otherMarker:UP', 1, 1]]);
  });

  it('are refused twice, and with a statement before the first marker', () => {
    assert.deepEqual(problems(cypher('-- UP\nRETURN 1;\n  // UP\nRETURN 2')), [['secondMarker:UP', 3, 3]]);
    assert.deepEqual(problems(cypher('\n RETURN 1;\n-- UP\nRETURN 2')), [['beforeMarker', 2, 2]]);
  });

  it('are refused with what was meant as a marker: both directions would run', () => {
    const meant = [
      '-- migrate:up',
      '-- +goose Down',
      '-- +migrate Up',
      '-- Up Migration',
      '--- DOWN ---',
      '-- [UP]',
      '-- DOWN: drop it',
    ];
    for (const line of meant)
      assert.deepEqual(problems(sql(`${line}\nSELECT 1;`)), [[`badMarker:${line.slice(2).trim()}`, 1, 1]]);
    assert.deepEqual(problems(sql('SELECT 1; -- DOWN\nSELECT 2')), [['badMarker:DOWN', 1, 11]]);
    assert.deepEqual(problems(sql('-- up and away\n-- downloads\n-- the up\nSELECT 1')), []);
  });
});

describe('the statements of a script', () => {
  it('have comments between in either sign, whatever the engine says to that', () => {
    assert.deepEqual(texts(cypher('-- a; b\nRETURN 1; -- c;\n-- (d);\nRETURN 2;')?.up), ['RETURN 1', 'RETURN 2']);
    assert.deepEqual(texts(sql("// it's; b\nSELECT 1; // c;\nSELECT 7 // 2;").up), ['SELECT 1', 'SELECT 7 // 2']);
  });

  it('keep what the engine reads inside them', () => {
    assert.deepEqual(texts(cypher('MATCH (a)\n--(b)\nRETURN 1--1; RETURN 2 // ;\n').up), [
      'MATCH (a)\n--(b)\nRETURN 1--1',
      'RETURN 2',
    ]);
  });

  it('are told when they are not closed, with the place where the quote begins', () => {
    assert.deepEqual(problems(cypher("RETURN 1;\nRETURN 2,\n  'a;\n-- DOWN\n")), [['unclosed.string', 3, 3]]);
    assert.deepEqual(problems(sql('SELECT 1 /* ;')), [['unclosed.comment', 1, 10]]);
    assert.deepEqual(problems(sql('SELECT "a;')), [['unclosed.name', 1, 8]]);
    assert.deepEqual(problems(sql('SELECT $x$;')), [['unclosed.string', 1, 8]]);
  });

  it('may not hold a NUL for DuckDB, which would leave out what follows it', () => {
    assert.deepEqual(problems(sql('SELECT 1;\n\0SELECT 2')), [['nul', 2, 1]]);
    assert.deepEqual(problems(cypher("RETURN 'a\0b'")), []);
  });

  it('are found quickly in a text made to be slow', () => {
    const length = 200_000;
    for (const unit of [
      '-',
      '- ',
      '/',
      '// x\n',
      "E'a'\n",
      '$a',
      '/*',
      '$batch;',
      '-- UP\n',
      ' ',
      '\r',
      '-- batch: 1\n',
      'a--',
    ]) {
      for (const parse of [cypher, sql]) parse(`RETURN 1\n${unit.repeat(length / unit.length)}`);
      for (const parse of [cypher, sql]) parse(unit.repeat(length / unit.length));
    }
  });
});

describe('the parameter of a batch', () => {
  it('is found outside strings, names and comments, and replaced', () => {
    const statement =
      "MATCH (a:`$batch`) WHERE a.x <> '$batch' /* $batch */ WITH a LIMIT $batch SET a.y = $batches, a.z = a$batch";
    assert.deepEqual(batchParameters(statement, 'cypher'), [statement.indexOf('LIMIT') + 6]);
    assert.equal(
      withBatchSize('DELETE FROM a LIMIT $batch -- $batch', 'sql', 500),
      'DELETE FROM a LIMIT 500 -- $batch',
    );
    assert.equal(withBatchSize('SELECT $batch$ $batch $batch$', 'sql', 5), 'SELECT $batch$ $batch $batch$');
  });
});

describe('the error of a problem', () => {
  it('names file, line and column, in both languages', () => {
    const script = sql('\n -- transaction: yes');
    assert.ok(script.problems[0]);
    const error = scriptError(script.problems[0], 'migrations/1_a.sql');
    assert.ok(MigrateError.is(error, 'SCRIPT_INVALID'));
    assert.deepEqual(error.where, { file: 'migrations/1_a.sql', line: 2, column: 2 });
    assert.equal(
      translate('en', 'error.SCRIPT_INVALID', error.params),
      'The script can’t be read: `transaction` takes only the value none, not “yes”',
    );
    assert.match(translate('ja', 'error.SCRIPT_INVALID', error.params), /`transaction` .+“yes”/);
  });
});
