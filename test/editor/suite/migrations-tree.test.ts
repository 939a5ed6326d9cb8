import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { migrationTooltip } from '../../../src/extension/views/migration-item';
import { childNodes, type MigrationNode, rootNodes, type TreeNode } from '../../../src/extension/views/nodes';
import { statusText } from '../../../src/extension/views/status-bar';
import { treeItem } from '../../../src/extension/views/tree-item';
import { upDown, WORDS } from '../../support/migrations';
import { answering, extension, type MigrationProject, makeMigrationProject, run } from './support';

const { table, drop, failing } = WORDS.kuzu;
const script = (name: string) => upDown([table(name)], [drop(name)]);

describe('migrations in the tree', () => {
  let project: MigrationProject;

  beforeEach(async () => {
    project = await makeMigrationProject('kuzu');
  });

  afterEach(async () => {
    await project.remove();
  });

  const state = async () => {
    const { services } = await extension();
    await services.statuses.refresh();
    const found = services.projects.loaded.find(({ dir }) => dir === project.dir);
    assert.ok(found);
    return found;
  };
  const scripts = async (): Promise<{ group: TreeNode; rows: readonly TreeNode[] }> => {
    const { services } = await extension();
    const [database] = rootNodes([await state()], false);
    assert.ok(database);
    const group = childNodes(database, services.statuses.get).find(({ kind }) => kind === 'scripts');
    assert.ok(group);
    return { group, rows: childNodes(group, services.statuses.get) };
  };

  it('tell each state by icon, by words, and to screen readers, newest first', async () => {
    for (const [at, name] of ['A', 'B', 'C', 'D'].entries())
      await project.write(`00${at + 2}_${name}.cypher`, script(name));
    await project.write('009_fails.cypher', upDown([failing]));
    await answering();
    await run('applyAll', { project: project.dir });
    await project.write('003_B.cypher', script('Other'));
    await project.write('001_late.cypher', script('Late'));
    await rm(path.join(project.dir, 'migrations', '005_D.cypher'));
    await project.write('010_next.cypher', script('Next'));
    await project.write('bad name.cypher', script('X'));
    const { group, rows } = await scripts();
    const items = rows.map(treeItem);
    assert.deepEqual(
      items.map(({ label, contextValue, description }) => [label, contextValue, description]),
      [
        ['bad name.cypher', 'scriptProblem', items[0]?.description],
        ['next', 'migration.pending', 'pending · 10'],
        ['fails', 'migration.failed', 'failed · 9'],
        ['D', 'migration.missing', 'missing · 5'],
        ['C', 'migration.applied', 'applied · 4'],
        ['B', 'migration.changed', 'changed · 3'],
        ['A', 'migration.applied', 'applied · 2'],
        ['late', 'migration.outOfOrder', 'out of order · 1'],
      ],
    );
    assert.deepEqual(
      items.slice(1).map(({ accessibilityInformation }) => accessibilityInformation?.label),
      [
        'next, pending, 10',
        'fails, failed, 9',
        'D, missing, 5',
        'C, applied, 4',
        'B, changed, 3',
        'A, applied, 2',
        'late, out of order, 1',
      ],
    );
    const icons = items.map(({ iconPath }) => (iconPath as vscode.ThemeIcon).id);
    assert.equal(new Set(icons.slice(1)).size, 6);
    assert.equal(treeItem(group).description, '1 failed · 1 pending · 1 out of order · 1 changed · 1 without a file');
    assert.deepEqual(
      items.map(({ command }) => command?.command),
      [...Array(3).fill('vscode.open'), 'kuzuMigrate.openScript', ...Array(4).fill('vscode.open')],
    );
    const tooltip = migrationTooltip(rows[2] as MigrationNode).value;
    assert.match(tooltip, /\*\*fails\*\* · failed/);
    assert.match(tooltip, /File&#58; migrations\/009_fails\.cypher|File: migrations\/009_fails\.cypher/);
    assert.match(tooltip, /NoSuchTable/);
    const shown = statusText(await state(), (await extension()).services.statuses);
    assert.equal(shown?.text, '$(database) 3 to apply');
    assert.equal(shown?.isHalf, false);
  });

  it('are files alone until their state has been read', async () => {
    await project.write('001_a.cypher', script('A'));
    await project.write('002_b.sql', 'SELECT 1;');
    const [database] = rootNodes([await state()], false);
    assert.ok(database);
    const [group] = childNodes(database);
    assert.ok(group);
    const rows = childNodes(group).map(treeItem);
    assert.deepEqual(
      rows.map(({ contextValue, accessibilityInformation }) => [contextValue, accessibilityInformation?.label]),
      [['script', '001_a.cypher']],
    );
  });

  it('say why their state is not known', async () => {
    await project.write('001_a.cypher', script('A'));
    await project.execute('CREATE NODE TABLE migration_history(id INT64 PRIMARY KEY)');
    const { group, rows } = await scripts();
    assert.equal(treeItem(group).description, 'state unknown');
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['scriptProblem', 'script'],
    );
    assert.match(String(rows[0] && treeItem(rows[0]).description), /migration_history/);
  });

  it('of a thousand scripts are listed without a tooltip being made for each', async () => {
    await Promise.all(
      Array.from({ length: 1000 }, (_, at) => {
        const id = String(at + 1).padStart(4, '0');
        return writeFile(path.join(project.dir, 'migrations', `${id}_t.cypher`), script(`T${id}`));
      }),
    );
    await run('refresh');
    const { group, rows } = await scripts();
    const items = rows.map(treeItem);
    assert.equal(items.length, 1000);
    assert.ok(items.every(({ tooltip }) => tooltip === undefined));
    assert.equal(treeItem(group).collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    assert.equal(treeItem(group).description, '1000 pending');
  });

  it('of a protected database ask for its name, and a long plan opens as a document', async () => {
    await writeFile(
      path.join(project.dir, 'kuzu-migrate.json'),
      JSON.stringify({ databases: { app: { path: 'data/app.kuzu', protected: true } } }),
    );
    const many = Array.from({ length: 30 }, (_, at) => table(`T${at}`));
    await project.write('001_many.cypher', upDown(many));
    const asked: string[] = [];
    const refused = await answering({ confirm: ({ detail }) => asked.push(detail) > 0, input: () => 'prod' });
    await run('applyAll', { project: project.dir });
    assert.deepEqual(refused, []);
    assert.deepEqual(asked, ['Migrations: 1, statements: 30. They are open in the editor.']);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'kuzu-cypher');
    assert.ok(document?.getText().includes(`${table('T29')};`));
    await answering({ confirm: () => true, input: () => 'app' });
    await run('applyAll', { project: project.dir });
    assert.equal((await project.tables()).length, 30);
  });

  it('of a database that is read-only are not run', async () => {
    await writeFile(
      path.join(project.dir, 'kuzu-migrate.json'),
      JSON.stringify({ databases: { app: { path: 'data/app.kuzu', readOnly: true } } }),
    );
    await project.write('001_a.cypher', script('A'));
    const told = await answering();
    await run('applyAll', { project: project.dir });
    assert.match(told[0]?.text ?? '', /marked readOnly/);
    assert.deepEqual(readdirSync(project.dir).sort(), ['kuzu-migrate.json', 'migrations']);
  });

  it('that come late are applied when the user insists', async () => {
    await project.write('002_a.cypher', script('A'));
    await answering();
    await run('applyAll', { project: project.dir });
    await project.write('001_late.cypher', script('Late'));
    const told = await answering({ message: ({ actions }) => actions.find((one) => one === 'Apply Anyway') });
    await run('applyAll', { project: project.dir });
    while (told.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.match(told[1]?.text ?? '', /^Applied late to app/);
  });
});

describe('a DuckDB database in the tree', () => {
  let project: MigrationProject;

  beforeEach(async () => {
    project = await makeMigrationProject('duckdb');
    await project.write('001_a.sql', upDown([WORDS.duckdb.table('A'), WORDS.duckdb.insert('A', 1)]));
    await answering();
    await run('applyAll', { project: project.dir });
  });

  afterEach(async () => {
    await project.remove();
  });

  it('gets versions, whose schemas are shown and compared as SQL', async () => {
    const told = await answering();
    await run('exportVersion', { project: project.dir, version: 'v1.0.0', database: 'app' });
    assert.deepEqual(
      told.filter(({ kind }) => kind === 'error'),
      [],
    );
    const { services } = await extension();
    await services.projects.refresh();
    const found = services.projects.loaded.find(({ dir }) => dir === project.dir);
    assert.ok(found);
    assert.deepEqual(
      found.list.versions.map(({ version, engine, manifest }) => [version, engine, manifest?.verified]),
      [['v1.0.0', 'duckdb', true]],
    );
    const [database] = rootNodes([found], false);
    assert.ok(database);
    assert.equal(treeItem(database).contextValue, 'database');
    assert.match(String(treeItem(database).description), /^duckdb · /);
    await run('openSchema', { project: project.dir, version: 'v1.0.0' });
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /v1\.0\.0\.sql$/);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /CREATE TABLE A/);
  });

  it('opens as a page with its rows', async () => {
    const api = await extension();
    const sent: { type: string; tables?: { name: string; rows: number; columns: { isKey: boolean }[] }[] }[] = [];
    let say: (message: unknown) => void = () => undefined;
    const webview = {
      postMessage: async (message: (typeof sent)[number]) => sent.push(message) > 0,
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        say = listener;
        return { dispose: () => undefined };
      },
    } as unknown as vscode.Webview;
    const page = api.databasePage(project.database, webview);
    say({ type: 'ready' });
    while (sent.length < 1) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      sent[0]?.tables?.map(({ name }) => name),
      ['A', 'migration_event', 'migration_history', 'schema_version'],
    );
    const mine = sent[0]?.tables?.find(({ name }) => name === 'A');
    assert.deepEqual([mine?.rows, mine?.columns.map(({ isKey }) => isKey)], [1, [true, false]]);
    say({ type: 'rows', table: 'A', offset: 0 });
    while (sent.length < 2) await new Promise((resolve) => setImmediate(resolve));
    page.dispose();
    assert.deepEqual(sent[1], { type: 'rows', table: 'A', offset: 0, columns: ['id', 'name'], rows: [['1', 'n1']] });
  });

  it('shows its schema as SQL', async () => {
    await answering();
    await run('openSchema', { project: project.dir, database: 'app' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'sql');
    assert.match(document?.getText() ?? '', /CREATE TABLE/);
  });
});
