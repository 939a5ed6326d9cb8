import { keepScreenshotOfFailures, openWorkbench, type Workbench } from '../support/vscode/page';

/** Pictures to look at: the tree beside a diff in other themes and in Japanese. */
describe('the looks', () => {
  let workbench: Workbench | undefined;
  keepScreenshotOfFailures(() => workbench);

  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
  });

  const treeAndDiff = async (name: string, compare: string, options: Parameters<typeof openWorkbench>[0]) => {
    workbench = await openWorkbench(options);
    await workbench.openView('Kuzu Migrate');
    // The rows stand still once the states of the scripts have been read.
    await workbench
      .treeItem('add_due_date')
      .filter({ hasText: /pending|未適用/ })
      .waitFor();
    await workbench.contextMenu(workbench.treeItem('v1.0.0'), compare);
    await workbench.page.locator('.monaco-diff-editor:visible').first().waitFor();
    await workbench.waitFor('the texts', async () => ((await workbench?.diffLines())?.modified.length ?? 0) > 3);
    await workbench.screenshot(name);
  };

  it('are right in a light theme', () =>
    treeAndDiff('looks-light', 'Compare with Database', {
      settings: { 'workbench.colorTheme': 'Default Light Modern' },
    }));

  it('are right in high contrast', () =>
    treeAndDiff('looks-high-contrast', 'Compare with Database', {
      settings: { 'workbench.colorTheme': 'Default High Contrast' },
    }));

  it('are right in Japanese', () => treeAndDiff('looks-japanese', 'データベースと比較', { locale: 'ja' }));
});
