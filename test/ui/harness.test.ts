import { keepScreenshotOfFailures, openWorkbench, type Workbench } from '../support/vscode/page';

describe('a VS Code with the extension installed', () => {
  let workbench: Workbench;
  keepScreenshotOfFailures(() => workbench);

  before(async () => {
    workbench = await openWorkbench();
  });

  after(async () => {
    await workbench?.close();
  });

  it('opens the sample project', async () => {
    await workbench.treeItem('kuzu-migrate.json').waitFor();
  });

  it('runs a command of the palette', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.tab('Untitled-1').waitFor();
  });

  it('lists the extension as installed', async () => {
    await workbench.runCommand('Extensions: Show Installed Extensions');
    await workbench.page.locator('.extension-list-item').filter({ hasText: 'Kuzu Migrate' }).first().waitFor();
    await workbench.screenshot('installed');
  });
});
