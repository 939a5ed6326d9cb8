import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { MigrateOutcome } from '../../../src/workflow/migrate/types';
import { ENGINES, upDown, WORDS } from '../../support/migrations';
import {
  answering,
  extension,
  type MigrationProject,
  makeMigrationProject,
  openTabs,
  run,
  type Told,
  waitFor,
} from './support';

const yes = { confirm: () => true };

for (const engine of ENGINES) {
  const words = WORDS[engine];
  const first = upDown([words.table('Person'), words.insert('Person', 1)], [words.drop('Person')]);
  const second = upDown([words.table('City')], [words.drop('City')]);
  const third = upDown([words.addColumn('Person', 'age')], [words.dropColumn('Person', 'age')]);

  describe(`migrations on ${engine}`, () => {
    let project: MigrationProject;
    const ask = (more: object = {}) => ({ project: project.dir, ...more });
    const applied = async () => {
      await answering();
      await run('applyAll', ask());
    };
    const said = (told: readonly Told[], kind: Told['kind']) =>
      waitFor(`a message of kind ${kind}`, () => told.find((one) => one.kind === kind));
    /** Of runs; what lint finds has a link beside its code. */
    const diagnostics = (file: string) =>
      vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ code }) => typeof code === 'string');
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';

    beforeEach(async () => {
      project = await makeMigrationProject(engine);
      await project.write(`001_person${words.ending}`, first);
      await project.write(`002_city${words.ending}`, second);
      await project.write(`003_age${words.ending}`, third);
    });

    afterEach(async () => {
      await project.remove();
    });

    it('are created from a template, after a question for name and kind, and opened', async () => {
      const problems: unknown[] = [];
      await answering({
        input: ({ validateInput }) => {
          problems.push(validateInput?.('a/b'), validateInput?.('add phone'));
          return 'Add phone';
        },
        pick: (labels) => {
          assert.deepEqual(labels, ['One file', 'A pair of files', 'TypeScript']);
          return 'One file';
        },
      });
      await run('createMigration', ask());
      const file = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
      assert.match(path.basename(file), new RegExp(`^\\d{8}_\\d{6}_add_phone\\${words.ending}$`));
      assert.match(String(problems[0]), /no name for a migration/);
      assert.equal(problems[1], undefined);
      const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
      assert.equal(vscode.window.activeTextEditor?.document.lineAt(line - 1).text, '-- UP');
    });

    it('are applied up to one of them, and then all', async () => {
      const told = await answering();
      await run('applyUpTo', ask({ migration: '2' }));
      assert.deepEqual(await project.tables(), ['City', 'Person']);
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 pending']);
      await run('applyAll', ask());
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 applied']);
      await run('applyAll', ask());
      assert.match(told[0]?.text ?? '', /^Applied 2 migrations to app \(/);
      assert.match(told[1]?.text ?? '', /^Applied age to app \(/);
      assert.equal(told[2]?.text, 'Nothing to apply: app is up to date.');
    });

    it('are applied up to the script in the active editor, where the palette asks nothing', async () => {
      await answering();
      const file = path.join(project.dir, 'migrations', `001_person${words.ending}`);
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      await run('applyUpTo', ask());
      assert.deepEqual(await project.states(), ['1 applied', '2 pending', '3 pending']);
    });

    it('are rolled back as far as the user picks, after a question that shows the statements', async () => {
      await applied();
      const picked: string[] = [];
      const asked: string[] = [];
      const told = await answering({
        pick: (labels) => {
          picked.push(...labels);
          return 'city';
        },
        confirm: ({ message, detail, button }) => {
          asked.push(message, detail, button);
          return true;
        },
      });
      await run('rollBackMigrations', ask());
      assert.deepEqual(picked, ['age', 'city', 'person']);
      assert.match(asked[0] ?? '', /^Roll back 2 migrations of data.app\.\w+\?$/);
      assert.ok(asked[1]?.includes(`${words.dropColumn('Person', 'age')};`), asked[1]);
      assert.ok(asked[1]?.includes(`${words.drop('City')};`), asked[1]);
      assert.match(asked[1] ?? '', /^age · removes data$/m);
      assert.equal(asked[2], 'Roll Back');
      assert.deepEqual(await project.tables(), ['Person']);
      assert.match((await said(told, 'info')).text, /^Rolled back 2 migrations of app \(/);
    });

    it('stay as they are when the user says no', async () => {
      await applied();
      const told = await answering({ confirm: () => false });
      await run('rollBackMigrations', ask({ migration: '3' }));
      await run('redo', ask());
      assert.deepEqual(told, []);
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 applied']);
    });

    it('are done again', async () => {
      await applied();
      const told = await answering(yes);
      await run('redo', ask());
      assert.match((await said(told, 'info')).text, /^Applied age to app again \(/);
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 applied']);
    });

    it('are tried on a copy with renames told as such', async () => {
      await applied();
      const rename = 'ALTER TABLE City RENAME TO Town';
      await project.write(`004_town${words.ending}`, upDown([rename], ['ALTER TABLE Town RENAME TO City']));
      await answering();
      const outcome = await run<MigrateOutcome>('dryRun', ask());
      assert.deepEqual(
        outcome.schema?.changes.map(({ kind }) => kind),
        ['rename-table'],
      );
      await waitFor('the diff', () => openTabs().some(({ label }) => label.startsWith('Dry run of app: schema')));
      assert.ok(text().includes(`${rename};`));
    });

    it('are tried on a copy: a document with the statements, and the change of the schema', async () => {
      await answering();
      await run('dryRun', ask());
      const shown = text();
      assert.match(shown, /Dry run on a copy of app, .*: 3 would run\. Nothing was changed\./);
      assert.ok(shown.includes(`${words.table('Person')};`), shown);
      assert.match(shown, /^(\/\/|--) \d+ ms · rows: 1$/m);
      assert.ok(
        openTabs().some(({ label }) => label.startsWith('Dry run of app: schema')),
        openTabs()
          .map(({ label }) => label)
          .join(', '),
      );
      assert.deepEqual(await project.states(), ['1 pending', '2 pending', '3 pending']);
      await assert.rejects(readFile(project.database), { code: 'ENOENT' });
    });

    it('that fail mark the statement and say once what can be done', async () => {
      const bad = upDown([words.table('Half'), words.failing], [words.drop('Half')]);
      const file = await project.write(`004_bad${words.ending}`, bad);
      const told = await answering({ message: ({ actions }) => actions.find((one) => one === 'Go to Statement') });
      await run('applyAll', ask());
      const { text: message, actions } = await said(told, 'error');
      assert.equal(told.length, 1);
      assert.match(message, /^bad failed \(migrations\/004_bad\.\w+:3\): /);
      assert.match(message, /Nothing of this migration was kept\.$/);
      assert.deepEqual(actions, ['Go to Statement', 'Show Log', 'Roll Back...']);
      const [mark] = diagnostics(file);
      assert.equal(mark?.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(mark?.range.start.line, 2);
      assert.equal(mark?.source, 'Kuzu Migrate');
      const editor = await waitFor('the file', () =>
        vscode.window.activeTextEditor?.document.uri.fsPath === file ? vscode.window.activeTextEditor : undefined,
      );
      assert.equal(editor.selection.active.line, 2);
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 applied', '4 failed']);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '-- mended\n'));
      await waitFor('the mark to go', () => diagnostics(file).length === 0);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('that failed lose their mark when they succeed', async () => {
      const file = await project.write(`004_bad${words.ending}`, upDown([words.failing]));
      await answering();
      await run('applyAll', ask());
      assert.equal(diagnostics(file).length, 1);
      await writeFile(file, upDown([words.table('Mended')]));
      await run('applyAll', ask());
      assert.equal(diagnostics(file).length, 0);
      assert.ok((await project.tables()).includes('Mended'));
    });

    it('can be taken back right from the message of a failure', async () => {
      await project.write(`004_bad${words.ending}`, upDown([words.failing]));
      const told = await answering({
        ...yes,
        message: ({ actions }) => actions.find((one) => one === 'Roll Back...'),
      });
      await run('applyAll', ask());
      await waitFor('the second message', () => told.length === 2);
      assert.match(told[1]?.text ?? '', /^Rolled back age of app/);
    });

    it('that were edited afterwards are compared with what was applied, refused, and accepted', async () => {
      await applied();
      const file = await project.write(
        `002_city${words.ending}`,
        second.replace('City', 'Town').replace('City', 'Town'),
      );
      assert.equal((await project.states())[1], '2 changed');
      const told = await answering({ message: ({ actions }) => actions.find((one) => one === 'Compare') });
      await run('applyAll', ask());
      const { text: message, actions } = await said(told, 'error');
      assert.match(message, /The migration 2 was changed after it was applied/);
      assert.deepEqual(actions, ['Open File', 'Show Log', 'Compare', 'Repair...']);
      const tab = await waitFor('the diff', () => openTabs().find(({ label }) => label === 'city: applied ↔ file'));
      const { original, modified } = tab.input as vscode.TabInputTextDiff;
      assert.equal(modified.fsPath, file);
      const stored = await vscode.workspace.openTextDocument(original);
      assert.equal(stored.getText(), second);

      const asked: string[] = [];
      await answering({
        confirm: ({ message: question, detail }) => asked.push(question, detail) > 0,
        pick: (labels) => {
          assert.deepEqual(labels, ['Accept the file', 'Write the file back']);
          return 'Accept the file';
        },
      });
      await run('repair', ask({ migration: '2' }));
      assert.match(asked[0] ?? '', /^Repair the migrations of data.app\.\w+\?$/);
      assert.equal((await project.states())[1], '2 applied');
    });

    it('whose file is gone are shown as they were applied, and written back', async () => {
      await applied();
      const file = path.join(project.dir, 'migrations', `003_age${words.ending}`);
      await rm(file);
      await (await extension()).services.projects.refresh();
      assert.equal((await project.states())[2], '3 missing');
      await answering();
      await run('openScript', ask({ migration: '3' }));
      assert.equal(text(), third);
      await answering({ ...yes, pick: () => 'Write the file back' });
      await run('repair', ask({ migration: '3' }));
      assert.equal((await project.states())[2], '3 applied');
      // The history keeps the id, and not how the file's name spelled it.
      const dir = path.join(project.dir, 'migrations');
      const [back] = (await readdir(dir)).filter((name) => name.endsWith(`_age${words.ending}`));
      assert.ok((await readFile(path.join(dir, back ?? ''), 'utf8')).includes(words.addColumn('Person', 'age')));
    });

    it('are checked, and what is found stands in Problems', async () => {
      await applied();
      const fine = await answering();
      await run('checkMigrations', ask());
      assert.equal(fine[0]?.text, 'The files and the history of app agree.');
      const file = await project.write(`002_city${words.ending}`, second.replaceAll('City', 'Town'));
      const told = await answering();
      await run('checkMigrations', ask());
      assert.match(told[0]?.text ?? '', /don’t agree \(errors: 1, notes: 0\)/);
      const [mark] = diagnostics(file);
      assert.equal(mark?.code, 'edited');
      assert.equal(mark?.range.start.line, 1);
    });

    it('tell their history', async () => {
      const nothing = await answering();
      await run('showHistory', ask());
      assert.equal(nothing[0]?.text, 'app has no history of migrations yet.');
      await applied();
      await answering(yes);
      await run('rollBackMigrations', ask({ migration: '3' }));
      await run('showHistory', ask());
      const lines = text().split('\n');
      assert.equal(lines[0], '# History of app');
      assert.match(lines[4] ?? '', /\| roll back \| 3 +\| rolled back \|/);
      assert.equal(lines.filter((line) => /\| apply /.test(line)).length, 3);
    });

    it('are recorded as applied without being run, where the database has what they make', async () => {
      await project.execute(words.table('Person'));
      const told = await answering({
        pick: (labels) => labels.find((label) => ['Those up to one of the scripts', 'person'].includes(label)),
      });
      await run('baseline', ask());
      assert.match(told[0]?.text ?? '', /^Recorded in app as applied: 1\./);
      assert.deepEqual(await project.states(), ['1 applied', '2 pending', '3 pending']);
      await run('applyAll', ask());
      assert.deepEqual(await project.tables(), ['City', 'Person']);
    });

    it('begin with one that is written from the database', async () => {
      for (const name of await readdir(path.join(project.dir, 'migrations'))) {
        await rm(path.join(project.dir, 'migrations', name));
      }
      await project.execute(words.table('Person'));
      await run('refresh');
      await answering({ pick: (labels) => labels.find((label) => label.startsWith('None')) });
      await run('baseline', ask());
      assert.match(text(), /CREATE (NODE )?TABLE "?`?Person/);
      assert.match((await project.states()).join(), /^\d{14} applied$/);
    });

    it('that stop half way say so, and the backup from before is restored', async () => {
      await answering();
      await run('applyUpTo', ask({ migration: '2' }));
      const half = upDown([words.table('Half'), words.checkpoint, words.failing], [], '-- transaction: none\n');
      await project.write(`003_age${words.ending}`, half);
      const asked: string[] = [];
      const told = await answering({
        message: ({ actions }) => actions.find((one) => one === 'Restore Backup...'),
        confirm: ({ message, detail }) => asked.push(message, detail) > 0,
      });
      await run('applyAll', ask());
      const { text: message } = await said(told, 'error');
      assert.match(message, /It stands half way\.$/);
      await waitFor('the backup to be restored', () => told.length === 2);
      assert.match(told[1]?.text ?? '', /^The database is what it was before age\./);
      assert.match(asked[0] ?? '', /^Restore data.app\.\w+ from the backup\?$/);
      assert.deepEqual(await project.tables(), ['City', 'Person']);
      assert.deepEqual(await project.states(), ['1 applied', '2 applied', '3 pending']);
    });
  });
}
