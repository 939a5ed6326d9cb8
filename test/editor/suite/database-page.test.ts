import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ToPage } from '../../../src/extension/webview/messages';
import { answering, CITY, extension, makeProject, openTabs, ROAD, run, type TestProject, waitFor } from './support';

describe('the database page', () => {
  let project: TestProject;

  before(async () => {
    const cities = Array.from(
      { length: 250 },
      (_, at) => `CREATE (:City {name: 'c${String(at).padStart(3, '0')}', people: ${at}})`,
    );
    const road = "MATCH (a:City {name: 'c000'}), (b:City {name: 'c001'}) CREATE (a)-[:Road {km: 1.5}]->(b)";
    project = await makeProject({ statements: [CITY, ROAD, ...cities, road] });
  });

  after(async () => {
    await project.remove();
  });

  /** A page without its webview: the messages that it would get. */
  const pageOf = async (file: string) => {
    const api = await extension();
    const sent: ToPage[] = [];
    let say: (message: unknown) => void = () => undefined;
    const webview = {
      postMessage: async (message: ToPage) => sent.push(message) > 0,
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        say = listener;
        return { dispose: () => undefined };
      },
    } as unknown as vscode.Webview;
    const page = api.databasePage(file, webview);
    const answer = async (message: unknown): Promise<ToPage> => {
      const before = sent.length;
      say(message);
      await waitFor('an answer', () => sent.length > before);
      return sent.at(-1) as ToPage;
    };
    return { answer, dispose: () => page.dispose() };
  };

  it('opens by a click on a database file', async () => {
    await answering();
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(project.database));
    const tab = await waitFor('the page', () => openTabs().find(({ input }) => input instanceof vscode.TabInputCustom));
    assert.equal((tab.input as vscode.TabInputCustom).viewType, 'kuzuMigrate.database');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('openDatabase', { project: project.dir, database: 'test' });
    await waitFor('the page', () => openTabs().some(({ input }) => input instanceof vscode.TabInputCustom));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('tells engine, storage version, tables, columns and row counts', async () => {
    const page = await pageOf(project.database);
    const overview = await page.answer({ type: 'ready' });
    page.dispose();
    assert.ok(overview.type === 'overview');
    const facts = Object.fromEntries(overview.facts.map(({ label, value }) => [label, value]));
    assert.equal(facts.Engine, 'kuzu 0.11.3');
    assert.equal(facts['Storage version'], '39');
    assert.equal(facts.Rows, '251');
    assert.deepEqual(
      overview.tables.map(({ name, kind, rows }) => [name, kind, rows]),
      [
        ['City', 'node', 250],
        ['Road', 'rel', 1],
      ],
    );
    assert.deepEqual(overview.tables[0]?.columns, [
      { name: 'name', type: 'STRING', isKey: true },
      { name: 'people', type: 'INT64', isKey: false },
    ]);
    assert.deepEqual(overview.tables[1]?.connections, ['City → City']);
  });

  it('gives rows page by page, and holds the file only meanwhile', async () => {
    const page = await pageOf(project.database);
    await page.answer({ type: 'ready' });
    const last = await page.answer({ type: 'rows', table: 'City', offset: 200 });
    assert.ok(last.type === 'rows');
    assert.equal(last.rows.length, 50);
    const road = await page.answer({ type: 'rows', table: 'Road', offset: 0 });
    assert.ok(road.type === 'rows');
    assert.deepEqual(road.columns, ['FROM', 'TO', 'km']);
    assert.deepEqual(road.rows, [['c000', 'c001', '1.500000']]);
    // Another process gets the file for writing while the page is open.
    await project.cypher("CREATE (:City {name: 'zz', people: 1})", "MATCH (c:City {name: 'zz'}) DELETE c");
    page.dispose();
  });

  it('says what is wrong with a file that is none of ours', async () => {
    const file = path.join(project.dir, 'foreign.kuzu');
    await writeFile(file, 'SQLite format 3\0 and so on');
    const page = await pageOf(file);
    const answer = await page.answer({ type: 'ready' });
    page.dispose();
    assert.ok(answer.type === 'problem');
    assert.match(answer.problem.message, /no database file that we know/);
    assert.deepEqual(answer.problem.actions, ['reload', 'log']);
  });

  it('names the engine of a file that another one made', async () => {
    const file = path.join(project.dir, 'other.kuzu');
    await writeFile(file, Buffer.concat([Buffer.from('LBUG'), Buffer.from([41, 0, 0, 0]), Buffer.alloc(4096)]));
    const page = await pageOf(file);
    const answer = await page.answer({ type: 'ready' });
    page.dispose();
    assert.ok(answer.type === 'problem');
    assert.match(answer.problem.message, /LadybugDB file \(storage version 41\)/);
    assert.ok(answer.facts.some(({ value }) => value === 'ladybug'));
  });
});
