import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { answering, CITY, extension, makeProject, openTabs, ROAD, run, type TestProject, waitFor } from './support';

const RIVER = 'CREATE NODE TABLE River (id INT64, PRIMARY KEY (id))';
const LABELS = {
  database: '$(database) test',
  desired: '$(symbol-class) Desired schema',
  all: '$(list-ordered) After all migrations',
  upTo: '$(list-selection) After a migration...',
  git: '$(git-branch) Git branch, tag or commit...',
  file: '$(file) File...',
  folder: '$(folder) Folder...',
};

function git(dir: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: dir, stdio: 'ignore' });
}

describe('comparing any two sources', () => {
  let project: TestProject;
  const at = (...parts: string[]) => path.join(project.dir, ...parts);
  /** Answers each question with the next of these labels. */
  const choosing = async (...answers: readonly string[]) => {
    const left = [...answers];
    const asked: (readonly string[])[] = [];
    const told = await answering({
      pick: (labels) => {
        asked.push(labels);
        return left.shift();
      },
      open: ({ canSelectFolders }) => vscode.Uri.file(canSelectFolders ? at('ddl') : at('ddl', 'river.cypher')),
    });
    return { told, asked };
  };
  const compared = async (title: string) => {
    const tab = await waitFor(title, () => openTabs().find(({ label }) => label.startsWith(title)));
    return /\((.*)\)/.exec(tab.label)?.[1];
  };

  before(async () => {
    project = await makeProject();
    await mkdir(at('migrations'));
    await mkdir(at('ddl'));
    await writeFile(at('migrations', '001_city.cypher'), `${CITY};\n`);
    await writeFile(at('migrations', '002_road.cypher'), `${ROAD};\n`);
    await writeFile(at('ddl', 'river.cypher'), `${RIVER};\n`);
    await writeFile(at('ddl', 'city.cypher'), `${CITY};\n`);
    git(project.dir, 'init', '--quiet', '--initial-branch=trunk');
    git(project.dir, 'add', 'ddl/city.cypher');
    git(project.dir, 'commit', '--quiet', '--message', 'the city');
    await (await extension()).services.projects.refresh();
  });

  after(async () => {
    await project.remove();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('offers every kind of source, and on the other side all but the first', async () => {
    const { asked } = await choosing(LABELS.database, LABELS.desired);
    await run('compare', { project: project.dir });
    assert.deepEqual(asked, [
      Object.values(LABELS),
      Object.values(LABELS).filter((label) => label !== LABELS.database),
    ]);
    assert.equal(await compared('test ↔ ddl'), '1 file');
  });

  it('takes the state after a migration, and after all of them', async () => {
    await choosing(LABELS.upTo, '001_city.cypher', LABELS.all);
    await run('compare', { project: project.dir });
    assert.equal(await compared('migrations@001 ↔ migrations'), '1 file');
  });

  it('takes a branch, a tag or a commit out of a list', async () => {
    const { asked } = await choosing(LABELS.git, '$(git-branch) trunk', LABELS.desired);
    await run('compare', { project: project.dir });
    assert.equal(asked[1]?.[0], '$(git-branch) trunk');
    assert.match(asked[1]?.[1] ?? '', /^\$\(git-commit\) [0-9a-f]{7,}$/);
    assert.equal(asked[1]?.at(-1), '$(edit) Another one...');
    assert.equal(await compared('git:trunk ↔ ddl'), '1 file');
  });

  it('takes a file and a folder', async () => {
    await choosing(LABELS.file, LABELS.folder);
    await run('compare', { project: project.dir });
    assert.equal(await compared('ddl/river.cypher ↔ ddl'), '1 file');
  });

  it('says so where there is no difference, and what is wrong with a source', async () => {
    const { told } = await choosing();
    await run('compare', { project: project.dir, from: 'migrations@1', to: 'db:test' });
    assert.deepEqual(told, [{ kind: 'info', text: 'migrations@1 and test have the same schema.', actions: [] }]);
    await run('compare', { project: project.dir, from: 'git:nowhere', to: 'desired' });
    assert.match(told[1]?.text ?? '', /git knows no commit nowhere/);
    assert.deepEqual(openTabs(), []);
  });

  it('reads documents of it anew when a file or a ref has changed', async () => {
    await choosing();
    const { services } = await extension();
    const state = services.projects.loaded.find(({ dir }) => dir === project.dir);
    assert.ok(state);
    const names = async (name: string) => {
      const { schema } = await services.schemas.get(state.project, { kind: 'source', name });
      return schema.tables.map((table) => table.name).sort();
    };
    assert.deepEqual(await names('git:trunk'), ['City']);
    git(project.dir, 'add', 'ddl/river.cypher');
    git(project.dir, 'commit', '--quiet', '--message', 'the river');
    assert.deepEqual(await names('git:trunk'), ['City', 'River']);
    assert.deepEqual(await names('migrations'), ['City', 'Road']);
    await writeFile(at('migrations', '003_river.cypher'), `${RIVER};\n`);
    assert.deepEqual(await names('migrations'), ['City', 'River', 'Road']);
  });
});
