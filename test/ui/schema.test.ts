import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../cli/run-cli';
import { queryKuzu } from '../support/kuzu-script';
import { keepScreenshotOfFailures, openWorkbench, type Workbench, type WorkbenchOptions } from '../support/vscode/page';

const PERSON = 'CREATE NODE TABLE Person (id INT64 PRIMARY KEY, name STRING, mail STRING)';
const CITY =
  'CREATE NODE TABLE City (name STRING PRIMARY KEY, people INT64 DEFAULT 0, area DECIMAL(10, 2), mayor STRING)';
const LIVES = 'CREATE REL TABLE LivesIn (FROM Person TO City, since DATE, MANY_ONE)';
const KNOWS = 'CREATE REL TABLE Knows (FROM Person TO Person)';

/** A project with applied migrations, and a desired schema that has more and other names. */
async function project(dir: string): Promise<void> {
  const write = (name: string, text: string) => writeFile(path.join(dir, name), text);
  await mkdir(path.join(dir, 'migrations'), { recursive: true });
  await mkdir(path.join(dir, 'ddl', 'core', 'nodes'), { recursive: true });
  await mkdir(path.join(dir, 'ddl', 'core', 'edges'), { recursive: true });
  await write('kuzu-migrate.json', '{"databases":{"people":{"path":"data/people.kuzu"}}}');
  const script = (up: readonly string[], down: readonly string[]) =>
    `-- UP\n${up.map((one) => `${one};\n`).join('')}\n-- DOWN\n${down.map((one) => `${one};\n`).join('')}`;
  await write(
    'migrations/20250101_090000_create_person.cypher',
    script([PERSON, KNOWS], ['DROP TABLE Knows', 'DROP TABLE Person']),
  );
  await write(
    'migrations/20250102_090000_create_city.cypher',
    script(
      [CITY, LIVES, 'CREATE SEQUENCE ids START 100', 'CREATE MACRO full(a, b) AS a + b'],
      ['DROP TABLE LivesIn', 'DROP TABLE City'],
    ),
  );
  await write('ddl/core/nodes/person.cypher', `${PERSON.replace('mail', 'email')};\n`);
  await write(
    'ddl/core/nodes/city.cypher',
    `${CITY};\nCREATE SEQUENCE ids START 100;\nCREATE MACRO full(a, b) AS a + b;\n`,
  );
  await write('ddl/core/nodes/river.cypher', 'CREATE NODE TABLE River (name STRING PRIMARY KEY, km DOUBLE);\n');
  await write('ddl/core/edges/lives_in.cypher', `${LIVES};\n`);
  await write('ddl/core/edges/knows.cypher', `${KNOWS};\n`);
  const run = await runCli(dir, ['up']);
  assert.equal(run.code, 0, run.stderr);
}

const looks = [
  {
    name: 'dark',
    theme: 'Default Dark Modern',
    schema: 'Schema',
    show: 'Kuzu Migrate: Show Schema of...',
    generate: 'Kuzu Migrate: Generate Migration from Changes...',
    rename: 'Rename',
    ask: 'Create ',
    lost: 'values of City.mayor (1 in people)',
    create: 'Create',
    done: 'Created migrations/',
    drift: 'Kuzu Migrate: Check Drift',
    found: 'differs from its history',
    change: 'Show Changes',
    entries: [
      'Check Drift',
      'Show Changes since History',
      'Adopt Changes as a Migration...',
      'Revert to History...',
      'Show Schema of...',
      'Compare...',
      'Export Version...',
    ],
  },
  {
    name: 'japanese',
    theme: 'Default Dark Modern',
    locale: 'ja',
    schema: 'スキーマ',
    show: 'Kuzu Migrate: スキーマの表示...',
    generate: 'Kuzu Migrate: 変更からマイグレーションを生成...',
    rename: '名前の変更',
    ask: 'を作成しますか',
    lost: 'City.mayor の値 (people では 1 件)',
    create: '作成',
    done: 'を作成しました',
    drift: 'Kuzu Migrate: 履歴との相違の確認',
    found: '履歴と異なります',
    change: '変更を表示',
    entries: ['履歴との相違の確認', '変更をマイグレーションとして取り込む...', '履歴の状態に戻す...', '比較...'],
  },
];

