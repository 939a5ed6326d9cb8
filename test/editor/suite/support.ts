import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension/api';
import type { Choice, Confirmation, Dialogs } from '../../../src/extension/services/dialogs';
import { queryKuzu } from '../../support/kuzu-script';
import type { TestEngine } from '../../support/migrations';

/** The extension as it runs in this window. */
export async function extension(): Promise<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>('kuzu-migrate.kuzu-migrate');
  assert.ok(found, 'the extension is installed');
  return found.activate();
}

export interface Told {
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly actions: readonly string[];
}

/** What a user would answer; a question without an answer fails the test. */
export interface Answers {
  readonly message?: (told: Told) => string | undefined | Promise<string | undefined>;
  readonly confirm?: (question: Confirmation) => boolean;
  /** The label to take, or undefined to close the question. */
  readonly pick?: (labels: readonly string[], options: vscode.QuickPickOptions) => string | undefined;
  readonly input?: (options: vscode.InputBoxOptions) => string | undefined;
  readonly saveFile?: () => vscode.Uri | undefined;
  readonly open?: (options: vscode.OpenDialogOptions) => vscode.Uri | undefined;
}

/** Answers in place of the user for one test, and keeps what it was told. */
export async function answering(answers: Answers = {}): Promise<readonly Told[]> {
  const told: Told[] = [];
  const unexpected = (question: string) => new Error(`nobody expected to be asked: ${question}`);
  const dialogs: Dialogs = {
    message: async (kind, text, actions) => {
      told.push({ kind, text, actions });
      return answers.message?.({ kind, text, actions });
    },
    confirm: async (question) => {
      if (!answers.confirm) throw unexpected(question.message);
      return answers.confirm(question);
    },
    pick: async <T>(choices: readonly Choice<T>[], options: vscode.QuickPickOptions) => {
      if (!answers.pick) throw unexpected(options.placeHolder ?? '');
      const taken = answers.pick(
        choices.map(({ label }) => label),
        options,
      );
      return choices.find(({ label }) => label === taken)?.value;
    },
    input: async (options) => {
      if (!answers.input) throw unexpected(options.prompt ?? '');
      return answers.input(options);
    },
    saveFile: async () => {
      if (!answers.saveFile) throw unexpected('where to save');
      return answers.saveFile();
    },
    open: async (options) => {
      if (!answers.open) throw unexpected('what to open');
      return answers.open(options);
    },
  };
  (await extension()).setDialogs(dialogs);
  return told;
}

/** Runs a command of ours as a key binding would. */
export function run<T>(name: string, request: object = {}): Thenable<T> {
  return vscode.commands.executeCommand<T>(`kuzuMigrate.${name}`, request);
}

/** Asks again and again until the answer is true, false-like answers mean: not yet. */
export async function waitFor<T>(what: string, ask: () => T | Promise<T>, ms = 60_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function workspaceDir(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

export const CITY = 'CREATE NODE TABLE City (name STRING, people INT64, PRIMARY KEY (name))';
export const ROAD = 'CREATE REL TABLE Road (FROM City TO City, km DOUBLE)';

export interface TestProject {
  readonly dir: string;
  readonly database: string;
  /** Runs statements on its database, in a process of their own. */
  cypher(...statements: readonly string[]): Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>;
  remove(): Promise<void>;
}

/** A project with a database of a few rows, in a folder of the window or beside it. */
export async function makeProject(
  options: { readonly inside?: boolean; readonly config?: object; readonly statements?: readonly string[] } = {},
): Promise<TestProject> {
  const parent = options.inside === false ? os.tmpdir() : workspaceDir();
  const dir = await mkdtemp(path.join(parent, 'project-'));
  const database = path.join(dir, 'data', 'test.kuzu');
  await mkdir(path.dirname(database));
  const cypher = async (...statements: readonly string[]) =>
    (await queryKuzu([{ path: database, statements }]))[0] ?? [];
  await cypher(...(options.statements ?? [CITY, "CREATE (:City {name: 'Oslo', people: 700000})"]));
  const config = { databases: { test: { path: 'data/test.kuzu' } }, ...options.config };
  await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify(config));
  const { services } = await extension();
  await services.projects.refresh();
  return {
    dir,
    database,
    cypher,
    remove: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(dir, { recursive: true, force: true });
      await services.projects.refresh();
    },
  };
}

/** The project as the extension sees it. */
export async function stateOf({ dir }: TestProject) {
  const { services } = await extension();
  const state = services.projects.loaded.find((one) => one.dir === dir);
  assert.ok(state, `the extension sees ${dir}`);
  return state;
}

export function openTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

export interface MigrationProject {
  readonly dir: string;
  readonly engine: TestEngine;
  /** The database; the file comes with the first migration. */
  readonly database: string;
  /** Writes `migrations/NAME`, and lets the extension see it. @returns the file */
  write(name: string, text: string): Promise<string>;
  /** Runs statements on the database without us. */
  execute(...statements: readonly string[]): Promise<void>;
  /** Names of the tables that migrations have made. */
  tables(): Promise<readonly string[]>;
  /** `id state` of each migration, by id. */
  states(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** A project whose database migrations are to make; `config` are further keys of the database. */
export async function makeMigrationProject(engine: TestEngine, config: object = {}): Promise<MigrationProject> {
  const dir = await mkdtemp(path.join(workspaceDir(), `${engine}-`));
  const name = engine === 'kuzu' ? 'data/app.kuzu' : 'data/app.duckdb';
  const database = path.join(dir, name);
  await mkdir(path.join(dir, 'migrations'));
  const databases = { app: { path: name, engine, ...config } };
  await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases }));
  const { services } = await extension();
  await services.projects.refresh();
  const state = () => {
    const found = services.projects.loaded.find((one) => one.dir === dir);
    assert.ok(found, `the extension sees ${dir}`);
    return found;
  };
  return {
    dir,
    engine,
    database,
    write: async (file, text) => {
      const target = path.join(dir, 'migrations', file);
      await writeFile(target, text);
      await services.projects.refresh();
      return target;
    },
    execute: async (...statements) => {
      await mkdir(path.dirname(database), { recursive: true });
      const driver = await services.engines.driver(engine);
      const session = await driver.open({ path: database, readOnly: false });
      try {
        await session.run(statements.map((text) => ({ text })));
      } finally {
        await session.close();
      }
    },
    tables: async () => {
      const driver = await services.engines.driver(engine);
      const session = await driver.open({ path: database, readOnly: true });
      try {
        const { tables } = await driver.introspect(session);
        const own = ['migration_history', 'migration_event', 'schema_version'];
        return tables
          .map((table) => table.name)
          .filter((table) => !own.includes(table))
          .sort();
      } finally {
        await session.close();
      }
    },
    states: async () => {
      const [app] = state().project.databases;
      assert.ok(app);
      const { rows } = await services.statuses.read(state(), app);
      return rows.map(({ id, shown }) => `${id} ${shown}`);
    },
    remove: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(dir, { recursive: true, force: true });
      await services.projects.refresh();
    },
  };
}
