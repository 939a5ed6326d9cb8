import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect } from '../../src/core/dialect/dialect';
import { createCodeHost } from '../../src/engine/code/host';
import { detectFile } from '../../src/engine/detect';
import { loadProject } from '../../src/project/discovery';
import type { Database } from '../../src/project/project';
import { type Context, requireDatabase } from '../../src/workflow/context';
import { migrate } from '../../src/workflow/migrate/migrate';
import { migrationStatus } from '../../src/workflow/migrate/status';
import type { MigrateOutcome, MigrateRequest, Status } from '../../src/workflow/migrate/types';
import { type CliRun, runCli } from '../cli/run-cli';
import { runSteps } from './engine-steps';
import { withTempDir } from './kuzu-script';
import { dist, withDrivers } from './project';

export type TestEngine = 'kuzu' | 'duckdb';
export const ENGINES: readonly TestEngine[] = ['kuzu', 'duckdb'];

export type Row = Readonly<Record<string, unknown>>;

/** What a row of the history says, as far as most tests ask. */
export interface HistoryLine {
  readonly version: string;
  readonly status: string;
  readonly done: number;
  readonly total: number;
}

/** The same small statements in the language of each engine. */
export interface Words {
  readonly dialect: Dialect;
  /** With its dot. */
  readonly ending: string;
  /** A table with the key `id` and a text `name`. */
  table(name: string): string;
  drop(name: string): string;
  insert(table: string, id: number, name?: string): string;
  /** Sets every name. */
  rename(table: string, name: string): string;
  remove(table: string, id: number): string;
  addColumn(table: string, column: string): string;
  dropColumn(table: string, column: string): string;
  /** Gives one row with `n`. */
  count(table: string): string;
  /** Gives one row with `v`, true or false. */
  truth(value: boolean): string;
  /** What the engine refuses when it runs, and not before. */
  readonly failing: string;
  /** Runs outside of a transaction only. */
  readonly checkpoint: string;
  /** The tables of the database, by name. */
  readonly tables: string;
}

export const WORDS: Readonly<Record<TestEngine, Words>> = {
  kuzu: {
    dialect: 'cypher',
    ending: '.cypher',
    table: (name) => `CREATE NODE TABLE ${name}(id INT64, name STRING, PRIMARY KEY(id))`,
    drop: (name) => `DROP TABLE ${name}`,
    insert: (table, id, name = `n${id}`) => `CREATE (:${table} {id: ${id}, name: '${name}'})`,
    rename: (table, name) => `MATCH (n:${table}) SET n.name = '${name}'`,
    remove: (table, id) => `MATCH (n:${table} {id: ${id}}) DELETE n`,
    addColumn: (table, column) => `ALTER TABLE ${table} ADD ${column} INT64`,
    dropColumn: (table, column) => `ALTER TABLE ${table} DROP ${column}`,
    count: (table) => `MATCH (n:${table}) RETURN count(*) AS n`,
    truth: (value) => `RETURN ${value} AS v`,
    failing: 'MATCH (n:NoSuchTable) RETURN n',
    checkpoint: 'CHECKPOINT',
    tables: 'CALL show_tables() RETURN name AS t ORDER BY t',
  },
  duckdb: {
    dialect: 'sql',
    ending: '.sql',
    table: (name) => `CREATE TABLE ${name}(id BIGINT PRIMARY KEY, name VARCHAR)`,
    drop: (name) => `DROP TABLE ${name}`,
    insert: (table, id, name = `n${id}`) => `INSERT INTO ${table} VALUES (${id}, '${name}')`,
    rename: (table, name) => `UPDATE ${table} SET name = '${name}'`,
    remove: (table, id) => `DELETE FROM ${table} WHERE id = ${id}`,
    addColumn: (table, column) => `ALTER TABLE ${table} ADD COLUMN ${column} BIGINT`,
    dropColumn: (table, column) => `ALTER TABLE ${table} DROP COLUMN ${column}`,
    count: (table) => `SELECT count(*) AS n FROM ${table}`,
    truth: (value) => `SELECT ${value} AS v`,
    failing: 'SELECT * FROM no_such_table',
    checkpoint: 'CHECKPOINT',
    tables: 'SELECT table_name AS t FROM duckdb_tables() ORDER BY t',
  },
};

/** A script with both directions. */
export function upDown(up: readonly string[], down: readonly string[] = [], header = ''): string {
  const list = (statements: readonly string[]) => statements.map((text) => `${text};\n`).join('');
  return `${header}-- UP\n${list(up)}${down.length > 0 ? `-- DOWN\n${list(down)}` : ''}`;
}

