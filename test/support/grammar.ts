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

/** The project's Cypher grammar, run by the library that VS Code runs it with. `onScan` is called at each step. */
export function loadGrammar(onScan?: () => void): Promise<IGrammar> {
  return load('source.kuzu-cypher', onScan);
}

export interface SqlGrammar {
  /** False: without what the project injects into SQL. */
  readonly injected?: boolean;
  readonly onScan?: () => void;
  /** The file of the SQL grammar; without one, a small stand-in for the editor's. */
  readonly file?: string;
}

/** A grammar of SQL with what the project injects into it. */
export function loadSqlGrammar({ injected = true, onScan, file = STAND_IN }: SqlGrammar = {}): Promise<IGrammar> {
  return load('source.sql', onScan, injected, file);
}

const inProject = (...segments: string[]) => path.join(projectRoot, ...segments);
const STAND_IN = inProject('test', 'grammar', 'sql.tmLanguage.json');

async function load(
  scopeName: string,
  onScan: () => void = () => undefined,
  injected = true,
  sql = STAND_IN,
): Promise<IGrammar> {
  const wasm = path.join(path.dirname(createRequire(__filename).resolve('vscode-oniguruma')), 'onig.wasm');
  await loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
  const files: Readonly<Record<string, string>> = {
    'source.kuzu-cypher': inProject('syntaxes', 'kuzu-cypher.tmLanguage.json'),
    'source.sql': sql,
    'duckdb.injection': inProject('syntaxes', 'duckdb-injection.tmLanguage.json'),
  };
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new CountingScanner(patterns, onScan),
      createOnigString: (text: string) => new OnigString(text),
    }),
    loadGrammar: async (name) => {
      const file = files[name];
      return file ? parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
    },
    getInjections: (name) => (injected && name === 'source.sql' ? ['duckdb.injection'] : []),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error('The grammar did not load.');
  return grammar;
}

/** Tells of each search for the next rule that fits. */
class CountingScanner extends OnigScanner {
  readonly #onScan: () => void;

  constructor(patterns: string[], onScan: () => void) {
    super(patterns);
    this.#onScan = onScan;
  }

  override findNextMatchSync(...args: Parameters<OnigScanner['findNextMatchSync']>) {
    this.#onScan();
    return super.findNextMatchSync(...args);
  }
}

/** The tokens of a text, blanks dropped, and whether a word on a line behind it belongs to nothing that was opened. */
export function tokenize(grammar: IGrammar, text: string): { tokens: Token[]; closed: boolean } {
  const tokens: Token[] = [];
  let stack = INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const piece = line.slice(startIndex, endIndex);
      if (piece.trim() === '') continue;
      tokens.push({
        text: piece,
        scopes: scopes.slice(1).map((scope) => scope.replace(/\.(?:kuzu-cypher|duckdb)$/, '')),
      });
    }
    stack = result.ruleStack;
  }
  return { tokens, closed: grammar.tokenizeLine('x', stack).ruleStack.depth === 1 };
}
