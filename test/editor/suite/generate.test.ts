import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WORDS } from '../../support/migrations';
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

const USER = 'CREATE NODE TABLE User (id INT64 PRIMARY KEY, mail STRING)';

describe('generating a migration', () => {
  let project: MigrationProject;
  const at = (...parts: string[]) => path.join(project.dir, ...parts);
  const scripts = async () => (await readdir(at('migrations'))).sort();
  const wanted = async (text: string, name = 'schema.cypher') => {
    await mkdir(at('ddl'), { recursive: true });
    await writeFile(at('ddl', name), text);
    await (await extension()).services.projects.refresh();
  };
  const texts = (told: readonly Told[]) => told.map(({ text }) => text);

  beforeEach(async () => {
    project = await makeMigrationProject('kuzu');
    await project.write('001_user.cypher', `-- UP\n${USER};\n\n-- DOWN\nDROP TABLE User;\n`);
    await wanted(`${USER};\n`);
  });

  afterEach(async () => {
    await project.remove();
  });

  it('says so where the migrations lead to the desired schema already', async () => {
    const told = await answering();
    await run('generateMigration', { project: project.dir, name: 'nothing' });
    assert.deepEqual(texts(told), ['migrations and ddl have the same schema: there is nothing to generate.']);
    assert.deepEqual(await scripts(), ['001_user.cypher']);
  });

  it('shows the script beside the schemas, and writes it once that is agreed to', async () => {
    await wanted(`${USER};\nCREATE NODE TABLE City (name STRING PRIMARY KEY);\n`);
    let shown = '';
    const told = await answering({
      input: ({ title }) => (title === 'Generate Migration from Changes' ? 'add city' : undefined),
      message: ({ actions }) => {
        if (!actions.includes('Create')) return undefined;
        shown = vscode.window.activeTextEditor?.document.getText() ?? '';
        assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'kuzu-migrate');
        assert.ok(openTabs().some(({ label }) => label.startsWith('Schema: migrations → ddl')));
        return 'Create';
      },
    });
    await run('generateMigration', { project: project.dir });
    const [, file = ''] = await scripts();
    assert.match(file, /^\d{8}_\d{6}_add_city\.cypher$/);
    const written = await readFile(at('migrations', file), 'utf8');
    assert.match(written, /-- UP[\s\S]*CREATE NODE TABLE City[\s\S]*-- DOWN[\s\S]*DROP TABLE City/);
    assert.equal(written, shown);
    assert.match(told[0]?.text ?? '', /^Create \d{8}_\d{6}_add_city\.cypher\? .* \(changes: 1\)\.$/);
    assert.deepEqual(told[0]?.actions, ['Create', 'Cancel']);
    assert.equal(told[1]?.text, `Created migrations/${file}.`);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, at('migrations', file));
    await run('generateMigration', { project: project.dir, name: 'again' });
    assert.match(told[2]?.text ?? '', /nothing to generate/);
  });

  it('writes nothing where that is not agreed to', async () => {
    await wanted('CREATE NODE TABLE City (name STRING PRIMARY KEY);\n');
    const told = await answering({ pick: () => 'Drop and add', message: () => 'Cancel' });
    await run('generateMigration', { project: project.dir, name: 'other' });
    assert.deepEqual(await scripts(), ['001_user.cypher']);
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['warning'],
    );
    assert.match(told[0]?.text ?? '', /It removes data: .*User/);
  });

  it('writes the text that was shown, though the DDL changed in between, and says so', async () => {
    await wanted(`${USER};\nCREATE NODE TABLE City (name STRING PRIMARY KEY);\n`);
    let shown = '';
    const told = await answering({
      message: async ({ actions }) => {
        if (!actions.includes('Create')) return undefined;
        shown = vscode.window.activeTextEditor?.document.getText() ?? '';
        await wanted(`${USER};\nCREATE NODE TABLE River (name STRING PRIMARY KEY);\n`);
        return 'Create';
      },
    });
    await run('generateMigration', { project: project.dir, name: 'city' });
    const [, file = ''] = await scripts();
    assert.match(shown, /CREATE NODE TABLE City/);
    assert.equal(await readFile(at('migrations', file), 'utf8'), shown);
    assert.deepEqual(texts(told).slice(1), [
      `Created migrations/${file}. ddl has changed since this was made: what is new there is for the next migration.`,
    ]);
  });

  it('writes nothing where the migrations before it changed in between', async () => {
    await wanted(`${USER};\nCREATE NODE TABLE City (name STRING PRIMARY KEY);\n`);
    const told = await answering({
      message: async ({ actions }) => {
        if (!actions.includes('Create')) return undefined;
        await project.write('002_river.cypher', '-- UP\nCREATE NODE TABLE River (name STRING PRIMARY KEY);\n');
        return 'Create';
      },
    });
    await run('generateMigration', { project: project.dir, name: 'city' });
    assert.deepEqual(await scripts(), ['001_user.cypher', '002_river.cypher']);
    assert.equal(told[1]?.kind, 'error');
    assert.match(told[1]?.text ?? '', /changed since the migration was made: migrations is another schema now/);
  });

  it('tells how much the database holds of what would be lost, in the question of up, too', async () => {
    await answering({ confirm: () => true });
    await run('applyAll', { project: project.dir });
    await project.execute("CREATE (:User {id: 1, mail: 'a'}), (:User {id: 2})");
    await wanted('CREATE NODE TABLE User (id INT64 PRIMARY KEY);\n');
    const told = await answering({ message: ({ actions }) => (actions.includes('Create') ? 'Create' : undefined) });
    await run('generateMigration', { project: project.dir, name: 'less' });
    assert.match(told[0]?.text ?? '', /It removes data: values of User\.mail \(1 in app\)\.$/);
    assert.equal(told[0]?.kind, 'warning');
    let asked = '';
    await answering({
      confirm: ({ detail }) => {
        asked = detail;
        return false;
      },
    });
    await run('applyAll', { project: project.dir });
    assert.match(asked, /ALTER TABLE User DROP mail;\n\nIt removes data: values of User\.mail \(1 in app\)\.$/);
    await run('dryRun', { project: project.dir });
    const report = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    await waitFor('the report', () => /It removes data: values of User\.mail \(1 in app\)/.test(report()));
  });

  it('asks whether something was renamed, and follows the answer', async () => {
    await wanted(`${USER.replace('mail', 'email')};\n`);
    const asked: unknown[] = [];
    const choose = (answer: string | undefined) =>
      answering({
        pick: (labels, { title, placeHolder }) => {
          asked.push([title, placeHolder, ...labels]);
          return answer;
        },
        message: ({ actions }) => (actions.includes('Create') ? 'Create' : undefined),
      });
    const closed = await choose(undefined);
    await run('generateMigration', { project: project.dir, name: 'email' });
    assert.deepEqual([closed, await scripts()], [[], ['001_user.cypher']]);
    const told = await choose('Rename');
    await run('generateMigration', { project: project.dir, name: 'email' });
    const question = ['User.mail → User.email', 'Was User.mail renamed to User.email?', 'Rename', 'Drop and add'];
    assert.deepEqual(asked, [question, question]);
    assert.equal(told.length, 2);
    const [, file = ''] = await scripts();
    const written = await readFile(at('migrations', file), 'utf8');
    assert.match(written, /ALTER TABLE User RENAME mail TO email/);
    assert.doesNotMatch(written, /DROP mail/);
  });

  it('is for DuckDB, too', async () => {
    const duck = await makeMigrationProject('duckdb');
    try {
      await mkdir(path.join(duck.dir, 'ddl'));
      await writeFile(path.join(duck.dir, 'ddl', 'schema.sql'), `${WORDS.duckdb.table('city')};\n`);
      await (await extension()).services.projects.refresh();
      await answering({ message: ({ actions }) => (actions.includes('Create') ? 'Create' : undefined) });
      await run('generateMigration', { project: duck.dir, name: 'first' });
      const [file = ''] = await readdir(path.join(duck.dir, 'migrations'));
      assert.match(file, /_first\.sql$/);
      const open = () =>
        vscode.window.activeTextEditor?.document.uri.fsPath === path.join(duck.dir, 'migrations', file);
      await waitFor('the script to be open', open);
    } finally {
      await duck.remove();
    }
  });

  it('lets the menus of DDL files know where they lie', async () => {
    await wanted(`${USER};\n`);
    const { services } = await extension();
    const state = services.projects.loaded.find(({ dir }) => dir === project.dir);
    assert.deepEqual(state?.ddl, [at('ddl')]);
  });
});
