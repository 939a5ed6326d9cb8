import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LintRow } from '../../../src/core/report/lint-text';
import { runCli } from '../../cli/run-cli';
import { type TestEngine, upDown } from '../../support/migrations';
import {
  answering,
  type MigrationProject,
  makeMigrationProject,
  makeProject,
  run,
  type TestProject,
  waitFor,
} from './support';

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

interface Case {
  readonly title: string;
  readonly engine: TestEngine;
  /** Scripts by their names; the last one has the finding. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is marked, in line 3. */
  readonly text: string;
}

/** By VS Code's number. */
const SEVERITIES = ['error', 'warning', 'note'];
const CASES: readonly Case[] = [
  {
    title: 'a view of another shape',
    engine: 'duckdb',
    scripts: {
      '001_view.sql': upDown(
        ['CREATE TABLE t(a INT)', 'CREATE VIEW v AS SELECT a FROM t WHERE a > 1'],
        ['DROP VIEW v', 'DROP TABLE t'],
      ),
      '002_again.sql': upDown(
        ['CREATE TABLE u(a INT)', 'CREATE VIEW IF NOT EXISTS v AS SELECT a FROM t WHERE a > 2'],
        ['DROP TABLE u'],
      ),
    },
    code: 'KM433',
    severity: 'error',
    text: 'CREATE VIEW IF NOT EXISTS v AS SELECT a FROM t WHERE a > 2',
  },
  {
    title: 'a view that no longer works',
    engine: 'duckdb',
    scripts: {
      '001_view.sql': upDown(
        ['CREATE TABLE z(a INT, e TEXT)', 'CREATE VIEW vz AS SELECT a, e FROM z'],
        ['DROP VIEW vz', 'DROP TABLE z'],
      ),
      '002_rename.sql': upDown(
        ['CREATE TABLE y(a INT)', 'ALTER TABLE z RENAME e TO f'],
        ['ALTER TABLE z RENAME f TO e', 'DROP TABLE y'],
      ),
    },
    code: 'KM436',
    severity: 'warning',
    text: 'ALTER TABLE z RENAME e TO f',
  },
  {
    title: 'a COPY that leaves out a default',
    engine: 'kuzu',
    scripts: {
      '001_tables.cypher': upDown(
        ['CREATE NODE TABLE O(id INT64 PRIMARY KEY)', 'CREATE NODE TABLE T(id INT64 PRIMARY KEY, n INT32 DEFAULT 7)'],
        ['DROP TABLE T', 'DROP TABLE O'],
      ),
      '002_copy.cypher': upDown(
        ['CREATE (:O {id: 1})', 'COPY T(id) FROM (MATCH (o:O) RETURN o.id)'],
        ['MATCH (t:T) DELETE t', 'MATCH (o:O) DELETE o'],
      ),
    },
    code: 'KM437',
    severity: 'error',
    text: 'T',
  },
];

describe('linting what the migrations before have made', () => {
  let project: MigrationProject;

  afterEach(async () => {
    await project.remove();
  });

  for (const { title, engine, scripts, code, severity, text } of CASES) {
    it(`marks ${title}, as the command line does, and still when the script is opened`, async () => {
      project = await makeMigrationProject(engine);
      for (const [name, script] of Object.entries(scripts)) await project.write(name, script);
      const file = path.join(project.dir, 'migrations', Object.keys(scripts).at(-1) ?? '');
      await answering();
      await run('lintMigrations', { project: project.dir, database: 'app' });
      const marks = () => vscode.languages.getDiagnostics(vscode.Uri.file(file));
      const before = marks();
      const { stdout } = await runCli(project.dir, ['lint', '--format', 'json'], { ELECTRON_RUN_AS_NODE: '1' });
      const { findings } = JSON.parse(stdout) as { readonly findings: readonly LintRow[] };
      assert.deepEqual(
        before.map(({ code, severity, message, range: { start, end } }) => [
          ...[typeof code === 'object' ? code.value : code, SEVERITIES[severity], message],
          ...[start.line + 1, start.character + 1, end.line + 1, end.character + 1],
        ]),
        findings.map(({ code, severity, message, hint, line, column, endLine, endColumn }) => [
          ...[code, severity, hint ? `${message} ${hint}` : message],
          ...[line, column, endLine, endColumn],
        ]),
      );
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      assert.deepEqual(
        findings.map(({ code, severity, line }, at) => [code, severity, line, document.getText(before[at]?.range)]),
        [[code, severity, 3, text]],
      );
      // Read after the one above, so that what this does to that one's marks is done.
      const next = await project.write(path.basename(file).replace('002', '003'), '-- UP\nCHECKPOINT;\n');
      await vscode.workspace.openTextDocument(vscode.Uri.file(next));
      await waitFor('its mark', () => vscode.languages.getDiagnostics(vscode.Uri.file(next)).length > 0);
      assert.deepEqual(marks(), before);
    });
  }
});
