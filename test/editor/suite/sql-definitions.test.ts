import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { answering, type MigrationProject, makeMigrationProject } from './support';

const FIRST = `CREATE SCHEMA app;
CREATE TABLE users(id BIGINT);
CREATE TABLE app.users(id BIGINT, mail VARCHAR);
CREATE SCHEMA "My App";
CREATE TABLE "My App"."Us er"(id BIGINT);
`;
const SECOND = `SELECT * FROM users;
SELECT app.users.mail FROM app.users;
SELECT * FROM "My App"."Us er";
SELECT * FROM app.nothing;
`;

describe('Go to Definition in SQL', () => {
  let project: MigrationProject;

  beforeEach(async () => {
    await answering();
    project = await makeMigrationProject('duckdb');
    await project.write('001_first.up.sql', FIRST);
    await project.write('002_second.up.sql', SECOND);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await project.remove();
  });

  /** Lines of the first script, from 1, that the name at a place of the second one leads to. */
  async function lines(line: number, character: number): Promise<unknown[]> {
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      vscode.Uri.file(path.join(project.dir, 'migrations', '002_second.up.sql')),
      new vscode.Position(line - 1, character),
    );
    return places.map(({ uri, range }) => `${path.basename(uri.fsPath)}:${range.start.line + 1}`);
  }

  it('finds names with a schema, in quotes too, and none of another schema', async () => {
    assert.deepEqual(await lines(1, 15), ['001_first.up.sql:2']);
    assert.deepEqual(await lines(2, 33), ['001_first.up.sql:3']);
    assert.deepEqual(await lines(2, 28), ['001_first.up.sql:3'], 'at the name of the schema');
    assert.deepEqual(await lines(2, 12), ['001_first.up.sql:3'], 'before a column');
    assert.deepEqual(await lines(3, 26), ['001_first.up.sql:5']);
    assert.deepEqual(await lines(4, 20), []);
  });
});
