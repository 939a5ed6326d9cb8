import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodeProblem, isError } from './problem';
import type { CodePosition } from './protocol';

/** Runs inside the process of user code: where in the user's files an error came from. */

/** What jiti puts before the code it evaluates; it shifts the columns of the first line. */
const PRELUDE = '(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { '
  .length;
const COMMENT = /\n\/\/# sourceMappingURL=data:application\/json;[^\n]*?base64,([A-Za-z0-9+/=]+)\s*$/;
const FRAME = /^\s+at (?:.*?\()?(?:async )?((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/;
/** How Node begins the stack of an error in the syntax of a file that it loaded itself. */
const SYNTAX = /^((?:file:\/\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)$/;

/** The maps from what runs to what was written. */
export class Positions {
  readonly #maps = new Map<string, SourceMap>();
  readonly #own: string;

  /** @param own the folder of our own bundles, which are never the place of an error */
  constructor(own: string) {
    this.#own = own;
  }

  /** Takes the map out of code that babel made. */
  keep(file: string, code: string): string {
    const found = COMMENT.exec(code);
    if (!found) return code;
    const json = Buffer.from(found[1] ?? '', 'base64').toString('utf8');
    this.#maps.set(file, new SourceMap(JSON.parse(json)));
    return code.slice(0, found.index);
  }

  /** The innermost place in a file of the user's that an error's stack names. */
  of(thrown: unknown): CodePosition | undefined {
    if (thrown instanceof CodeProblem && thrown.position) return thrown.position;
    if (!isError(thrown) || typeof thrown.stack !== 'string') return undefined;
    const lines = thrown.stack.split('\n');
    const syntax = SYNTAX.exec(lines[0] ?? '');
    if (syntax) return this.#position(syntax[1], Number(syntax[2]), 1);
    for (const line of lines) {
      const frame = FRAME.exec(line);
      const position = frame && this.#position(frame[1], Number(frame[2]), Number(frame[3]));
      if (position) return position;
    }
    return undefined;
  }

  #position(where: string | undefined, line: number, column: number): CodePosition | undefined {
    if (where === undefined) return undefined;
    const file = path.normalize(where.startsWith('file:') ? fileURLToPath(where) : where);
    if (path.dirname(file) === this.#own || file.split(path.sep).includes('node_modules')) return undefined;
    const map = this.#maps.get(file);
    if (!map) return { file, line, column };
    const generated = line === 1 ? column - PRELUDE : column;
    const entry = map.findEntry(line - 1, Math.max(generated - 1, 0));
    if (!('originalLine' in entry)) return { file, line, column };
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}
