import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { answering, makeProject, run, type TestProject, waitFor } from './support';

const USER = 'CREATE NODE TABLE User (id INT64 PRIMARY KEY);\n';

describe('building the schema', () => {
  let project: TestProject;
  const at = (name: string) => path.join(project.dir, 'ddl/core', name);
  const built = () => readFile(path.join(project.dir, 'ddl/schema.cypher'), 'utf8');
  const marks = (name: string) => vscode.languages.getDiagnostics(vscode.Uri.file(at(name)));

  async function edit(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(at(name)));
    const all = new vscode.WorkspaceEdit();
    all.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(all);
    await document.save();
  }

  async function onSave(value: boolean | undefined): Promise<void> {
    const target = vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration().update('kuzuMigrate.buildSchemaOnSave', value, target);
  }

  beforeEach(async () => {
    project = await makeProject({ statements: [] });
    await mkdir(at('nodes'), { recursive: true });
    await mkdir(at('edges'), { recursive: true });
    await writeFile(at('nodes/user.cypher'), USER);
    await writeFile(at('edges/knows.cypher'), 'CREATE REL TABLE Knows (FROM User TO User);\n');
  });

  afterEach(async () => {
    await onSave(undefined);
    await project.remove();
  });

  it('writes the file and says so', async () => {
    const told = await answering();
    await run('buildSchema', { project: project.dir });
    assert.match(await built(), /CREATE NODE TABLE User[\s\S]*CREATE REL TABLE Knows/);
    assert.deepEqual(
      told.map(({ kind, text }) => [kind, text]),
      [['info', 'Made ddl/schema.cypher (objects: 2).']],
    );
    await run('buildSchema', { project: project.dir });
    assert.equal(told[1]?.text, 'ddl/schema.cypher is up to date (objects: 2).');
  });

  it('marks what is wrong at its place, until it is mended', async () => {
    const told = await answering();
    await writeFile(at('edges/likes.cypher'), '\nCREATE REL TABLE Likes (FROM User TO Post);\n');
    await run('buildSchema', { project: project.dir });
    await assert.rejects(built(), { code: 'ENOENT' });
    assert.deepEqual(
      told.map(({ kind, actions }) => [kind, actions]),
      [['error', ['Show Problems']]],
    );
    const [mark, ...more] = marks('edges/likes.cypher');
    assert.equal(more.length, 0);
    assert.deepEqual([mark?.code, mark?.severity], ['DDL_UNDEFINED', vscode.DiagnosticSeverity.Error]);
    const { start, end } = mark?.range ?? new vscode.Range(0, 0, 0, 0);
    assert.deepEqual([start.line, start.character, end.character], [1, 37, 41]);
    await writeFile(at('nodes/post.cypher'), 'CREATE NODE TABLE Post (id INT64 PRIMARY KEY);');
    await run('buildSchema', { project: project.dir });
    assert.deepEqual(marks('edges/likes.cypher'), []);
    assert.match(await built(), /Likes/);
  });

  it('happens on a save where the setting says so, marks without a message, and clears what is mended', async () => {
    await answering();
    await run('buildSchema', { project: project.dir });
    const told = await answering();
    const first = await built();
    await edit('nodes/user.cypher', `${USER}CREATE SEQUENCE unwanted;\n`);
    await onSave(true);
    await edit('nodes/user.cypher', `${USER}\nCREATE NODE TABLE user (id INT64 PRIMARY KEY);\n`);
    const [mark] = await waitFor('the mark', () => {
      const found = marks('nodes/user.cypher');
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual([mark?.code, mark?.range.start.line], ['DDL_DUPLICATE', 2]);
    // Builds of a project run one after the other: one for the first save would be done.
    assert.equal(await built(), first);
    await edit('nodes/user.cypher', `${USER}CREATE SEQUENCE wanted;\n`);
    await waitFor('the build', async () => (await built()).includes('CREATE SEQUENCE wanted'));
    assert.deepEqual([marks('nodes/user.cypher'), told], [[], []]);
  });
});
