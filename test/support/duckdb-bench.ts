import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import type { Cell } from '../../src/engine/driver';
import { withSession } from '../../src/engine/with-session';
import { loadProject } from '../../src/project/discovery';
import type { Database } from '../../src/project/project';
import { type Context, requireDatabase } from '../../src/workflow/context';
import { type ExportRequest, exportVersion } from '../../src/workflow/export/export';
import { type ImportRequest, importVersion } from '../../src/workflow/import/import';
import { withTempDir } from './kuzu-script';
import { dist, withDrivers } from './project';

export interface DuckdbBench {
  readonly dir: string;
  readonly file: string;
  readonly database: Database;
  readonly context: Context;
  run(statements: readonly string[], file?: string): Promise<void>;
  rows(statement: string, file?: string): Promise<readonly (readonly Cell[])[]>;
  export(version: string, more?: Partial<ExportRequest>): ReturnType<typeof exportVersion>;
  /** Over the project's database, agreeing to every question. */
  import(version: string, more?: Partial<ImportRequest>): ReturnType<typeof importVersion>;
}

/** A project whose one database, `data/app.duckdb`, was made by these statements. */
export async function withDuckdbBench<T>(
  making: readonly string[] | { readonly statements: readonly string[]; readonly storageVersion: number },
  work: (bench: DuckdbBench) => Promise<T>,
): Promise<T> {
  return withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const file = path.join(dir, 'data', 'app.duckdb');
      await mkdir(path.dirname(file));
      const driver = drivers.get('duckdb');
      const { statements, storageVersion } =
        'statements' in making ? making : { statements: making, storageVersion: 64 };
      const run = async (texts: readonly string[], where = file) => {
        await withSession(driver, { path: where, readOnly: false, storageVersion }, (session) =>
          session.run(texts.map((text) => ({ text }))),
        );
      };
      // A schema may be called like the file, which statements can't tell apart then.
      const made = path.join(path.dirname(file), 'made.duckdb');
      await run(statements, made);
      await rename(made, file);
      const project = await loadProject({ dir, env: {}, detect: detectFile, database: 'data/app.duckdb' });
      const context: Context = {
        project,
        driver: (engine) => drivers.get(engine),
        codeHost: () => createCodeHost(dist, { log: () => undefined }),
        log: () => undefined,
      };
      const database = requireDatabase(project);
      return work({
        dir,
        file,
        database,
        context,
        run,
        rows: (text, where = file) =>
          withSession(driver, { path: where, readOnly: true }, async (session) => {
            const [result] = await session.run([{ text, rows: 10_000 }]);
            return result?.rows ?? [];
          }),
        export: (version, more = {}) =>
          exportVersion(context, { database, version, format: 'parquet', schemaOnly: false, ...more }),
        import: (version, more = {}) =>
          importVersion(context, { action: 'import', version, database, confirm: () => Promise.resolve(), ...more }),
      });
    }),
  );
}
