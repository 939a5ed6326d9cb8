import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../cli/run-cli';
import { upDown, WORDS } from '../support/migrations';
import { keepScreenshotOfFailures, openWorkbench, type Workbench, type WorkbenchOptions } from '../support/vscode/page';

const { table, drop, insert, addColumn, dropColumn, failing, checkpoint } = WORDS.kuzu;
const CATEGORY = 'Kuzu Migrate';

/** A project with a migration of every state. */
async function everyState(dir: string): Promise<void> {
  const write = (name: string, text: string) => writeFile(path.join(dir, 'migrations', `${name}.cypher`), text);
  const up = async (code: number, ...args: string[]) => {
    const run = await runCli(dir, ['up', ...args]);
    assert.equal(run.code, code, run.stderr);
  };
  await mkdir(path.join(dir, 'migrations'), { recursive: true });
  await writeFile(path.join(dir, 'kuzu-migrate.json'), '{"databases":{"people":{"path":"data/people.kuzu"}}}');
  await write('20250101_090000_create_person', upDown([table('Person'), insert('Person', 1)], [drop('Person')]));
  await write('20250103_090000_create_city', upDown([table('City')], [drop('City')]));
  await write('20250104_090000_create_road', upDown([table('Road')], [drop('Road')]));
  await write('20250105_090000_add_age', upDown([addColumn('Person', 'age')], [dropColumn('Person', 'age')]));
  await up(0);
  await write('20250107_090000_link_cities', upDown([table('Link'), failing], [drop('Link')]));
  await up(1);
  const half = upDown([table('Log'), checkpoint, failing], [drop('Log')], '-- transaction: none\n');
  await write('20250106_090000_rebuild_index', half);
  await up(1, '--to', '20250106090000');
  await write('20250102_090000_seed_people', upDown([insert('Person', 2)]));
  await write('20250103_090000_create_city', upDown([table('Town')], [drop('Town')]));
  await rm(path.join(dir, 'migrations', '20250104_090000_create_road.cypher'));
  await write('20250108_090000_add_email', upDown([addColumn('Person', 'email')], [dropColumn('Person', 'email')]));
}

/** A project of which everything is pending. */
async function somePending(dir: string): Promise<void> {
  const write = (name: string, text: string) => writeFile(path.join(dir, 'migrations', `${name}.cypher`), text);
  await mkdir(path.join(dir, 'migrations'), { recursive: true });
  await writeFile(path.join(dir, 'kuzu-migrate.json'), '{"databases":{"people":{"path":"data/people.kuzu"}}}');
  await write('20250101_090000_create_person', upDown([table('Person'), insert('Person', 1)], [drop('Person')]));
  await write('20250102_090000_create_city', upDown([table('City')], [drop('City')]));
}

