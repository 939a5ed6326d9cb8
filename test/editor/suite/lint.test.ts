import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { answering, makeProject, run, type TestProject, waitFor } from './support';

const CREATE = '-- UP\nCREATE NODE TABLE Person(id INT64 PRIMARY KEY);\n';
const UNDO = '-- DOWN\nDROP TABLE Person;\n';

describe('linting migrations', () => {
  let project: TestProject;
  const at = (name: string) => path.join(project.dir, 'migrations', name);
  const marks = (name: string) => vscode.languages.getDiagnostics(vscode.Uri.file(at(name)));
  const codes = (name: string) => marks(name).map(({ code }) => (typeof code === 'object' ? code.value : code));
  const marked = (name: string, ...wanted: string[]) =>
    waitFor(`${wanted.join(', ') || 'no mark'} in ${name}`, () => codes(name).join() === wanted.join());

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(at(name), text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(at(name)));
    await vscode.window.showTextDocument(document);
    return document;
  }

  async function type(document: vscode.TextDocument, text: string): Promise<void> {
    const all = new vscode.WorkspaceEdit();
    all.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(all);
  }

  beforeEach(async () => {
    project = await makeProject({ statements: [] });
    await mkdir(at(''), { recursive: true });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await project.remove();
  });

  it('marks what is wrong when a script is opened, and again while it is typed', async () => {
    const document = await open('001_person.cypher', `${CREATE}ALTER TABLE Person ADD COLUMN name STRING;\n${UNDO}`);
    await marked('001_person.cypher', 'KM405');
    const [mark] = marks('001_person.cypher');
    assert.deepEqual([mark?.severity, mark?.source], [vscode.DiagnosticSeverity.Error, 'Kuzu Migrate']);
    const { start, end } = mark?.range ?? new vscode.Range(0, 0, 0, 0);
    assert.deepEqual([start.line, start.character, end.character], [2, 23, 29]);
    assert.match(JSON.stringify(mark?.code), /hazards\.md.*"km405"/);
    await type(document, CREATE);
    await marked('001_person.cypher', 'KM431');
    assert.equal(marks('001_person.cypher')[0]?.severity, vscode.DiagnosticSeverity.Warning);
    await type(document, `${CREATE}${UNDO}`);
    await marked('001_person.cypher');
  });

  it('mends it with a quick fix', async () => {
    const document = await open('001_person.cypher', `${CREATE}ALTER TABLE Person ADD a INT64, ADD b INT64;\n${UNDO}`);
    await marked('001_person.cypher', 'KM408');
    const [fix, ...more] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      marks('001_person.cypher')[0]?.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual([fix?.title, more.length], ['Make a statement of each action', 0]);
    assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.equal(
      document.getText(),
      `${CREATE}ALTER TABLE Person ADD a INT64;\nALTER TABLE Person ADD b INT64;\n${UNDO}`,
    );
    await marked('001_person.cypher');
  });

  it('reads SQL as SQL, a file of a pair as one way, and leaves other files alone', async () => {
    await open('002_visit.up.sql', 'CREATE TABLE visit(at TIMESTAMP);\n');
    await marked('002_visit.up.sql', 'KM422');
    await open('notes.cypher', 'ALTER TABLE Person ADD COLUMN name STRING;\n');
    await open('003_last.cypher', CREATE);
    await marked('003_last.cypher', 'KM431');
    assert.deepEqual(marks('notes.cypher'), []);
  });

  it('of the whole project runs each script, and its marks stay until the script is edited', async () => {
    await writeFile(at('001_person.cypher'), `${CREATE}${UNDO}`);
    await writeFile(
      at('002_age.cypher'),
      '-- UP\nALTER TABLE Persn ADD age INT64;\n-- DOWN\nALTER TABLE Persn DROP age;\n',
    );
    const { databases } = JSON.parse(await readFile(path.join(project.dir, 'kuzu-migrate.json'), 'utf8')) as {
      databases: object;
    };
    assert.deepEqual(Object.keys(databases), ['test']);
    const told = await answering();
    await run('lintMigrations', { project: project.dir, database: 'test' });
    assert.deepEqual(
      told.map(({ kind, text, actions }) => [kind, text, actions]),
      [['warning', 'Lint of 2 migrations: errors: 1, warnings: 0, notes: 1.', ['Show Problems']]],
    );
    assert.deepEqual(codes('002_age.cypher'), ['STATEMENT_FAILED', 'KM435']);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(at('002_age.cypher')));
    await vscode.window.showTextDocument(document);
    await type(document, document.getText().replaceAll('Persn', 'Person'));
    await marked('002_age.cypher');
    await document.save();
    const again = await answering();
    await run('lintMigrations', { project: project.dir, database: 'test' });
    assert.equal(again[0]?.text, 'Lint found nothing (migrations: 2).');
  });
});
