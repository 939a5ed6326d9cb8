import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../src/extension/constants/commands';
import { CONTEXTS, VIEW_STATES } from '../../src/extension/constants/contexts';
import { LANGUAGE, SCHEMA_FOLDER, SCHEME } from '../../src/extension/constants/languages';
import { SETTINGS } from '../../src/extension/constants/settings';
import { EDITORS, ITEMS, VIEWS } from '../../src/extension/constants/views';

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface CommandEntry {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text);
const { contributes } = manifest;
const commands: readonly CommandEntry[] = contributes.commands;
const menus: Readonly<Record<string, readonly MenuEntry[]>> = contributes.menus;
const entries = Object.values(menus).flat();
const nls: Readonly<Record<string, string>> = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const clauses: readonly string[] = [
  ...entries.flatMap(({ when }) => when ?? []),
  ...commands.flatMap(({ enablement }) => enablement ?? []),
  ...contributes.viewsWelcome.map(({ when }: { when: string }) => when),
];
const sources = sourceFiles(path.join(root, 'src/extension'));

/** Every .ts below a folder, with its text. */
function sourceFiles(dir: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: readFileSync(path.join(dir, name), 'utf8') }));
}

function title({ title: key }: CommandEntry): string {
  return nls[key.replaceAll('%', '')] ?? '';
}

