import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { queryKuzu } from '../support/kuzu-script';
import { keepScreenshotOfFailures, openWorkbench, type Workbench, type WorkbenchOptions } from '../support/vscode/page';

/** What the view says in each state without rows. */
describe('the view without versions', () => {
  let workbench: Workbench | undefined;
  let folder: string;
  keepScreenshotOfFailures(() => workbench);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-ui-'));
  });

  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const shows = async (text: string, name: string, options: WorkbenchOptions) => {
    workbench = await openWorkbench(options);
    await workbench.openView('Kuzu Migrate');
    await workbench.page.locator('.welcome-view-content').filter({ hasText: text }).first().waitFor();
    await workbench.screenshot(name);
  };

  it('offers to open a folder when there is none', () =>
    shows('Open the folder of a project', 'welcome-no-folder', { workspace: null }));

  it('offers a new project in a folder without a database', () =>
    shows('holds no Kùzu or DuckDB database', 'welcome-no-project', { workspace: folder }));

  it('says that the database has not been created yet', async () => {
    await writeFile(path.join(folder, 'kuzu-migrate.json'), '{"databases":{"dev":{"path":"data/app.kuzu"}}}');
    await shows('has not been created yet', 'welcome-no-database', { workspace: folder });
  });

  it('offers the first export when there are no versions', async () => {
    const file = path.join(folder, 'app.kuzu');
    await queryKuzu([{ path: file, statements: ['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'] }]);
    await shows('There are no migrations and no versions yet', 'welcome-no-versions', { workspace: folder });
  });

  it('says why nothing runs in a workspace that is not trusted', () =>
    shows('not trusted', 'welcome-untrusted', {
      workspace: folder,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      },
    }));
});
