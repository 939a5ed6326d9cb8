import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { viewState } from '../../../src/extension/services/view-state';
import { childNodes, rootNodes } from '../../../src/extension/views/nodes';
import { treeItem } from '../../../src/extension/views/tree-item';
import { answering, extension, makeProject, run, stateOf, type TestProject, waitFor, workspaceDir } from './support';

describe('projects', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  const own = (project: TestProject) => {
    cleanups.push(() => project.remove());
    return project;
  };

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  it('stand in folders where there are several', async () => {
    const project = own(await makeProject());
    const { services } = await extension();
    const roots = rootNodes(services.projects.states, false);
    assert.deepEqual(
      roots.map((node) => treeItem(node).label),
      ['sample', path.basename(project.dir)],
    );
    assert.deepEqual(
      roots.flatMap((root) => childNodes(root)).map(({ kind }) => kind),
      ['database', 'database'],
    );
  });

  it('are asked for where it is not clear which one is meant', async () => {
    const project = own(await makeProject());
    const asked: string[] = [];
    await answering({
      pick: (labels) => {
        asked.push(...labels);
        return path.basename(project.dir);
      },
      input: () => 'v0.1.0',
    });
    await vscode.window.showTextDocument(vscode.Uri.file(path.join(project.dir, 'kuzu-migrate.json')));
    await run('exportVersion', { format: 'parquet' });
    assert.deepEqual(asked, [path.basename(project.dir), 'sample']);
    assert.deepEqual(
      (await stateOf(project)).list.versions.map(({ version }) => version),
      ['v0.1.0'],
    );
  });

  it('come and go with the folders of a multi-root workspace', async () => {
    const { services } = await extension();
    const project = own(await makeProject({ inside: false }));
    vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(project.dir) });
    await waitFor('the second project', () => services.projects.loaded.length === 2);
    assert.deepEqual(
      rootNodes(services.projects.states, true).map(({ kind }) => kind),
      ['folder', 'folder'],
    );
    vscode.workspace.updateWorkspaceFolders(1, 1);
    await waitFor('the second project to go', () => services.projects.loaded.length === 1);
  });

  it('with a configuration that is wrong show where, and leave the others alone', async () => {
    const dir = await mkdtemp(path.join(workspaceDir(), 'broken-'));
    cleanups.push(
      () => rm(dir, { recursive: true }),
      () => run('refresh') as Promise<unknown>,
    );
    await writeFile(path.join(dir, 'kuzu-migrate.json'), '{\n  "databases": { "dev": { "pfad": 1 } }\n}');
    const { services } = await extension();
    await services.projects.refresh();
    assert.equal(services.projects.loaded.length, 1);
    const state = services.projects.states.find((one) => one.kind === 'broken');
    assert.ok(state);
    const item = treeItem({ kind: 'problem', state });
    assert.match(String(item.tooltip), /kuzu-migrate\.json:2:\d+: the key “pfad” is not known/);
    assert.equal(item.command?.command, 'vscode.open');
  });

  it('are made by a command that writes the configuration and opens it', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'new-project-'));
    cleanups.push(() => rm(dir, { recursive: true, force: true }));
    await answering();
    await run('newProject', { project: dir });
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, path.join(dir, 'kuzu-migrate.json'));
    const told = await answering();
    await run('newProject', { project: dir });
    assert.match(told[0]?.text ?? '', /exists already/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('decide what the view says when it has no rows', async () => {
    const { services } = await extension();
    const project = own(await makeProject());
    const state = await stateOf(project);
    const of = (states: typeof services.projects.states) =>
      viewState({ isRead: true, states } as typeof services.projects);
    assert.equal(of([]), 'noProject');
    assert.equal(viewState({ isRead: false, states: [] } as unknown as typeof services.projects), 'loading');
    assert.equal(of([state]), 'noVersions');
    const databases = state.databases.map(({ database }) => ({ database }));
    assert.equal(of([{ ...state, databases }]), 'noDatabase');
    assert.equal(of([{ ...state, scripts: ['001_x.cypher'] }]), 'ready');
    assert.equal(viewState(services.projects), 'ready');
  });

  it('claim our language for scripts in their own folders, and for no other file', async () => {
    const project = own(await makeProject({ config: { migrations: 'changes' } }));
    await mkdir(path.join(project.dir, 'changes'));
    const open = async (name: string) => {
      const file = path.join(project.dir, name);
      await writeFile(file, 'MATCH (n) RETURN n;');
      return vscode.workspace.openTextDocument(file);
    };
    const mine = await open('changes/first.cypher');
    await waitFor('the language', () => mine.languageId === 'kuzu-cypher');
    const other = await open('other.cypher');
    assert.equal(other.languageId, 'plaintext');
    await mkdir(path.join(project.dir, 'migrations'));
    assert.equal((await open('migrations/001_x.cypher')).languageId, 'kuzu-cypher');
  });

  it('fold the sections of a script', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'kuzu-cypher',
      content: '-- UP\nCREATE NODE TABLE A (\n  id INT64,\n  PRIMARY KEY (id)\n);\n\n-- DOWN\nDROP TABLE A;\n',
    });
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      ranges.map(({ start, end }) => [start, end]),
      [
        [0, 4],
        [1, 4],
        [6, 7],
      ],
    );
  });
});
