import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { rootNodes } from '../../../src/extension/views/nodes';
import { treeItem } from '../../../src/extension/views/tree-item';
import { upDown, WORDS } from '../../support/migrations';
import { answering, extension, type MigrationProject, makeMigrationProject, openTabs, run, waitFor } from './support';

const ACTIONS = ['Show Changes', 'Adopt as a Migration...', 'Revert to History...'];

for (const engine of ['kuzu', 'duckdb'] as const) {
  const { table, drop, addColumn, dropColumn } = WORDS[engine];
  const ending = engine === 'kuzu' ? '.cypher' : '.sql';

  describe(`drift (${engine})`, () => {
    let project: MigrationProject;

    const make = async (config: object = {}) => {
      project = await makeMigrationProject(engine, config);
      await project.write(`001_a${ending}`, upDown([table('A')], [drop('A')]));
      await answering({ confirm: () => true, input: () => 'app' });
      await run('applyAll', { project: project.dir });
    };
    const item = async () => {
      const { services } = await extension();
      const state = services.projects.loaded.find(({ dir }) => dir === project.dir);
      assert.ok(state);
      const [database] = rootNodes([state], false, services.drifts.get);
      assert.ok(database);
      return treeItem(database);
    };
    const request = () => ({ project: project.dir, database: 'app' });

    afterEach(async () => {
      await project.remove();
    });

    it('is no state of a database that is what its history says', async () => {
      await make();
      const told = await answering();
      await run('checkDrift', request());
      assert.deepEqual(told, [{ kind: 'info', text: 'app is what its history says.', actions: [] }]);
      const { contextValue, description } = await item();
      assert.doesNotMatch(String(contextValue), /drifted/);
      assert.doesNotMatch(String(description), /differs/);
    });

    it('shows in the tree after a check, with what can be done', async () => {
      await make();
      await project.execute(table('Hand'));
      assert.doesNotMatch(String((await item()).contextValue), /drifted/);
      const told = await answering();
      await run('checkDrift', request());
      assert.deepEqual(told, [
        { kind: 'warning', text: 'app differs from its history (changes: 1).', actions: ACTIONS },
      ]);
      const { contextValue, description, iconPath, tooltip, accessibilityInformation } = await item();
      assert.equal(contextValue, 'database.drifted');
      assert.match(String(description), /^differs from its history · /);
      assert.match(accessibilityInformation?.label ?? '', /^database app, differs from its history, /);
      assert.equal((iconPath as vscode.ThemeIcon).id, 'warning');
      assert.match((tooltip as vscode.MarkdownString).value, /changes/);
    });

    it('made by hand alone is told apart from what a migration would have to bring', async () => {
      await make();
      await project.execute(addColumn('A', 'hand'));
      const check = async (...desired: readonly string[]) => {
        const ddl = path.join(project.dir, 'ddl');
        await mkdir(ddl, { recursive: true });
        await writeFile(path.join(ddl, `schema${ending}`), `${desired.map(table).join(';\n')};\n`);
        const told = await answering();
        await run('checkDrift', request());
        return told;
      };
      const found = 'app differs from its history (changes: 1).';
      assert.deepEqual(await check('A'), [
        { kind: 'warning', text: `${found} Its history leads to the desired schema.`, actions: ACTIONS },
      ]);
      await project.write(`002_b${ending}`, upDown([table('B')], [drop('B')]));
      assert.deepEqual(await check('A', 'B'), [
        {
          kind: 'warning',
          text: `${found} Its history, with the pending migrations (1), leads to the desired schema.`,
          actions: ACTIONS,
        },
      ]);
      assert.equal((await item()).contextValue, 'database.drifted');
      assert.deepEqual(await check('A', 'B', 'C'), [
        { kind: 'warning', text: `${found} The desired schema differs from it (changes: 3).`, actions: ACTIONS },
      ]);
      await project.execute(dropColumn('A', 'hand'));
      const [without] = await check('A', 'B', 'C');
      assert.deepEqual([without?.kind, without?.actions], ['info', ['Generate Migration...']]);
    });

    it('is looked for again when the file of a checked database has changed', async () => {
      await make();
      const { services } = await extension();
      const drifted = async () => String((await item()).contextValue).endsWith('drifted');
      await project.execute(table('Hand'));
      await services.projects.refresh();
      assert.equal(await drifted(), false, 'nobody has asked yet');
      await answering();
      await run('checkDrift', request());
      assert.equal(await drifted(), true);
      await project.execute(drop('Hand'));
      await services.projects.refresh();
      await waitFor('the state to go', async () => !(await drifted()));
    });

    it('opens as a diff of history and database', async () => {
      await make();
      await project.execute(table('Hand'));
      await answering();
      await run('showDrift', request());
      const tab = await waitFor('the tab', () =>
        openTabs().find(({ label }) => label.startsWith('app: history ↔ database')),
      );
      assert.match(tab.label, /1 file/);
    });

    it('is adopted as a migration that is recorded as applied', async () => {
      await make();
      await project.execute(table('Hand'));
      const told = await answering({
        input: ({ title }) => (title === 'Adopt as a Migration' ? 'by hand' : undefined),
      });
      await run('adoptDrift', request());
      const file = (await readdir(path.join(project.dir, 'migrations'))).find((name) => name.includes('by_hand'));
      assert.ok(file);
      assert.match(await readFile(path.join(project.dir, 'migrations', file), 'utf8'), /Hand/);
      assert.match(
        told[0]?.text ?? '',
        new RegExp(`^Created migrations/${file}, and recorded it as applied to app\\.`),
      );
      assert.deepEqual(
        (await project.states()).map((state) => state.split(' ')[1]),
        ['applied', 'applied'],
      );
      assert.doesNotMatch(String((await item()).contextValue), /drifted/);
    });

    it('is not adopted while migrations are pending, which would come before it', async () => {
      await make();
      await project.execute(table('Hand'));
      await project.write(`002_b${ending}`, upDown([table('B')], [drop('B')]));
      const told = await answering({ input: () => 'by hand' });
      await run('adoptDrift', request());
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['error'],
      );
      assert.match(told[0]?.text ?? '', /Revert to History; then try again\.$/);
      assert.deepEqual(await project.tables(), ['A', 'Hand']);
      assert.equal((await readdir(path.join(project.dir, 'migrations'))).length, 2);
    });

    it('is reverted after a question that lists the statements; a protected database wants its name', async () => {
      await make({ protected: true });
      await project.execute(table('Hand'));
      const questions: string[] = [];
      const no = await answering({
        confirm: ({ message, detail, button }) => {
          questions.push(message, detail, button);
          return false;
        },
      });
      await run('revertDrift', request());
      assert.match(questions[0] ?? '', /^Revert data\/app\.\w+ to its history\? A backup is kept\.$/);
      assert.match(questions[1] ?? '', /DROP TABLE[\s\S]*It removes data: rows of Hand \(0 in app\)\.$/);
      assert.equal(questions[2], 'Revert');
      assert.deepEqual([no, await project.tables()], [[], ['A', 'Hand']]);
      const typed: string[] = [];
      const told = await answering({
        confirm: () => true,
        input: ({ title }) => {
          typed.push(title ?? '');
          return 'app';
        },
      });
      await run('revertDrift', request());
      assert.deepEqual(await project.tables(), ['A']);
      assert.deepEqual(typed, ['The database app is protected']);
      assert.match(told[0]?.text ?? '', /^app is what its history says again\. The file that was there is kept in /);
      assert.deepEqual(told[0]?.actions, ['Show Backup']);
      assert.doesNotMatch(String((await item()).contextValue), /drifted/);
    });
  });
}
