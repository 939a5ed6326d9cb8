import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { KNOWN, KNOWN_PHRASES, OURS } from '../../unit/grammar-duckdb-words';

interface CapturedToken {
  /** The token's text. */
  readonly c: string;
  /** Its scopes, separated by blanks. */
  readonly t: string;
}

const COLOURED = /\b(?:keyword|storage|constant|support)\./;

describe('SQL in the editor', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-sql-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** The tokens of a new .sql file, as the editor's own tests of grammars read them. */
  async function tokensOf(text: string): Promise<readonly CapturedToken[]> {
    const file = path.join(folder, 'script.sql');
    await writeFile(file, text);
    const tokens = await vscode.commands.executeCommand<CapturedToken[]>(
      '_workbench.captureSyntaxTokens',
      vscode.Uri.file(file),
    );
    assert.ok(tokens.length > 0);
    return tokens;
  }

  const isColoured = (tokens: readonly CapturedToken[], word: string) =>
    tokens.some(({ c, t }) => new RegExp(`\\b${word}\\b`, 'i').test(c) && COLOURED.test(t));

  it('keeps the language of the editor for .sql files', async () => {
    const file = path.join(folder, '001_a.sql');
    await writeFile(file, '-- UP\nSELECT 1;\n');
    assert.equal((await vscode.workspace.openTextDocument(file)).languageId, 'sql');
  });

  it('colours markers, directives and the words of DuckDB', async () => {
    const tokens = await tokensOf(`-- UP\n-- batch: 10\n${Object.values(OURS).join(';\n')};\n`);
    const scopesOf = (text: string) => tokens.find(({ c }) => c === text)?.t ?? '';
    assert.match(scopesOf('UP'), /keyword\.control\.section\.duckdb/);
    assert.match(scopesOf('batch'), /keyword\.control\.directive\.duckdb/);
    assert.deepEqual(
      Object.keys(OURS).filter((word) => !isColoured(tokens, word)),
      [],
    );
  });

  it('leaves to the editor the keywords that its grammar knows', async () => {
    const phrases = [...KNOWN, ...Object.values(KNOWN_PHRASES)];
    const tokens = await tokensOf(phrases.map((phrase) => `a ${phrase.toLowerCase()} x\n`).join(''));
    assert.deepEqual(
      [...KNOWN, ...Object.keys(KNOWN_PHRASES)].filter((word) => !isColoured(tokens, word)),
      [],
    );
  });

  it('folds a script by its sections', async () => {
    const file = path.join(folder, '002_b.sql');
    await writeFile(file, '-- UP\nSELECT 1;\n-- DOWN\nSELECT 2;\n');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      vscode.Uri.file(file),
    );
    assert.deepEqual(
      ranges.map(({ start, end }) => [start, end]),
      [
        [0, 1],
        [2, 3],
      ],
    );
  });
});