export type Asked = Partial<Omit<MigrateRequest, 'database' | 'action'>>;

export interface MigrationBench {
  readonly engine: TestEngine;
  readonly words: Words;
  /** The project's folder. */
  readonly dir: string;
  /** The database; the file comes with the first migration. */
  readonly file: string;
  /** The temporary folder of the command line, of this test alone. */
  readonly tmp: string;
  /** The project as it stood when `configure` was last called. */
  context(): Context;
  database(): Database;
  /** What our code wrote into its log. */
  readonly log: readonly string[];
  /** Writes kuzu-migrate.json anew, with these keys more; `database` are keys of the database. */
  configure(more?: Readonly<Record<string, unknown>>, database?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes `migrations/NAME`; without an ending in its name it gets that of the engine. @returns its file, as shown */
  write(name: string, text: string | Buffer): Promise<string>;
  remove(name: string): Promise<void>;
  read(name: string): Promise<string>;
  /** Runs the workflow; every question is answered with yes. */
  migrate(action: MigrateRequest['action'], request?: Asked): Promise<MigrateOutcome>;
  status(): Promise<Status>;
  /** `id state` of each migration. */
  states(): Promise<string[]>;
  cli(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliRun>;
  json(
    args: readonly string[],
  ): Promise<{ readonly code: number | null; readonly json: Answer; readonly stderr: string }>;
  /** Runs statements in the database, in a process outside of our code, which closes it again. */
  run(...statements: string[]): Promise<void>;
  /** Rows of each statement, read outside of our code from a copy of the database: nothing touches the file itself. */
  ask(...statements: string[]): Promise<(readonly Row[])[]>;
  rows(statement: string): Promise<readonly Row[]>;
  count(table: string): Promise<number>;
  /** The tables that are not ours. */
  tables(): Promise<string[]>;
  /** The history by version. */
  history(): Promise<HistoryLine[]>;
  /** `action version status` of each event, in order. */
  events(): Promise<string[]>;
  /** The rows of `schema_version` without their time. */
  version(): Promise<VersionLine[]>;
  /** All of it at one moment, in one process. */
  look(): Promise<Look>;
}

export interface VersionLine {
  readonly version: string;
  readonly dirty: boolean;
}

export interface Look {
  readonly tables: readonly string[];
  readonly history: readonly HistoryLine[];
  readonly events: readonly string[];
  readonly version: readonly VersionLine[];
}

/** What `--json` prints, as far as tests read it. */
export interface Answer {
  readonly ok: boolean;
  readonly error?: AnswerError;
  readonly results?: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly executionMs: number;
    readonly error?: AnswerError;
    readonly notes?: readonly string[];
  }[];
  readonly [key: string]: unknown;
}

export interface AnswerError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly statement?: string;
}

const OURS: readonly string[] = ['migration_history', 'schema_version', 'migration_event'];

