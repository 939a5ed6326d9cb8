import assert from 'node:assert/strict';
import { projectFile } from '../support/grammar';

interface OnEnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly previousLineText?: string;
  readonly action: { readonly appendText?: string };
}

interface LanguageConfiguration {
  readonly wordPattern: { readonly pattern: string; readonly flags: string };
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly OnEnterRule[];
  readonly autoClosingPairs: readonly { readonly open: string; readonly close: string; readonly notIn: string[] }[];
}

const configuration = JSON.parse(
  projectFile('syntaxes', 'kuzu-cypher.language-configuration.json'),
) as LanguageConfiguration;

describe('The language configuration', () => {
  it('takes names, quoted names and numbers for words', () => {
    const { pattern, flags } = configuration.wordPattern;
    const words = 'MATCH (é1:`Test case`)-[:T*1..3]->(b) WHERE b.two_$ = $p + 1.5e-3'.match(
      new RegExp(pattern, `g${flags}`),
    );
    assert.deepEqual(words, ['MATCH', 'é1', '`Test case`', 'T', '1', '3', 'b', 'WHERE', 'b', 'two_$', 'p', '1.5e-3']);
  });

  it('indents behind a bracket that stays open, not behind one in a string or a comment', () => {
    const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
    for (const line of ['CREATE NODE TABLE User(', '  meta STRUCT(a INT64,', "MATCH (a {name: 'x'}) WHERE a.id IN ["]) {
      assert.match(line, increase);
    }
    for (const line of ['RETURN (1);', "RETURN '(';", 'RETURN 1; // (', '-- (', '/* (', 'RETURN `(`', ')']) {
      assert.doesNotMatch(line, increase);
    }
    const decrease = new RegExp(configuration.indentationRules.decreaseIndentPattern);
    assert.match('  ) WITH (', decrease);
    assert.doesNotMatch('RETURN (1)', decrease);
  });

  it('folds between region marks in both kinds of line comment', () => {
    const { start, end } = configuration.folding.markers;
    for (const line of ['// #region tables', '--#region']) assert.match(line, new RegExp(start));
    for (const line of ['  // #endregion', '-- #endregion']) assert.match(line, new RegExp(end));
    assert.doesNotMatch('// #regions', new RegExp(start));
  });

  it('goes on with a block comment on the next line, and not behind its end', () => {
    const appended = (before: string, after = '', previous = '') =>
      configuration.onEnterRules.find(
        (rule) =>
          new RegExp(rule.beforeText).test(before) &&
          (rule.afterText === undefined || new RegExp(rule.afterText).test(after)) &&
          (rule.previousLineText === undefined || new RegExp(rule.previousLineText).test(previous)),
      )?.action.appendText;
    assert.equal(appended('/* why'), ' * ');
    assert.equal(appended('/*', ' */'), ' * ');
    assert.equal(appended(' * why', '', '/*'), '* ');
    assert.equal(appended('/* why */'), undefined);
    assert.equal(appended(' * why */', '', '/*'), undefined);
    assert.equal(appended('  *', '', 'RETURN'), undefined);
    assert.equal(appended(' */', '', ' * why'), undefined);
  });

  it('closes no bracket and no quote inside strings and comments', () => {
    for (const { open, notIn } of configuration.autoClosingPairs) {
      assert.deepEqual(notIn, ['string', 'comment'], open);
    }
  });
});
