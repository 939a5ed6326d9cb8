import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Loss } from '../../src/core/version/loss';
import { findLosses } from '../../src/core/version/losses';
import { catalogOf } from './catalog-of';
import { type KuzuAnswer, queryKuzu, runKuzu } from './kuzu-script';

export interface LossDatabase {
  readonly statements: readonly string[];
  /** What has to be equal before the export and after the import, besides that both succeed. */
  readonly checks: readonly string[];
  readonly format?: 'parquet' | 'csv';
  readonly csvOptions?: Readonly<Record<string, string>>;
  readonly schemaOnly?: boolean;
  /** The export is made before the database is closed for the first time. */
  readonly exportsAtOnce?: boolean;
  /** The folder of the export gets another name before it is imported. */
  readonly moved?: boolean;
  /** Changes the closed file itself: a value that no statement can make. */
  readonly patch?: (bytes: Buffer) => Buffer;
}

/** One loss: a database that has it, and one much like it that has not. */
export interface LossCase {
  readonly code: string;
  readonly title: string;
  readonly loses: LossDatabase;
  readonly keeps: LossDatabase;
}

/** What really became of a database: `same`, or how it was lost. */
export type Fate = 'same' | 'changed' | 'export failed' | 'import failed' | 'crashed' | 'not opened again';

function exportOptions({ format = 'parquet', csvOptions = {}, schemaOnly = false }: LossDatabase): string {
  if (schemaOnly) return '(schema_only=true)';
  const own = Object.entries(csvOptions).map(([name, value]) => `, ${name}=${value}`);
  return format === 'csv' ? `(format='csv', header=true${own.join('')})` : "(format='parquet')";
}

/** The engine does not take one of the statements that make a database. */
export class NotMade extends Error {}

const failed = (answer: KuzuAnswer | undefined) => answer === undefined || 'error' in answer;

/** Exports and imports a database with the engine alone, and compares. */
export async function fateOf(dir: string, database: LossDatabase): Promise<Fate> {
  const file = path.join(dir, 'db');
  const source = path.join(dir, 'source');
  const copy = path.join(dir, 'copy');
  const out = path.join(dir, 'out');
  const target = database.moved ? path.join(dir, 'moved') : out;
  const { checks, statements, patch } = database;
  const exported = `EXPORT DATABASE '${out}' ${exportOptions(database)}`;
  const created = database.exportsAtOnce ? [...statements, exported] : statements;
  await queryKuzu([{ path: file, statements: created }]).catch((error: unknown) => {
    throw new NotMade(error instanceof Error ? error.message : String(error));
  });
  if (patch) await writeFile(file, patch(await readFile(file)));
  // The checks may change what they look at.
  await copyFile(file, source);
  if (!database.exportsAtOnce) {
    const { answers } = await runKuzu([{ path: file, statements: [exported] }]);
    if (answers === undefined) return 'crashed';
    if (failed(answers[0]?.[0])) return 'export failed';
  }
  const run = await runKuzu([
    { path: copy, move: database.moved ? [out, target] : undefined, statements: [`IMPORT DATABASE '${target}'`] },
    { path: copy, statements: checks },
    { path: source, statements: checks },
  ]);
  if (run.answers === undefined) return 'crashed';
  const [imported, after = [], before = []] = run.answers;
  if (failed(imported?.[0])) return 'import failed';
  if (after.some((answer) => 'opened' in answer)) return 'not opened again';
  for (const answer of before) if ('error' in answer) throw new Error(`a check fails: ${answer.error}`);
  return JSON.stringify(before) === JSON.stringify(after) ? 'same' : 'changed';
}

/** What the rules say of the database that `fateOf` left in the folder, after all queries were asked. */
export async function foretold(dir: string, database: LossDatabase): Promise<Loss[]> {
  const file = path.join(dir, 'db');
  const { format = 'parquet', schemaOnly = false, csvOptions } = database;
  const catalog = await catalogOf(file);
  const { losses, probes } = findLosses({ catalog, format, schemaOnly, ...(csvOptions ? { csvOptions } : {}) });
  const { answers } = await runKuzu([{ path: file, readOnly: true, statements: probes.map((probe) => probe.query) }]);
  const real = probes.flatMap((probe, index): Loss[] => {
    const answer = answers?.[0]?.[index];
    if (answer === undefined) throw new Error(`no answer to ${probe.query}`);
    if ('error' in answer) {
      if (probe.onError === undefined) throw new Error(`${probe.query}: ${answer.error}`);
      return [probe.onError];
    }
    return Number(Object.values(answer.rows[0] ?? {})[0] ?? 0) > 0 ? [probe.loss] : [];
  });
  return [...losses, ...real];
}