describe('migrations, as a user sees them', () => {
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

  const open = async (options: WorkbenchOptions = {}): Promise<Workbench> => {
    const dark = { 'workbench.colorTheme': 'Default Dark Modern' };
    workbench = await openWorkbench({ workspace: folder, ...options, settings: { ...dark, ...options.settings } });
    await workbench.openView(CATEGORY);
    return workbench;
  };
  const rowOf = (shown: Workbench, name: string, state: string) => shown.treeItem(`${name}, ${state}`).waitFor();

  const looks = [
    { name: 'dark', state: 'pending', theme: 'Default Dark Modern' },
    { name: 'light', state: 'pending', theme: 'Default Light Modern' },
    { name: 'high-contrast', state: 'pending', theme: 'Default High Contrast' },
    { name: 'japanese', state: '未適用', theme: 'Default Dark Modern', locale: 'ja' },
  ];
  for (const { name, state, theme, locale } of looks) {
    it(`show every state in the tree (${name})`, async () => {
      await everyState(folder);
      const settings = { 'workbench.colorTheme': theme };
      const shown = await open({ settings, ...(locale ? { locale } : {}) });
      await rowOf(shown, 'add_email', state);
      await shown.statusBarItem(locale ? '途中' : 'half done').waitFor();
      await shown.screenshot(`migrations-${name}`);
    });
  }

  it('have a menu with what fits their state', async () => {
    await everyState(folder);
    const shown = await open();
    await rowOf(shown, 'create_city', 'changed');
    const changed = await shown.openContextMenu(shown.treeItem('create_city'));
    for (const entry of ['Open Script', 'Compare with What Was Applied', 'Roll Back...', 'Repair...']) {
      assert.ok(changed.includes(entry), `${entry} in ${changed.join(', ')}`);
    }
    await shown.screenshot('migrations-menu');
    await shown.page.keyboard.press('Escape');
    const pending = await shown.openContextMenu(shown.treeItem('add_email'));
    assert.ok(pending.includes('Apply up to Here') && !pending.includes('Repair...'), pending.join(', '));
    await shown.page.keyboard.press('Escape');
    await shown.contextMenu(shown.treeItem('create_city'), 'Compare with What Was Applied');
    await shown.tab('create_city: applied ↔ file').waitFor();
    await shown.waitFor('both sides', async () => ((await shown.diffLines()).modified.length ?? 0) > 2);
    await shown.screenshot('migrations-compare');
  });

  it('are tried, applied, and rolled back after a question that shows the statements', async () => {
    await somePending(folder);
    const shown = await open();
    await rowOf(shown, 'create_city', 'pending');
    await shown.runCommand(`${CATEGORY}: Dry Run`);
    await shown.tab('Dry run of people').waitFor();
    await shown.waitFor('the plan', async () =>
      (await shown.editorLines()).some((line) => line.includes('CREATE NODE')),
    );
    await shown.screenshot('migrations-dry-run');
    await shown.tab('Dry run of people: schema').click();
    await shown.page.locator('.multiDiffEntry:visible').first().waitFor();
    await shown.screenshot('migrations-dry-run-schema');
    await shown.runCommand(`${CATEGORY}: Apply All Pending`);
    await shown.toast('Applied 2 migrations').waitFor();
    await rowOf(shown, 'create_city', 'applied');
    await shown.clearNotifications();
    await shown.contextMenu(shown.treeItem('create_city'), 'Roll Back...');
    await shown.dialog('DROP TABLE City').waitFor();
    await shown.screenshot('migrations-confirm');
    await shown.dialogButton('DROP TABLE City', 'Roll Back');
    await rowOf(shown, 'create_city', 'pending');
  });

  it('that fail are marked in the file and in Problems', async () => {
    await somePending(folder);
    const file = path.join(folder, 'migrations', '20250103_090000_add_index.cypher');
    await writeFile(file, upDown([table('Road'), failing, insert('Road', 1)], [drop('Road')]));
    const shown = await open({ locale: 'en' });
    await rowOf(shown, 'add_index', 'pending');
    await shown.runCommand(`${CATEGORY}: Apply All Pending`);
    await shown.toast('add_index failed').waitFor();
    await shown.toastAction('add_index failed', 'Go to Statement');
    await shown.tab('add_index').waitFor();
    await shown.page.locator('.squiggly-error').first().waitFor();
    await shown.runCommand('View: Toggle Problems');
    await shown.page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await shown.screenshot('migrations-failure');
    assert.match(await readFile(file, 'utf8'), /NoSuchTable/);
  });

  it('that fail say so in Japanese', async () => {
    await somePending(folder);
    await writeFile(path.join(folder, 'migrations', '20250103_090000_add_index.cypher'), upDown([failing]));
    const shown = await open({ locale: 'ja' });
    await rowOf(shown, 'add_index', '未適用');
    await shown.runCommand(`${CATEGORY}: 未適用をすべて適用`);
    await shown.toast('add_index が失敗しました').waitFor();
    await shown.screenshot('migrations-failure-japanese');
    await rowOf(shown, 'create_city', '適用済み');
    await shown.contextMenu(shown.treeItem('create_city'), 'ロールバック...');
    await shown.dialog('DROP TABLE City').waitFor();
    await shown.screenshot('migrations-confirm-japanese');
  });

  it('run on DuckDB, with the engine that the extension brings', async () => {
    const sql = WORDS.duckdb;
    await mkdir(path.join(folder, 'migrations'));
    await writeFile(
      path.join(folder, 'kuzu-migrate.json'),
      '{"databases":{"shop":{"path":"shop.duckdb","engine":"duckdb"}}}',
    );
    const up = [sql.table('orders'), sql.insert('orders', 1)];
    await writeFile(path.join(folder, 'migrations', '20250101_090000_orders.sql'), upDown(up, [sql.drop('orders')]));
    const shown = await open();
    await rowOf(shown, 'orders', 'pending');
    await shown.runCommand(`${CATEGORY}: Apply All Pending`);
    await shown.toast('Applied orders to shop').waitFor();
    await rowOf(shown, 'orders', 'applied');
    const entries = await shown.openContextMenu(shown.treeItem('shop'));
    assert.ok(entries.includes('Open Database') && entries.includes('Export Version...'), entries.join(', '));
    await shown.page.keyboard.press('Escape');
    await shown.treeItem('shop').click();
    await shown.webview().getByText('n1').first().waitFor();
    await shown.screenshot('migrations-duckdb');
  });

  it('are only listed, and not run, in a workspace that is not trusted', async () => {
    await somePending(folder);
    const shown = await open({
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      },
    });
    await shown.treeItem('20250102_090000_create_city.cypher').waitFor();
    const entries = await shown.openPalette('Kuzu Migrate:');
    assert.ok(!entries.some((entry) => /Apply All Pending|Roll Back|Dry Run/.test(entry)), entries.join(', '));
    await shown.page.keyboard.press('Escape');
    await shown.screenshot('migrations-untrusted');
  });
});
