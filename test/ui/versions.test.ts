import assert from 'node:assert/strict';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { keepScreenshotOfFailures, openWorkbench, type Workbench } from '../support/vscode/page';

const CATEGORY = 'Kuzu Migrate';

describe('the versions of the sample project, as a user sees them', () => {
  let workbench: Workbench;
  keepScreenshotOfFailures(() => workbench);
  const inProject = (...parts: string[]) => path.join(workbench.workspace ?? '', ...parts);

  before(async () => {
    workbench = await openWorkbench({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await workbench.openView(CATEGORY);
  });

  after(async () => {
    await workbench?.close();
  });

  it('stand in the tree, with the current one marked, above the scripts', async () => {
    await workbench.treeItem('v1.1.0').waitFor();
    // The rows stand still once the states of the scripts have been read.
    await workbench.treeItem('add_due_date').filter({ hasText: 'pending' }).waitFor();
    const label = await workbench.treeItem('v1.1.0').getAttribute('aria-label');
    assert.match(label ?? '', /current/);
    assert.doesNotMatch((await workbench.treeItem('v1.0.0').getAttribute('aria-label')) ?? '', /current/);
    await workbench.expand('Scripts');
    await workbench.treeItem('create_requirements').waitFor();
    await workbench.statusBarItem('v1.1.0').waitFor();
    await workbench.screenshot('tree-dark');
  });

  it('have a menu with what can be done with them', async () => {
    const entries = await workbench.openContextMenu(workbench.treeItem('v1.0.0'));
    for (const entry of [
      'Open Schema',
      'Compare Versions...',
      'Compare with Database',
      'Import Version...',
      'Roll Back to Version...',
    ]) {
      assert.ok(entries.includes(entry), `${entry} in ${entries.join(', ')}`);
    }
    await workbench.screenshot('context-menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('show their schema on a click, in colour', async () => {
    await workbench.treeItem('v1.0.0').click();
    await workbench.tab('v1.0.0').waitFor();
    const lines = await workbench.waitFor('the schema', async () => {
      const found = await workbench.editorLines();
      return found.some((line) => line.includes('CREATE NODE TABLE')) && found;
    });
    assert.ok(lines.some((line) => /CREATE NODE TABLE\s+Component/.test(line.replace(/\u00a0/g, ' '))));
    const spans = workbench.page.locator('.monaco-editor:visible .view-line span[class*=mtk]');
    await workbench.waitFor('the colours', async () => {
      const classes = await spans.evaluateAll((found) => found.map((span) => span.className));
      return new Set(classes).size >= 4;
    });
    await workbench.screenshot('schema');
  });

  it('are compared with the database side by side', async () => {
    await workbench.contextMenu(workbench.treeItem('v1.0.0'), 'Compare with Database');
    const { original, modified } = await workbench.waitFor('both sides of the diff', async () => {
      const sides = await workbench.diffLines().catch(() => undefined);
      return sides && sides.original.length > 3 && sides.modified.length > 3 && sides;
    });
    assert.notDeepEqual(original, modified);
    await workbench.screenshot('diff-dark');
  });

  it('are compared with each other table by table', async () => {
    await workbench.runCommand(`${CATEGORY}: Compare Versions...`);
    await workbench.quickPick('v1.0.0');
    await workbench.quickPick('v1.1.0');
    await workbench.tab('v1.0.0 ↔ v1.1.0').waitFor();
    await workbench.waitFor(
      'the changed tables',
      async () => (await workbench.page.locator('.multiDiffEntry:visible').count()) > 1,
    );
    await workbench.screenshot('multi-diff');
  });

  it('are exported from the palette, and tell when they are done', async () => {
    await workbench.runCommand(`${CATEGORY}: Export Version...`);
    await workbench.answer('v1.2.0');
    await workbench.quickPick('Parquet');
    await workbench.toast('v1.2.0').waitFor();
    await workbench.screenshot('exported');
    await workbench.treeItem('v1.2.0').waitFor();
    assert.ok(existsSync(inProject('migrations/v1.2.0/manifest.json')));
    assert.equal(readlinkSync(inProject('migrations/current')), 'v1.2.0');
    await workbench.clearNotifications();
  });

  it('are rolled back to after a question that says what becomes of the present file', async () => {
    await workbench.contextMenu(workbench.treeItem('v1.0.0'), 'Roll Back to Version...');
    await workbench.dialog('v1.0.0').waitFor();
    await workbench.screenshot('confirm-rollback');
    await workbench.dialogButton('v1.0.0', 'Roll Back');
    // The progress of a slow one is a toast of that name, too.
    await workbench.waitFor(
      'the older version',
      async () => readlinkSync(inProject('migrations/current')) === 'v1.0.0',
    );
    await workbench.toast('v1.0.0').waitFor();
    const [backup] = readdirSync(inProject('backups'));
    assert.ok(backup && existsSync(inProject('backups', backup, 'requirements.kuzu')));
    await workbench.waitFor(
      'the new mark',
      async () => (await workbench.treeItem('v1.0.0').getAttribute('aria-label'))?.includes('current') === true,
    );
    await workbench.screenshot('rolled-back');
    await workbench.clearNotifications();
  });

  it('are refused when their name is a path, as it is typed', async () => {
    await workbench.runCommand(`${CATEGORY}: Export Version...`);
    const input = workbench.page.locator('.quick-input-widget:visible .quick-input-box input');
    await input.fill('../v9');
    await workbench.page.locator('.quick-input-message').filter({ hasText: 'no version name' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});

describe('a database file in the Explorer', () => {
  let workbench: Workbench;
  keepScreenshotOfFailures(() => workbench);

  before(async () => {
    workbench = await openWorkbench();
  });

  after(async () => {
    await workbench?.close();
  });

  it('opens as a page of tables, columns and rows', async () => {
    await workbench.expand('data');
    await workbench.treeItem('requirements.kuzu').click();
    const page = workbench.webview();
    await page.getByText('Requirement', { exact: true }).first().waitFor();
    await page.getByText('Requirement', { exact: true }).first().click();
    await page.getByText('priority').first().waitFor();
    await workbench.screenshot('database-page');
  });
});
