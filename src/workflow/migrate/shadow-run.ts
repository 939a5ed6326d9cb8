import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeName } from '../../core/dialect/kuzu-names';
import { writeSqlName } from '../../core/dialect/sql-names';
import type { MigrateError } from '../../core/errors';
import { withoutHistory } from '../../core/migration/hide';
import type { HistoryTables, MigrationFile } from '../../core/migration/types';
import type { EngineName, Schema } from '../../core/schema/model';
import { pointToFile, type SourceStatement, shadowName } from '../../engine/shadow';
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
    private readonly dir: string | undefined,
    private readonly run: Run,
    private readonly reader: FileReader,
  ) {}

  static async make(
    context: Context,
    engine: EngineName,
    reader: FileReader,
    options: ShadowOptions = {},
  ): Promise<ShadowRun> {
    const dir = await temporaryFolder('shadow');
    return new ShadowRun(dir, runIn(context, engine, path.join(dir, shadowName(options.like)), options), reader);
  }

  /** The same on a copy of a database that is there, which stays where it is. */
  static async on(
    context: Context,
    engine: EngineName,
    reader: FileReader,
    copy: string,
    options: ShadowOptions = {},
  ): Promise<ShadowRun> {
    return new ShadowRun(undefined, runIn(context, engine, copy, options), reader);
  }

  /** The schema without our own tables. */
  async schema(without: HistoryTables = this.run.tables): Promise<Schema> {
    const { target } = this.run;
    return withoutHistory(await target.driver.introspect(await target.session()), without);
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
   * Runs the ways of migrations, in the order given. @returns what the first that failed failed with
   * @param conditions `asked` where the database has the data that they are about
   * @throws MigrateError what reading them can throw, CANCELLED, DRY_RUN_OUTSIDE for what would write elsewhere
   */
  async migrations(
    files: readonly MigrationFile[],
    direction: 'up' | 'down',
    conditions: 'asked' | 'left out' = 'left out',
  ): Promise<MigrateError | undefined> {
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
      const { migrations } = prepared;
      const { error } = await applyAll(this.run, conditions === 'asked' ? migrations : migrations.map(unconditional));
      if (error?.code === 'CANCELLED') throw error;
      return error;
    } finally {
      await prepared.close();
    }
  }

  /** Closes the database, which the next step opens again: what an open one carries from one migration to the next is gone. */
  async reopen(): Promise<void> {
    await this.run.target.close();
  }

  /** Drops the tables in which this run kept its own history. */
  async forgetHistory(): Promise<void> {
    const { target, tables } = this.run;
    const { begin, commit, dialect } = target.driver;
    const write = dialect === 'sql' ? writeSqlName : writeName;
    const drops = [tables.event, tables.version, tables.history].map((name) => `DROP TABLE ${write(name)}`);
    await target.run([begin, ...drops, commit].map((text) => ({ text })));
  }

  async close(): Promise<void> {
    const { dir } = this;
    await this.run.target.close().finally(() => dir && rm(dir, { recursive: true, force: true }));
  }

  #applied(): string[] {
    return (this.run.ledger.now?.rows ?? []).flatMap(({ status, version }) => (status === 'success' ? [version] : []));
  }
}

interface ShadowOptions {
  /** The path of the database that it stands for. */
  readonly like?: string;
  readonly signal?: AbortSignal;
  readonly memoryMB?: number;
}

function runIn(context: Context, engine: EngineName, file: string, { signal, memoryMB }: ShadowOptions): Run {
  const driver = context.driver(engine);
  const tables = context.project.historyTables;
  return {
    target: new Target(driver, { path: file, ...(memoryMB === undefined ? {} : { memoryMB }) }, { isCopy: true }),
    ledger: new Ledger(driver, tables, undefined),
    tables,
    counts: false,
    log: context.log,
    ...(signal ? { signal } : {}),
  };
}

function unconditional(prepared: Prepared): Prepared {
  if (prepared.body.kind !== 'statements') return prepared;
  return { ...prepared, body: { ...prepared.body, preconditions: [] } };
}
