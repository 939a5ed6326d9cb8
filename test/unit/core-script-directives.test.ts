import assert from 'node:assert/strict';
import { parseScript } from '../../src/core/script/parse';
import { en } from '../../src/core/text/en';

const parse = (text: string) => parseScript(text, 'cypher', 'single');
const details = (text: string) => parse(text).problems.map(({ detail }) => detail.replace('@script.', ''));

describe('directives of the header', () => {
  it('before the first marker count for both directions, in a section for that one', () => {
    const script = parse(
      '-- transaction: none\n-- assert: RETURN true\n-- UP\n// assume: RETURN false;\nRETURN 1;\n-- DOWN\nRETURN 2;',
    );
    const conditions = (section = script.up) => section.preconditions.map(({ kind, query }) => [kind, query]);
    assert.deepEqual([script.up.transaction, script.down?.transaction], ['none', 'none']);
    assert.deepEqual(conditions(), [
      ['assert', 'RETURN true'],
      ['assume', 'RETURN false'],
    ]);
    assert.deepEqual(conditions(script.down), []);
    const own = parse('-- UP\n-- note\nRETURN 1;\n-- DOWN\n\n-- Transaction : NONE\nRETURN 2;');
    assert.deepEqual([own.up.transaction, own.down?.transaction], ['auto', 'none']);
  });

  it('count for the whole file where there is no marker', () => {
    const script = parse('// transaction: none\n\n/* more */ RETURN 1');
    assert.equal(script.up.transaction, 'none');
    assert.equal(parseScript('-- transaction: none\nRETURN 1', 'sql', 'down').down?.transaction, 'none');
  });

  it('name what has to be applied before, each with its place', () => {
    const { requires } = parse('\n  -- requires: 20240115_120000,  3.1.0\n-- REQUIRES:001\nRETURN 1');
    assert.deepEqual(requires, [
      { id: '20240115_120000', line: 2, column: 16 },
      { id: '3.1.0', line: 2, column: 34 },
      { id: '001', line: 3, column: 13 },
    ]);
  });

  it('give a query its own place, and take its semicolon off', () => {
    const { up } = parse("-- assert:  RETURN 'a;b' = 'c' ; // why\nRETURN 1");
    assert.deepEqual(up.preconditions, [{ kind: 'assert', query: "RETURN 'a;b' = 'c'", line: 1, column: 13 }]);
  });

  it('record renames: above the first marker those of the way up, which the way down takes back', () => {
    const script = parse(
      '-- rename: User=Person, Person.`e mail`=mail\n-- UP\n-- rename: A=B\nRETURN 1;\n-- DOWN\nRETURN 2',
    );
    assert.deepEqual(script.problems, []);
    assert.deepEqual(script.up.renames, ['User=Person', 'Person.`e mail`=mail', 'A=B']);
    assert.deepEqual(script.down?.renames, ['Person=User', 'Person.mail=`e mail`']);
    assert.deepEqual(parse('-- UP\nRETURN 1;\n-- DOWN\n-- rename: B=A\nRETURN 2').down?.renames, ['B=A']);
    assert.deepEqual(parseScript('-- Rename: B=A\nRETURN 1', 'sql', 'down').down?.renames, ['B=A']);
  });

  it('are refused behind a statement, and at the end of its line', () => {
    for (const line of [
      'transaction: none',
      'requires: 1',
      'rename: A=B',
      'assert: RETURN true',
      'assume: RETURN true',
    ]) {
      const word = line.replace(/:.*/, '');
      assert.deepEqual(details(`RETURN 1;\n-- ${line}\nRETURN 2`), [`late:${word}`]);
      assert.deepEqual(details(`/* x */ -- ${line}\nRETURN 2`), [`notAlone:${word}`]);
    }
  });

  it('are comments in an open statement', () => {
    const script = parseScript('SELECT 1\n-- transaction: none\n+ 1', 'sql', 'single');
    assert.deepEqual([script.up.transaction, script.problems], ['auto', []]);
  });
});