/** A project for one engine in a temporary folder, with kuzu-migrate.json and no database yet. */
export async function withMigrations<T>(engine: TestEngine, work: (bench: MigrationBench) => Promise<T>): Promise<T> {
  return withTempDir((base) =>
    withDrivers(async (drivers) => {
      const words = WORDS[engine];
      const dir = path.join(base, 'project');
      const tmp = path.join(base, 'tmp');
      const file = path.join(dir, 'data', `app.${engine}`);
      await Promise.all([mkdir(path.join(dir, 'migrations'), { recursive: true }), mkdir(tmp)]);
      const log: string[] = [];
      let context: Context | undefined;
      const configure: MigrationBench['configure'] = async (more = {}, database = {}) => {
        const dev = { path: `data/app.${engine}`, engine, ...database };
        await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases: { dev }, ...more }));
        const project = await loadProject({ dir, env: {}, detect: detectFile });
        context = {
          project,
          driver: (name) => drivers.get(name),
          codeHost: () => createCodeHost(dist, { log: (line) => log.push(line) }),
          log: (line) => log.push(line),
        };
      };
      await configure();
      const current = (): Context => {
        assert.ok(context);
        return context;
      };
      const place = (name: string) =>
        path.join(dir, 'migrations', /\.[a-z]+$/i.test(name) ? name : `${name}${words.ending}`);
      const cli: MigrationBench['cli'] = (args, env = {}) =>
        runCli(dir, args, { TMPDIR: tmp, XDG_CACHE_HOME: path.join(base, 'cache'), ...env });
      const ask: MigrationBench['ask'] = async (...statements) => {
        const copy = path.join(base, 'copy', path.basename(file));
        await mkdir(path.dirname(copy));
        try {
          await copyFile(file, copy);
          await copyFile(`${file}.wal`, `${copy}.wal`).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'ENOENT') throw error;
          });
          return await answersOf(engine, copy, statements);
        } finally {
          await rm(path.dirname(copy), { recursive: true });
        }
      };
      const rows = async (statement: string) => (await ask(statement))[0] ?? [];
      return work({
        engine,
        words,
        dir,
        file,
        tmp,
        context: current,
        database: () => requireDatabase(current().project),
        log,
        configure,
        write: async (name, text) => {
          await writeFile(place(name), text);
          return `migrations/${path.basename(place(name))}`;
        },
        remove: (name) => rm(place(name)),
        read: (name) => readFile(place(name), 'utf8'),
        migrate: (action, request = {}) =>
          migrate(current(), {
            action,
            database: requireDatabase(current().project),
            confirm: async () => undefined,
            ...request,
          }),
        status: () => migrationStatus(current(), { database: requireDatabase(current().project) }),
        states: async () => {
          const { migrations } = await migrationStatus(current(), { database: requireDatabase(current().project) });
          return migrations.map(({ id, state }) => `${id} ${state}`);
        },
        cli,
        json: async (args) => {
          const { code, stdout, stderr } = await cli([...args, '--json']);
          return { code, stderr, json: JSON.parse(stdout) as Answer };
        },
        run: async (...statements) => {
          await mkdir(path.dirname(file), { recursive: true });
          await answersOf(engine, file, statements);
        },
        ask,
        rows,
        count: async (table) => Number((await rows(words.count(table)))[0]?.n),
        tables: async () => (await rows(words.tables)).map(({ t }) => String(t)).filter((name) => !OURS.includes(name)),
        history: async () => (await rows(historyQuery(engine))).map(historyLine),
        events: async () => (await rows(eventQuery(engine))).map(eventLine),
        version: async () => (await rows(versionQuery(engine))).map(versionLine),
        look: async () => {
          const queries = [words.tables, historyQuery(engine), eventQuery(engine), versionQuery(engine)];
          const [tables = [], history = [], events = [], version = []] = await ask(...queries);
          return {
            tables: tables.map(({ t }) => String(t)).filter((name) => !OURS.includes(name)),
            history: history.map(historyLine),
            events: events.map(eventLine),
            version: version.map(versionLine),
          };
        },
      });
    }),
  );
}

async function answersOf(engine: TestEngine, file: string, statements: readonly string[]): Promise<(readonly Row[])[]> {
  const { answers, exitCode, signal, stderr } = await runSteps(engine, file, statements);
  if (exitCode !== 0) throw new Error(`the engine's process ended with ${exitCode ?? signal}: ${stderr}`);
  return answers.map(({ rows, error }, at) => {
    if (error !== undefined) throw new Error(`${statements[at]}: ${error}`);
    return rows ?? [];
  });
}

function historyQuery(engine: TestEngine): string {
  return engine === 'kuzu'
    ? 'MATCH (m:migration_history) RETURN m.version AS v, m.status AS status, m.applied_statements AS done, m.total_statements AS total ORDER BY v'
    : 'SELECT version AS v, status, applied_statements AS done, total_statements AS total FROM migration_history ORDER BY v';
}

function historyLine({ v, status, done, total }: Row): HistoryLine {
  return { version: String(v), status: String(status), done: Number(done), total: Number(total) };
}

function eventLine({ action, v, status }: Row): string {
  return `${action} ${v} ${status}`;
}

function versionLine({ v, dirty }: Row): VersionLine {
  return { version: String(v), dirty: dirty === true };
}

function eventQuery(engine: TestEngine): string {
  return engine === 'kuzu'
    ? 'MATCH (e:migration_event) RETURN e.action AS action, e.version AS v, e.status AS status ORDER BY e.seq'
    : 'SELECT action, version AS v, status FROM migration_event ORDER BY seq';
}

function versionQuery(engine: TestEngine): string {
  return engine === 'kuzu'
    ? 'MATCH (v:schema_version) RETURN v.version AS v, v.dirty AS dirty'
    : 'SELECT version AS v, dirty FROM schema_version';
}
