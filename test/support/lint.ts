import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { lintRows } from '../../src/core/report/lint-text';
import { english } from '../../src/core/text/english';
import { lint } from '../../src/workflow/lint/lint';
import type { MigrationBench } from './migrations';

/** What lint finds in the project, as rows in English too. */
export const found = async (bench: MigrationBench, files?: readonly string[]) => {
  const result = await lint(bench.context(), { database: bench.database(), ...(files ? { files } : {}) });
  return { ...result, rows: lintRows(result.findings, english) };
};

/** What is found, as `002.cypher:3 KM405 error`. */
export const short = async (bench: MigrationBench, files?: readonly string[]) =>
  (await found(bench, files)).rows.map(
    ({ file, line, code, severity }) => `${path.basename(file)}:${line} ${code} ${severity}`,
  );

/** Every file of a folder with its size and time. */
export async function everything(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir, { recursive: true });
  const all = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(dir, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
  return all.sort();
}