describe('package.json', () => {
  describe('commands', () => {
    it('are those of the code, both ways', () => {
      assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
    });

    it('are registered from one file each', () => {
      const registry = sources.find(({ name }) => name === path.join('commands', 'registry.ts'))?.text ?? '';
      for (const name of Object.keys(COMMANDS)) {
        const file = `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
        const source = sources.find((one) => one.name === path.join('commands', file));
        assert.ok(source, `commands/${file}`);
        const variable = /export const (\w+): Command/.exec(source.text)?.[1];
        assert.match(registry, new RegExp(`^  ${variable},$`, 'm'));
        assert.match(source.text, new RegExp(`name: '${name}'`));
      }
    });

    it('share one category, and have a title without emoji', () => {
      for (const entry of commands) {
        assert.equal(entry.category, 'Kuzu Migrate');
        assert.match(title(entry), /^[A-Z][A-Za-z ]+(\.\.\.)?$/, entry.command);
      }
    });

    it('have product icons where they have one', () => {
      for (const { icon } of contributes.commands) if (icon) assert.match(icon, /^\$\([a-z-]+\)$/);
    });

    it('of menus and welcome texts are there', () => {
      const own = new Set(commands.map(({ command }) => command));
      for (const { command } of entries) assert.ok(own.has(command), command);
      const links = [...JSON.stringify(nls).matchAll(/\(command:(kuzuMigrate\.\w+)\)/g)];
      assert.ok(links.length > 0);
      for (const [, command = ''] of links) assert.ok(own.has(command), command);
    });

    it('of every menu stand in a group with an order, but for the palette', () => {
      for (const [menu, list] of Object.entries(menus)) {
        if (menu === 'commandPalette') continue;
        for (const { command, group } of list) assert.match(group ?? '', /^\w+@\d$/, `${menu}: ${command}`);
      }
    });

    it('that need an engine are hidden without trust wherever they show', () => {
      const files = sources.filter(({ text: source }) => source.includes('needsEngine: true'));
      assert.ok(files.length > 0);
      for (const { text: source } of files) {
        const name = /name: '(\w+)'/.exec(source)?.[1] as keyof typeof COMMANDS;
        for (const entry of entries.filter(({ command }) => command === COMMANDS[name])) {
          assert.match(entry.when ?? '', /(^|&& )isWorkspaceTrusted|^false$/, `${entry.command} ${entry.group ?? ''}`);
        }
        const command = commands.find((one) => one.command === COMMANDS[name]);
        assert.match(command?.enablement ?? '', /isWorkspaceTrusted/);
      }
    });
  });

  describe('when clauses', () => {
    const ownKeys = new Set<string>(Object.values(CONTEXTS));
    const used = new Set(clauses.flatMap((clause) => clause.match(/kuzuMigrate\.\w+/g) ?? []));

    it('ask for keys that the code sets, and every key is asked for', () => {
      const others = new Set<string>(Object.values(VIEWS));
      assert.deepEqual(
        [...used].filter((key) => !ownKeys.has(key) && !others.has(key)),
        [],
      );
      assert.deepEqual(
        [...ownKeys].filter((key) => !used.has(key)),
        [],
      );
    });

    it('compare the state of the view with states that there are', () => {
      const states = clauses.flatMap((clause) => [...clause.matchAll(/kuzuMigrate\.state [!=]= (\w+)/g)]);
      for (const [, state] of states)
        assert.ok((VIEW_STATES as readonly (string | undefined)[]).includes(state), state);
    });

    it('name rows that the tree makes', () => {
      const plainItems: readonly string[] = Object.values(ITEMS);
      const items = [...plainItems, ...plainItems.map((item) => item + ITEMS.drifted)];
      for (const clause of clauses) {
        const [, plain] = /viewItem == ([\w.]+)/.exec(clause) ?? [];
        const [, pattern] = /viewItem =~ \/(.+?)\/(?: |$)/.exec(clause) ?? [];
        if (plain !== undefined) assert.ok(items.includes(plain), clause);
        if (pattern !== undefined)
          assert.ok(
            items.some((item) => new RegExp(pattern).test(item)),
            clause,
          );
      }
    });

    it('of the rows’ menus say which view and whether several rows may be selected', () => {
      for (const { command, when = '' } of menus['view/item/context'] ?? []) {
        assert.match(when, new RegExp(`^view == (${VIEWS.migrations}|${VIEWS.schema}) && viewItem`));
        if (command !== COMMANDS.compareVersions) assert.match(when, /!listMultiSelection/, command);
      }
    });
  });

  describe('views', () => {
    it('stand in a container of our own with a monochrome icon', () => {
      const [container] = contributes.viewsContainers.activitybar;
      assert.equal(container.id, VIEWS.container);
      const icon = readFileSync(path.join(root, container.icon), 'utf8');
      assert.match(icon, /currentColor/);
      assert.doesNotMatch(icon, /#[0-9a-f]{3,6}\b|rgb\(/i);
      assert.deepEqual(
        contributes.views[VIEWS.container].map(({ id }: { id: string }) => id),
        [VIEWS.migrations, VIEWS.schema],
      );
    });

    it('have a welcome text for every state without rows', () => {
      const whens: readonly string[] = contributes.viewsWelcome.map(({ when }: { when: string }) => when);
      assert.ok(whens.some((when) => when.includes('workbenchState == empty')));
      assert.ok(whens.some((when) => when.includes('!isWorkspaceTrusted')));
      for (const state of ['noProject', 'noDatabase', 'noVersions']) {
        assert.ok(
          whens.some((when) => when.endsWith(`${CONTEXTS.state} == ${state}`)),
          state,
        );
      }
    });
  });

  it('has the settings of the code, and no other', () => {
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), Object.values(SETTINGS).sort());
  });

  it('opens database files in the editors of the code', () => {
    const editors: readonly { viewType: string; priority: string; selector: { filenamePattern: string }[] }[] =
      contributes.customEditors;
    assert.deepEqual(editors.map(({ viewType }) => viewType).sort(), Object.values(EDITORS).sort());
    for (const { priority, selector } of editors) {
      // Other programs use .db too, so it is the user who chooses.
      const isShared = selector.some(({ filenamePattern }) => filenamePattern === '*.db');
      assert.equal(priority, isShared ? 'option' : 'default');
    }
  });

  it('gives our language to the documents that we make', () => {
    const language = contributes.languages.find(({ id }: { id: string }) => id === LANGUAGE);
    assert.ok(language.filenamePatterns.some((pattern: string) => pattern.includes(SCHEMA_FOLDER)));
    assert.ok(clauses.some((clause) => clause.includes(`resourceScheme == ${SCHEME}`)));
  });

  it('says why it is limited without trust and absent in a virtual workspace', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.equal(virtualWorkspaces.supported, false);
    for (const { description } of [untrustedWorkspaces, virtualWorkspaces]) {
      assert.ok((nls[description.replaceAll('%', '')] ?? '').length > 40);
    }
  });

  it('starts the extension only where there is something for it', () => {
    for (const event of manifest.activationEvents) assert.match(event, /^workspaceContains:/);
  });

  it('points at files that are there', () => {
    const files = [
      ...contributes.jsonValidation.map(({ url }: { url: string }) => url),
      ...contributes.grammars.map(({ path: file }: { path: string }) => file),
    ];
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('writes no id of ours in the code outside of the constants', () => {
    const ids = [COMMANDS, CONTEXTS, SETTINGS, EDITORS, VIEWS].flatMap((group) => Object.values(group));
    for (const { name, text: source } of sources.filter((one) => !one.name.startsWith('constants'))) {
      for (const id of ids) if (id !== VIEWS.container) assert.ok(!source.includes(`'${id}'`), `${name}: ${id}`);
    }
  });
});
