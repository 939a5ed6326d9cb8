import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { IGrammar } from 'vscode-textmate';
import { loadSqlGrammar, projectRoot, tokenize } from '../support/grammar';
import { KNOWN, KNOWN_PHRASES, NAMES, OURS } from './grammar-duckdb-words';

const COLOURED = /^(?:keyword|storage\.type|constant\.language|support\.function)\b/;
// A column of this type, not null: as a word behind a name it is a constraint.
const NO_COLUMN = ['NULL'];

/** The words that the real engine has, asked in a process of its own. */
function wordsOfEngine(statements: readonly string[]): { keywords: string[]; types: string[]; refused: string[] } {
  const script = path.join(projectRoot, 'test', 'support', 'duckdb-words.mjs');
  const run = spawnSync(process.execPath, [script], { input: JSON.stringify(statements), encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

describe('The injection into SQL and the words of DuckDB', () => {
  let grammar: IGrammar;
  let engine: ReturnType<typeof wordsOfEngine>;
  before(async () => {
    grammar = await loadSqlGrammar();
    engine = wordsOfEngine(Object.values(OURS));
  });

  const scopeOf = (text: string, word: string) =>
    tokenize(grammar, text)
      .tokens.filter((token) => new RegExp(`(?<!\\w)${word}(?!\\w)`, 'i').test(token.text))
      .at(-1)
      ?.scopes.at(-1);

  it('tells of every keyword of the engine who colours it', () => {
    const listed = [...Object.keys(OURS), ...KNOWN, ...Object.keys(KNOWN_PHRASES), ...NAMES];
    assert.deepEqual(listed.sort(), engine.keywords);
  });

  it('is tried on statements that the engine can parse', () => {
    assert.deepEqual(engine.refused, []);
  });

  for (const [keyword, statement] of Object.entries(OURS)) {
    it(`colours ${keyword} in: ${statement}`, () => {
      for (const text of [statement, statement.toLowerCase(), `${statement};`]) {
        assert.match(scopeOf(text, keyword) ?? `no token in: ${text}`, COLOURED);
      }
    });
  }

  it('colours every type of the engine behind a column and behind ::', () => {
    assert.ok(engine.types.length > 80);
    for (const type of engine.types) {
      const written = type.replace(/ WITH TIME ZONE$/, '');
      const texts = NO_COLUMN.includes(type)
        ? []
        : [`CREATE TABLE t (a INTEGER, c ${type})`, `CREATE TABLE t (\n  c ${type},`];
      for (const text of [...texts, `SELECT NULL::${type}`, `SELECT a::${type}[] FROM t`]) {
        for (const cased of [text, text.toLowerCase()]) {
          assert.equal(scopeOf(cased, written), 'storage.type', `${type} in: ${cased}`);
        }
      }
    }
  });

  it('leaves every statement closed at its semicolon', () => {
    const open = Object.values(OURS).filter((statement) => !tokenize(grammar, `${statement};`).closed);
    assert.deepEqual(open, []);
  });
});
