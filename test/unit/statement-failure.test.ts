import assert from 'node:assert/strict';
import { failureParams } from '../../src/core/statement/failure';
import { translate } from '../../src/core/text/translate';

const hint = (detail: string, statement = 'X') =>
  translate('en', 'hint.STATEMENT_FAILED', failureParams(detail, statement));

describe('the hint of a statement that fails', () => {
  for (const detail of [
    'Constraint Error: NOT NULL constraint failed: t.n',
    'Constraint Error: PRIMARY KEY or UNIQUE constraint violation: duplicate key "3"',
    "Conversion Error: Could not convert string 'x' to INT32",
    'Runtime exception: Found duplicated primary key value 1, which violates the uniqueness constraint of the primary key column.',
    'Copy exception: Found NULL, which violates the non-null constraint of the primary key column.',
    'Copy exception: Unable to find primary key value 77.',
    'Conversion exception: Cast failed. Could not convert "x" to INT64.',
    'Overflow exception: Value 500 is not within INT8 range',
  ]) {
    it(`is about the values: ${detail.slice(0, 60)}`, () => assert.match(hint(detail), /^Correct the values .*: X$/));
  }

  for (const detail of [
    'Binder exception: Table Persn does not exist.',
    'Parser exception: mismatched input',
    'Catalog Error: Table with name persn does not exist!',
    'Copy exception: No file found that matches the pattern: T.csv.',
    'Runtime exception: Cannot delete node table A with label B',
  ]) {
    it(`is about the statement: ${detail.slice(0, 60)}`, () => assert.equal(hint(detail), 'Correct the statement: X'));
  }

  it('shows one line of it, cut where it is long', () => {
    assert.equal(hint('Binder', 'MATCH (a)\n  RETURN b'), 'Correct the statement: MATCH (a) …');
    assert.equal(hint('Binder', `RETURN ${'x'.repeat(700)}`), `Correct the statement: RETURN ${'x'.repeat(113)} …`);
    assert.equal(hint('Binder', `RETURN ${'🌍'.repeat(700)}`), `Correct the statement: RETURN ${'🌍'.repeat(113)} …`);
    assert.equal(hint('Binder', 'RETURN 1'), 'Correct the statement: RETURN 1');
    assert.equal(
      translate('ja', 'hint.STATEMENT_FAILED', failureParams('Binder', 'X')),
      'ステートメントを修正してください: X',
    );
  });
});
