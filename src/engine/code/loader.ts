import { readFile } from 'node:fs/promises';
import { createJiti, type TransformOptions, type TransformResult } from 'jiti';
import type { Positions } from './positions';
import { CodeProblem } from './problem';

/** Runs inside the process of user code: evaluates the user's modules without a build step. */

type Transform = (options: TransformOptions) => TransformResult;

/** @param babel the file of jiti's compiler, which is large and read on first use */
export function createLoader(
  babel: string,
  positions: Positions,
): (file: string, source: string | null) => Promise<unknown> {
  let compile: Transform | undefined;
  const transform: Transform = (options) => {
    compile ??= require(babel) as Transform;
    const { code, error } = compile(options);
    if (error) throw syntaxProblem(error, options.filename);
    return { code: options.filename === undefined ? code : positions.keep(options.filename, code) };
  };
  return async (file, source) => {
    // No cache in files: a reading command writes nothing, and what lies in a shared folder is not to be trusted.
    const jiti = createJiti(file, { fsCache: false, sourceMaps: true, transform });
    const text = source ?? (await readFile(file, 'utf8'));
    // Always compiled, since Node's own loader would read the file again and not what was given.
    return jiti.evalModule(text.replace(/^\uFEFF/, ''), { filename: file, async: true, forceTranspile: true });
  };
}

function syntaxProblem(
  error: { message?: unknown; loc?: { line: number; column: number } },
  file?: string,
): CodeProblem {
  // Babel puts the path before its message, and the position and the lines around it behind it.
  const message = String(error.message).split('\n')[0] ?? '';
  const detail = (file && message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message).replace(
    /\s*\(\d+:\d+\)$/,
    '',
  );
  const { loc } = error;
  const position = loc && file !== undefined ? { file, line: loc.line, column: loc.column + 1 } : undefined;
  return new CodeProblem(`SyntaxError: ${detail}`, 'failed', position);
}
