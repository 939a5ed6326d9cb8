import type { Dialect } from '../../core/dialect/dialect';
import type { MigrationBody } from '../../core/migration/kind';
import type { RunCode } from './kinds';

const CODE = /^\/\/ kuzu-migrate code: (.+)\r?\n/;
const NO_TRANSACTION = /^\s*(?:--|\/\/)\s*transaction\s*:\s*none\s*$/im;

/**
 * What the history keeps of one direction, so that it can be run when the file is gone: a section's own text, with the
 * header's directive where it has none, or the whole text of code with the name of its file, which its imports start from.
 */
export function storedScript(body: MigrationBody<RunCode>, file: string, wholeText: string): string {
  if (body.kind === 'code') return `// kuzu-migrate code: ${file}\n${wholeText}`;
  const { text, transaction } = body.section;
  return transaction === 'none' && !NO_TRANSACTION.test(text) ? `-- transaction: none\n${text}` : text;
}

/** Whether the history keeps code, whose statements only it knows. */
export function isStoredCode(stored: string): boolean {
  return CODE.test(stored);
}

/** A stored script as it can be read again. */
export interface ScriptToRun {
  /** Its ending tells its kind. */
  readonly file: string;
  readonly text: string;
  /** A script is that of one direction; code holds both. */
  readonly role: 'down' | 'single';
}

export function scriptToRun(stored: string, dialect: Dialect, name: string): ScriptToRun {
  const code = CODE.exec(stored);
  if (code) return { file: code[1] ?? name, text: stored.slice(code[0].length), role: 'single' };
  const ending = dialect === 'sql' ? '.sql' : '.cypher';
  return { file: name.endsWith(ending) ? name : `${name}${ending}`, text: stored, role: 'down' };
}