describe('directives above a statement', () => {
  it('reopen the database before it', () => {
    const { up } = parse('RETURN 1;\n-- reopen\n\n// a note\nRETURN 2; RETURN 3');
    assert.deepEqual(
      up.statements.map(({ reopenBefore }) => reopenBefore),
      [undefined, true, undefined],
    );
  });

  it('run it in batches', () => {
    const { up, problems } = parse('// batch: 5000\nMATCH (a) WITH a LIMIT $batch DELETE a;\nRETURN 1');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      up.statements.map(({ batch }) => batch),
      [5000, undefined],
    );
  });

  it('silence findings: of the next statement, of a section, or of the file', () => {
    const script = parse(
      '-- lint-ignore A1\n-- UP\n-- lint-ignore: B2, C-3\nRETURN 1;\n-- lint-ignore D4\n-- lint-ignore E5\nRETURN 2;\nRETURN 3;\n-- DOWN\nRETURN 4',
    );
    assert.deepEqual(script.ignores, ['A1']);
    const ignores = (section = script.up) => section.statements.map((statement) => statement.ignores);
    assert.deepEqual(ignores(), [
      ['B2', 'C-3'],
      ['B2', 'C-3', 'D4', 'E5'],
      ['B2', 'C-3'],
    ]);
    assert.deepEqual(ignores(script.down), [[]]);
  });

  it('are refused where no statement follows', () => {
    assert.deepEqual(details('RETURN 1;\n-- batch: 5\n'), ['noStatement:batch']);
    assert.deepEqual(details('-- UP\nRETURN 1;\n// reopen\n-- DOWN\nRETURN 2'), ['noStatement:reopen']);
    assert.deepEqual(details('RETURN 1;\n-- lint-ignore A'), ['noStatement:lint-ignore']);
  });

  it('are refused twice', () => {
    assert.deepEqual(details('-- batch: 5\n-- batch: 6\nRETURN $batch'), ['twice:batch']);
    assert.deepEqual(details('-- reopen\n// reopen\nRETURN 1'), ['twice:reopen']);
  });

  it('go with $batch, and it with them', () => {
    assert.deepEqual(details("-- batch: 5\nRETURN '$batch'"), ['batchUnused']);
    const { problems } = parse('RETURN 1;\n RETURN 2,\n  $batch');
    assert.deepEqual(problems, [{ code: 'SCRIPT_INVALID', detail: '@script.batchMissing', line: 3, column: 3 }]);
  });
});

describe('what was meant as a directive', () => {
  const wrong: readonly (readonly [line: string, detail: string])[] = [
    ['transaction: yes', 'transactionValue:yes'],
    ['transaction:', 'transactionValue:'],
    ['transaction none', 'missingColon:transaction'],
    ['requires: the other one', 'requiresValue:the other one'],
    ['requires: 1,', 'requiresValue:1,'],
    ['requires 20240115120000', 'missingColon:requires'],
    ['lint-ignore', 'lintIgnoreValue:'],
    ['lint-ignore: A B', 'lintIgnoreValue:A B'],
    ['assert:', 'emptyQuery:assert'],
    ['assert: // nothing', 'emptyQuery:assert'],
    ['assume: RETURN true; RETURN 1', 'oneQuery:assume'],
    ["assume: RETURN 'a", 'oneQuery:assume'],
    ['rename: the user table', 'renameValue:the user table'],
    ['rename: A=B,', 'renameValue:A=B,'],
    ['rename:', 'renameValue:'],
    ['rename A=B', 'missingColon:rename'],
    ['renmae: A=B', 'unknownDirective:renmae'],
    ['reopen: now', 'reopenValue:now'],
    ['batch: x', 'batchValue:x'],
    ['batch: 0', 'batchValue:0'],
    ['batch: -5', 'batchValue:-5'],
    ['batch: 1.5', 'batchValue:1.5'],
    ['batch: 99999999999999999999', 'batchValue:99999999999999999999'],
    ['batch 500', 'missingColon:batch'],
    ['transacton: none', 'unknownDirective:transacton'],
    ['Transactions: none', 'unknownDirective:transactions'],
    ['require: 5', 'unknownDirective:require'],
    ['lint_ignore: A', 'unknownDirective:lint_ignore'],
    ['bacth: 5', 'unknownDirective:bacth'],
    ['asert: MATCH (n) RETURN true', 'unknownDirective:asert'],
    ['reopne', 'unknownDirective:reopne'],
  ];

  for (const [line, detail] of wrong) {
    it(`is refused when it is wrong: ${line}`, () => assert.deepEqual(details(`-- ${line}\nRETURN 1;`), [detail]));
  }

  it('has a text for every reason', () => {
    for (const [, detail] of wrong) assert.ok(`script.${detail.replace(/:.*/s, '')}` in en, detail);
  });

  it('is not seen in ordinary comments', () => {
    const prose = [
      'Note: hello',
      'transaction handling is below',
      'requires care',
      'assert that all is well',
      'rename the shop',
      'renamed: the users',
      'Renames: two of them',
      'reopen the shop',
      'batch jobs read this',
      'asset: the picture',
      'match: the users',
      'TODO(ann): transaction: none',
      '- batch: x',
      'https://example.org',
      '',
    ];
    for (const line of prose) {
      assert.deepEqual(details(`-- ${line}\n// ${line}\nRETURN 1;`), [], line);
      assert.equal(parse(`-- ${line}\nRETURN 1;`).up.transaction, 'auto');
    }
  });
});
