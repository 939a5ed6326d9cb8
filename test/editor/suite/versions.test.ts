import assert from 'node:assert/strict';
import { access, cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { childNodes, rootNodes, type TreeNode } from '../../../src/extension/views/nodes';
import { treeItem } from '../../../src/extension/views/tree-item';
import {
  answering,
  extension,
  makeProject,
  openTabs,
  ROAD,
  run,
  stateOf,
  type TestProject,
  waitFor,
  workspaceDir,
} from './support';

const COUNT = 'MATCH (c:City) RETURN count(*) AS n';

describe('versions', () => {
  let project: TestProject;

  beforeEach(async () => {
    project = await makeProject();
  });

  afterEach(async () => {
    await project.remove();
  });

  const exportVersion = (version: string, more: object = {}) => {
    return run<{ dir: string }>('exportVersion', { project: project.dir, version, ...more });
  };
  const versionRows = async (): Promise<vscode.TreeItem[]> => {
    const roots = rootNodes([await stateOf(project)], false);
    const database = roots.find((node) => node.kind === 'database') as TreeNode;
    const versions = childNodes(database).find((node) => node.kind === 'versions');
    return versions ? childNodes(versions).map(treeItem) : [];
  };

  it('are exported, told of, and listed, newest first', async () => {
    const told = await answering();
    const { dir } = await exportVersion('v1.0.0');
    await access(path.join(dir, 'schema.cypher'));
    await project.cypher(ROAD);
    await exportVersion('v1.1.0', { format: 'csv' });
    const rows = await versionRows();
    assert.deepEqual(
      rows.map(({ label, contextValue }) => [label, contextValue]),
      [
        ['v1.1.0', 'version.current'],
        ['v1.0.0', 'version'],
      ],
    );
    assert.match(String(rows[0]?.description), /^current · .*B · \d{4}-\d\d-\d\d · 1 row$/);
    assert.match(String(rows[0]?.accessibilityInformation?.label), /^v1\.1\.0, current, /);
    assert.equal(rows[0]?.command?.command, 'kuzuMigrate.openSchema');
    assert.match(told[0]?.text ?? '', /^Exported test as v1\.0\.0 \(tables: 1, rows: 1, /);
    assert.deepEqual(told[0]?.actions, ['Open Changelog']);
    assert.deepEqual(told[1]?.actions, ['Open Changelog', 'Compare with Previous']);
  });

  it('get their name and format by asking, with a suggestion and a check', async () => {
    await answering();
    await exportVersion('v1.2.3');
    const problems: unknown[] = [];
    await answering({
      input: ({ value, validateInput }) => {
        assert.equal(value, 'v1.3.0');
        problems.push(validateInput?.('../x'), validateInput?.('V1.2.3'), validateInput?.('fine'));
        return 'fine';
      },
      pick: (labels) => {
        assert.deepEqual(labels, ['Parquet', 'CSV', 'Schema only']);
        return 'Schema only';
      },
    });
    await run('exportVersion', { project: project.dir });
    assert.match(String(problems[0]), /no version name/);
    assert.equal(problems[1], 'The version v1.2.3 exists already.');
    assert.equal(problems[2], undefined);
    const [label] = await versionRows();
    assert.match(String(label?.description), /schema only/);
  });

  it('say what is wrong once, with the log at hand', async () => {
    const told = await answering();
    await exportVersion('../evil');
    await exportVersion('v1.0.0');
    await exportVersion('v1.0.0');
    await waitFor('three messages', () => told.length === 3);
    assert.equal(told[0]?.kind, 'error');
    assert.match(told[0]?.text ?? '', /“\.\.\/evil” is no version name/);
    assert.deepEqual(told[0]?.actions, ['Show Log']);
    assert.match(told[2]?.text ?? '', /v1\.0\.0 exists already/);
  });

  it('are not made when the user closes a question, and nothing is said', async () => {
    const told = await answering({ input: () => undefined });
    await run('exportVersion', { project: project.dir });
    assert.deepEqual(told, []);
    assert.deepEqual((await stateOf(project)).list.versions, []);
  });

  it('take a database back, after a question that says what will happen', async () => {
    await answering();
    await exportVersion('v1.0.0');
    await project.cypher("CREATE (:City {name: 'Bergen', people: 290000})");
    const questions: string[] = [];
    const told = await answering({
      confirm: ({ message, detail, button }) => {
        questions.push(message, detail, button);
        return true;
      },
    });
    await run('rollBack', { project: project.dir, version: 'v1.0.0' });
    assert.equal(questions[0], `Roll ${path.join('data', 'test.kuzu')} back to v1.0.0?`);
    assert.match(questions[1] ?? '', /^v1\.0\.0 is of .* \(tables: 1, rows: 1\)\.$/m);
    assert.match(questions[1] ?? '', /kept in backups\.$/m);
    assert.equal(questions[2], 'Roll Back');
    assert.match(
      told[0]?.text ?? '',
      /^Rolled .* back to v1\.0\.0 \(tables: 1, rows: 1\)\. The file that was there is kept/,
    );
    assert.deepEqual(await project.cypher(COUNT), [[{ n: 1 }]]);
  });

  it('leave the database alone when the user says no', async () => {
    await answering();
    await exportVersion('v1.0.0');
    await project.cypher("CREATE (:City {name: 'Bergen', people: 290000})");
    const told = await answering({ confirm: () => false });
    await run('rollBack', { project: project.dir, version: 'v1.0.0' });
    assert.deepEqual(told, []);
    assert.deepEqual(await project.cypher(COUNT), [[{ n: 2 }]]);
  });

  it('are imported into a new file without a question about the old one', async () => {
    await answering();
    await exportVersion('v1.0.0');
    const into = path.join(project.dir, 'data', 'copy.kuzu');
    const places: string[] = [];
    const told = await answering({
      pick: (labels) => {
        places.push(...labels);
        return 'Into a new file...';
      },
      saveFile: () => vscode.Uri.file(into),
    });
    await run('importVersion', { project: project.dir, version: 'v1.0.0' });
    assert.deepEqual(places, [
      'Over test',
      'Into a new file...',
      'Merge into test',
      'Schema only, over test',
      'Data only, into test',
    ]);
    await access(into);
    assert.match(told[0]?.text ?? '', /^Imported v1\.0\.0 into data.copy\.kuzu \(tables: 1, rows: 1\)\.$/);
  });

  it('that were edited show the difference, and are imported when the user insists', async () => {
    await answering();
    const { dir } = await exportVersion('v1.0.0');
    const file = path.join(dir, 'schema.cypher');
    await writeFile(file, (await readFile(file, 'utf8')).replace('people', 'inhabitants'));
    const copy = path.join(dir, 'copy.cypher');
    await writeFile(copy, (await readFile(copy, 'utf8')).replace('people', 'inhabitants'));
    const told = await answering({
      confirm: () => true,
      message: ({ actions }) => actions.find((action) => action === 'Import Anyway'),
    });
    await run('importVersion', { project: project.dir, version: 'v1.0.0', place: 'replace' });
    await waitFor('the import after the message', () => told.length === 2);
    assert.match(told[0]?.text ?? '', /was edited since its export: copy\.cypher, schema\.cypher/);
    assert.match(told[1]?.text ?? '', /^Imported v1\.0\.0/);
    assert.ok(openTabs().some(({ label }) => label.startsWith('v1.0.0: exported ↔ edited')));
    assert.deepEqual(await project.cypher('MATCH (c:City) RETURN c.inhabitants AS n'), [[{ n: 700000 }]]);
  });

  it('ask for the name of a protected database', async () => {
    await answering();
    await exportVersion('v1.0.0');
    const config = { databases: { test: { path: 'data/test.kuzu', protected: true } } };
    await writeFile(path.join(project.dir, 'kuzu-migrate.json'), JSON.stringify(config));
    await run('refresh');
    const wrong = await answering({ confirm: () => true, input: () => 'prod' });
    await run('rollBack', { project: project.dir, version: 'v1.0.0' });
    assert.deepEqual(wrong, []);
    const right = await answering({ confirm: () => true, input: () => 'test' });
    await run('rollBack', { project: project.dir, version: 'v1.0.0' });
    assert.match(right[0]?.text ?? '', /^Rolled/);
  });

  // On the sample, which was there before the window: of a folder made meanwhile, Linux may miss the first changes.
  it('appear in the tree when another program makes them', async () => {
    const { services } = await extension();
    const names = () => services.projects.at(workspaceDir())?.list.versions.map(({ version }) => version) ?? [];
    const versions = path.join(workspaceDir(), 'migrations');
    const copy = path.join(versions, 'by-hand');
    await cp(path.join(versions, 'v1.0.0'), copy, { recursive: true });
    await waitFor('the version', () => names().includes('by-hand'));
    await rm(copy, { recursive: true });
    await waitFor('the version to go', () => !names().includes('by-hand'));
  });
});
