import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { IGrammar } from 'vscode-textmate';
import { loadSqlGrammar, type Token, tokenize } from '../../support/grammar';
import { KNOWN, KNOWN_PHRASES, OURS } from '../../unit/grammar-duckdb-words';
import { extension } from './support';

interface GrammarEntry {
  readonly scopeName: string;
  readonly path: string;
}

/** The file of the SQL grammar that the editor brings along. */
function editorsGrammar(): string {
  const sql = vscode.extensions.getExtension('vscode.sql');
  assert.ok(sql, 'the editor has its extension for SQL');
  const grammars: readonly GrammarEntry[] = sql.packageJSON.contributes.grammars;
  const entry = grammars.find(({ scopeName }) => scopeName === 'source.sql');
  assert.ok(entry);
  return path.join(sql.extensionPath, entry.path);
}

const COLOURED = /^(?:keyword|storage|constant\.language|support\.function)\./;
const isColoured = (tokens: readonly Token[], word: string) =>
  tokens.some(
    ({ text, scopes }) => new RegExp(`\\b${word}\\b`, 'i').test(text) && COLOURED.test(`${scopes.at(-1) ?? ''}.`),
  );

describe('SQL in the editor', () => {
  let folder: string;
  let file: string;
  let injected: IGrammar;
  let plain: IGrammar;
  before(async () => {
    await extension();
    folder = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-sql-'));
    file = path.join(folder, '001_a.sql');
    await writeFile(file, '-- UP\nSELECT 1;\n-- DOWN\nSELECT 2;\n');
    injected = await loadSqlGrammar({ file: editorsGrammar() });
    plain = await loadSqlGrammar({ file: editorsGrammar(), injected: false });
  });
  after(() => rm(folder, { recursive: true }));

  it('keeps the language of the editor, and folds by sections', async () => {
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.languageId, 'sql');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const lines = ranges.map(({ start, end }) => [start, end]);
    assert.deepEqual(lines, [
      [0, 1],
      [2, 3],
    ]);
  });

  it('colours the words of DuckDB that its grammar has not', () => {
    for (const [word, statement] of Object.entries(OURS)) {
      assert.ok(isColoured(tokenize(injected, statement).tokens, word), `${word} in: ${statement}`);
    }
  });

  it('leaves the keywords to its grammar that it has', () => {
    const phrases = { ...Object.fromEntries(KNOWN.map((word) => [word, word])), ...KNOWN_PHRASES };
    for (const [word, phrase] of Object.entries(phrases)) {
      assert.ok(isColoured(tokenize(plain, `a ${phrase.toLowerCase()} x`).tokens, word), word);
    }
  });

  it('nests block comments by itself', () => {
    const { tokens } = tokenize(plain, '/* a /* b */ c */ SELECT');
    assert.ok(tokens.slice(0, -1).every(({ scopes }) => scopes[0] === 'comment.block'));
    assert.equal(tokens.at(-1)?.text.trim(), 'SELECT');
  });
});
