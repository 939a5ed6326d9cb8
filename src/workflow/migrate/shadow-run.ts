import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { MigrateError } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import type { MigrationFile } from '../../core/migration/types';
import type { EngineName, Schema } from '../../core/schema/model';
import { pointToFile, type SourceStatement } from '../../engine/shadow';
import { temporaryFolder } from '../../engine/temporary';
import type { Context } from '../context';
import { applyAll } from './apply';
import { requireInside } from './inside';
import { Ledger } from './ledger';
import { preparePlan } from './prepare';
import type { Prepared } from './prepared';
import type { FileReader } from './read-file';
import type { Run } from './run';
import { Target } from './target';

/** A throw-away database in which migrations run as they would in a real one, history and all. */
export class ShadowRun {
  private constructor(
    private readonly dir: string,
    private readonly run: Run,
    private readonly reader: FileReader,
  ) {}

  static async make(
    context: Context,
    engine: EngineName,
    reader: FileReader,
    { signal, memoryMB }: { readonly signal?: AbortSignal; readonly memoryMB?: number } = {},
  ): Promise<ShadowRun> {
    const driver = context.driver(engine);
    const tables = context.project.historyTables;
    const dir = await temporaryFolder('shadow');
    const memory = memoryMB === undefined ? {} : { memoryMB };
    const run: Run = {
      target: new Target(driver, { path: path.join(dir, 'shadow.db'), ...memory }),
      ledger: new Ledger(driver, tables, undefined),
      tables,
      counts: false,
      log: context.log,
      ...(signal ? { signal } : {}),
    };
    return new ShadowRun(dir, run, reader);
  }

  /** The schema without our own tables. */
  async schema(): Promise<Schema> {
    const { target, tables } = this.run;
    return withoutHistory(await target.driver.introspect(await target.session()), tables);
  }

  /** @throws MigrateError STATEMENT_FAILED with file, line and column */
  async statements(statements: readonly SourceStatement[]): Promise<void> {
    const { target, signal } = this.run;
    try {
      await target.run(statements, signal ? { signal } : {});
    } catch (error) {
      throw pointToFile(error, statements);
    }
  }

  /**
   * Runs the ways of migrations, in the order given, without their conditions, which ask for data. @returns what the
   * first that failed failed with
   * @throws MigrateError what reading them can throw, CANCELLED, DRY_RUN_OUTSIDE for what would write elsewhere
   */
  async migrations(files: readonly MigrationFile[], direction: 'up' | 'down'): Promise<MigrateError | undefined> {
    const steps = files.map((file) => {
      const row = this.run.ledger.rowOf(file.key);
      const state = direction === 'up' ? ('pending' as const) : ('applied' as const);
      const entry = { id: file.id, key: file.key, name: file.name, state, file, ...(row ? { row } : {}) };
      return { direction, entry, stored: false, done: 0 };
    });
    const prepared = await preparePlan(
      { steps, problems: [], notes: [] },
      { ...this.reader, applied: this.#applied() },
    );
    try {
      requireInside(prepared.migrations);
      const { error } = await applyAll(this.run, prepared.migrations.map(unconditional));
      if (error?.code === 'CANCELLED') throw error;
      return error;
    } finally {
      await prepared.close();
    }
  }

  async close(): Promise<void> {
    await this.run.target.close().finally(() => rm(this.dir, { recursive: true, force: true }));
  }

  #applied(): string[] {
    return (this.run.ledger.now?.rows ?? []).flatMap(({ status, version }) => (status === 'success' ? [version] : []));
  }
}

function unconditional(prepared: Prepared): Prepared {
  if (prepared.body.kind !== 'statements') return prepared;
  return { ...prepared, body: { ...prepared.body, preconditions: [] } };
}
