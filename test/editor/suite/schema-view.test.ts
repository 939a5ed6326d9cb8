import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { childRows, type SchemaRow, schemaItem, schemaRows } from '../../../src/extension/views/schema-rows';
import { answering, CITY, extension, makeProject, ROAD, run, stateOf, type TestProject } from './support';

const MACRO = 'CREATE MACRO twice(x) AS x * 2';

describe('the Schema view', () => {
  let project: TestProject;
  const at = (...parts: string[]) => path.join(project.dir, ...parts);

  before(async () => {
    project = await makeProject({ statements: [CITY, ROAD, MACRO] });
    await mkdir(at('migrations'));
    await mkdir(at('ddl'));
    await writeFile(at('migrations', '001_city.cypher'), `-- UP\n${CITY};\n${MACRO};\n`);
    await writeFile(at('migrations', '002_mayor.cypher'), 'ALTER TABLE City\n  ADD mayor STRING;\n');
    await writeFile(at('ddl', 'schema.cypher'), `${CITY};\n${ROAD};\n`);
    await (await extension()).services.projects.refresh();
  });

  after(async () => {
    await project.remove();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const rows = async (): Promise<readonly SchemaRow[]> => {
    const { services } = await extension();
    const place = services.schemaChoice.place;
    assert.ok(place);
    const { schema } = await services.schemas.get(place.state.project, place.source);
    return schemaRows(place, (await services.engines.workflows()).outline(schema));
  };
  const row = async (...names: readonly string[]): Promise<SchemaRow> => {
    let below = await rows();
    let found: SchemaRow | undefined;
    for (const name of names) {
      found = below.find((one) => one.row.name === name);
      assert.ok(found, name);
      below = childRows(found);
    }
    assert.ok(found);
    return found;
  };
  const cursor = () => {
    const editor = vscode.window.activeTextEditor;
    return [
      path.basename(editor?.document.uri.path ?? ''),
      editor?.selection.start.line,
      editor?.document.getText(editor.selection),
    ];
  };

  it('shows the schema that was chosen, of a database, the DDL or any other source', async () => {
    await answering();
    await run('showSchema', { project: project.dir, database: 'test' });
    assert.deepEqual(
      (await rows()).map((one) => one.row.name),
      ['City', 'Road', 'macros'],
    );
    await run('showSchema', { project: project.dir, from: 'migrations@1' });
    assert.deepEqual(
      (await rows()).map((one) => one.row.name),
      ['City', 'macros'],
    );
    await answering({ pick: (labels) => labels.find((label) => label.includes('Desired')) });
    await run('showSchema', { project: project.dir });
    assert.deepEqual(
      (await rows()).map((one) => one.row.name),
      ['City', 'Road'],
    );
  });

  it('tells each row by an icon, by words, and to screen readers', async () => {
    await answering();
    await run('showSchema', { project: project.dir, database: 'test' });
    const top = await rows();
    const all = top.flatMap((one) => [one, ...childRows(one)]).map(schemaItem);
    assert.deepEqual(
      all.map(({ label, description, contextValue, iconPath, accessibilityInformation }) => [
        label,
        description,
        contextValue,
        (iconPath as vscode.ThemeIcon).id,
        accessibilityInformation?.label,
      ]),
      [
        ['City', '', 'schema.table', 'symbol-class', 'node table City'],
        ['name', 'key · STRING', 'schema.object', 'key', 'key column name, STRING'],
        ['people', 'INT64', 'schema.object', 'symbol-field', 'column people, INT64'],
        ['Road', 'City → City', 'schema.table', 'references', 'rel table Road, City → City'],
        ['City → City', '', 'schema.object', 'arrow-right', 'connection City → City'],
        ['km', 'DOUBLE', 'schema.object', 'symbol-field', 'column km, DOUBLE'],
        ['Macros', '1', 'schema.group', 'symbol-function', 'Macros, 1'],
        // The engine keeps its name in capitals.
        ['TWICE', '(x)', 'schema.object', 'symbol-function', 'macro TWICE, (x)'],
      ],
    );
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it('goes to the statement that makes an object, and asks where there are two', async () => {
    await answering();
    await run('showSchema', { project: project.dir, database: 'test' });
    await vscode.commands.executeCommand('kuzuMigrate.goToDefinition', await row('Road'));
    assert.deepEqual(cursor(), ['schema.cypher', 1, 'Road']);
    await vscode.commands.executeCommand('kuzuMigrate.goToDefinition', await row('macros', 'TWICE'));
    assert.deepEqual(cursor(), ['001_city.cypher', 2, 'twice']);
    const asked: (readonly string[])[] = [];
    await answering({
      pick: (labels) => {
        asked.push(labels);
        return 'Last migration';
      },
    });
    await vscode.commands.executeCommand('kuzuMigrate.goToDefinition', await row('City'));
    assert.deepEqual(asked, [['Desired schema', 'Last migration']]);
    assert.deepEqual(cursor(), ['002_mayor.cypher', 0, 'City']);
    await vscode.commands.executeCommand('kuzuMigrate.goToDefinition', await row('City', 'people'));
    assert.deepEqual(cursor(), ['001_city.cypher', 1, 'people']);
  });

  it('says so where an object is written nowhere', async () => {
    await project.cypher('CREATE SEQUENCE ids');
    const told = await answering();
    await run('showSchema', { project: project.dir, database: 'test' });
    await vscode.commands.executeCommand('kuzuMigrate.goToDefinition', await row('sequences', 'ids'));
    assert.deepEqual(
      told.map(({ kind, text }) => [kind, text]),
      [['info', 'ids is written neither in the DDL nor in a migration.']],
    );
    await project.cypher('DROP SEQUENCE ids');
  });

  it('opens the DDL of a table, and copies a name', async () => {
    await answering();
    await run('showSchema', { project: project.dir, database: 'test' });
    await vscode.commands.executeCommand('kuzuMigrate.openDdl', await row('Road'));
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^CREATE REL TABLE Road \(/);
    assert.doesNotMatch(text, /NODE TABLE/);
    await vscode.commands.executeCommand('kuzuMigrate.copyObjectName', await row('City', 'people'));
    assert.equal(await vscode.env.clipboard.readText(), 'people');
  });

  it('lets the editor go from a name in a script to where it is made', async () => {
    await answering();
    const uri = vscode.Uri.file(at('migrations', '002_mayor.cypher'));
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      uri,
      new vscode.Position(0, 13),
    );
    assert.deepEqual(
      places.map((one) => [path.basename(one.uri.fsPath), one.range.start.line, one.range.start.character]),
      [
        ['schema.cypher', 0, 18],
        ['002_mayor.cypher', 0, 12],
      ],
    );
  });

  it('has the default database where nothing was chosen, or what was chosen is gone', async () => {
    await answering();
    const { services } = await extension();
    await run('showSchema', { project: project.dir, database: 'test' });
    assert.equal(services.schemaChoice.place?.source.name, 'test');
    await services.schemaChoice.choose(await stateOf(project), { kind: 'version', name: 'v9' });
    assert.equal(services.schemaChoice.place?.source.kind, 'database');
  });
});