describe('schemas, as a user sees them', () => {
  let workbench: Workbench | undefined;
  let folder: string;
  keepScreenshotOfFailures(() => workbench);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'kuzu-migrate-ui-'));
    await project(folder);
  });

  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (theme: string, locale: string | undefined): Promise<Workbench> => {
    const options: WorkbenchOptions = { workspace: folder, settings: { 'workbench.colorTheme': theme } };
    workbench = await openWorkbench({ ...options, ...(locale ? { locale } : {}) });
    await workbench.openView('Kuzu Migrate');
    return workbench;
  };

  for (const { name, theme, locale, ...words } of looks) {
    it(`are a tree in the Schema view (${name})`, async () => {
      const shown = await open(theme, locale);
      await shown.runCommand(words.show);
      await shown.quickPick('people');
      await shown.treeItem('City', words.schema).waitFor();
      for (const label of ['City', 'LivesIn', 'Macros', 'Sequences']) {
        const row = shown.treeItem(
          locale ? ({ Macros: 'マクロ', Sequences: 'シーケンス' }[label] ?? label) : label,
          words.schema,
        );
        await row.waitFor();
        // A click can miss a row that moves just then, since the one above it has got its children.
        await shown.waitFor(`${label} to open`, async () => {
          if ((await row.getAttribute('aria-expanded')) === 'true') return true;
          await row.locator('.monaco-tl-twistie').click();
          return false;
        });
      }
      await shown.treeItem('since', words.schema).waitFor();
      await shown.treeItem('ids', words.schema).waitFor();
      await shown.screenshot(`schema-view-${name}`);
    });

    it(`are compared and proven before a migration is generated (${name})`, async () => {
      const city = path.join(folder, 'ddl/core/nodes/city.cypher');
      await writeFile(city, (await readFile(city, 'utf8')).replace(', mayor STRING', ''));
      const rows = "CREATE (:City {name: 'Oslo', mayor: 'Anne'}), (:City {name: 'Turku'})";
      await queryKuzu([{ path: path.join(folder, 'data/people.kuzu'), statements: [rows] }]);
      const shown = await open(theme, locale);
      await shown.runCommand(words.generate);
      await shown.answer('river and email');
      await shown.quickPick(words.rename);
      await shown.toast(words.ask).waitFor();
      await shown.toast(words.lost).waitFor();
      await shown.page.locator('.monaco-diff-editor:visible').first().waitFor();
      await shown.screenshot(`generate-preview-${name}`);
      await shown.toastAction(words.ask, words.create);
      await shown.waitFor('the file', async () =>
        (await readdir(path.join(folder, 'migrations'))).some((file) => file.endsWith('_river_and_email.cypher')),
      );
      await shown.treeItem('river_and_email').waitFor();
      await shown.toast(words.done).waitFor();
      await shown.screenshot(`generate-done-${name}`);
    });

    it(`tell in the tree that a database has drifted (${name})`, async () => {
      await queryKuzu([
        { path: path.join(folder, 'data/people.kuzu'), statements: ['ALTER TABLE City ADD by_hand STRING'] },
      ]);
      const shown = await open(theme, locale);
      await shown.runCommand(words.drift);
      await shown.toast(words.found).waitFor();
      await shown.treeItem(words.found).waitFor();
      await shown.screenshot(`drift-found-${name}`);
      const entries = await shown.openContextMenu(shown.treeItem(words.found));
      for (const entry of words.entries) assert.ok(entries.includes(entry), `${entry} in ${entries.join(', ')}`);
      await shown.screenshot(`drift-menu-${name}`);
      await shown.page.keyboard.press('Escape');
      await shown.toastAction(words.found, words.change);
      await shown.page.locator('.monaco-diff-editor:visible').first().waitFor();
      await shown.screenshot(`drift-changes-${name}`);
    });
  }

  it('are generated from the title of a DDL file, which leads to definitions, too', async () => {
    const shown = await open('Default Dark Modern', undefined);
    await shown.treeItem('people').waitFor();
    await shown.contextMenu(shown.treeItem('LivesIn', 'Schema'), 'Go to Definition');
    await shown.quickPick('Desired schema');
    await shown.tab('lives_in.cypher').waitFor();
    await shown.page.locator('.editor-actions [aria-label^="Generate Migration from Changes"]').waitFor();
    const name = shown.page.locator('.view-line span', { hasText: /^City$/ }).first();
    await name.click();
    await shown.page.keyboard.press('F12');
    await shown.page.locator('.reference-zone-widget, .peekview-widget').first().waitFor();
    await shown.screenshot('schema-definitions');
  });
});
