import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Answer, MigrationBench } from './migrations';

/** Makes these statements the schema that the project wants. */
export async function desire({ dir, words }: MigrationBench, statements: readonly string[]): Promise<void> {
  await mkdir(path.join(dir, 'ddl'), { recursive: true });
  await writeFile(path.join(dir, 'ddl', `schema${words.ending}`), `${statements.join('\n')}\n`);
}

export const filesOf = ({ files }: Answer) => files as readonly string[];
export const firstId = (answer: Answer) => path.posix.basename(filesOf(answer)[0] ?? '').slice(0, 15);
export const changesOf = (answer: Answer, key = 'changes') => answer[key] as readonly unknown[];
/** The names in the folder of migrations. */
export const scripts = async ({ dir }: MigrationBench) => (await readdir(path.join(dir, 'migrations'))).sort();
