import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

/** A piece of text with its scopes, the outermost first, without the language's suffix. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

export const projectRoot = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();

/** The text of a file of the project. */
export function projectFile(...segments: string[]): string {
  return readFileSync(path.join(projectRoot, ...segments), 'utf8');
}

/** The project's grammar, run by the library that VS Code runs it with. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = path.join(path.dirname(createRequire(__filename).resolve('vscode-oniguruma')), 'onig.wasm');
  await loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new OnigScanner(patterns),
      createOnigString: (text: string) => new OnigString(text),
    }),
    loadGrammar: async () =>
      parseRawGrammar(projectFile('syntaxes', 'kuzu-cypher.tmLanguage.json'), 'kuzu-cypher.tmLanguage.json'),
  });
  const grammar = await registry.loadGrammar('source.kuzu-cypher');
  if (!grammar) throw new Error('The grammar did not load.');
  return grammar;
}

/** The tokens of a text, blanks dropped, and whether all that was opened is closed behind its last line. */
export function tokenize(grammar: IGrammar, text: string): { tokens: Token[]; closed: boolean } {
  const tokens: Token[] = [];
  let stack = INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const piece = line.slice(startIndex, endIndex);
      if (piece.trim() === '') continue;
      tokens.push({ text: piece, scopes: scopes.slice(1).map((scope) => scope.replace(/\.kuzu-cypher$/, '')) });
    }
    stack = result.ruleStack;
  }
  return { tokens, closed: stack.depth === 1 };
}
