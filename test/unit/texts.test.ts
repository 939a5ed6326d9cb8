import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { en } from '../../src/core/text/en';
import { ja } from '../../src/core/text/ja';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const english: Readonly<Record<string, string>> = en;
const japanese: Readonly<Record<string, string>> = ja;
const keys = Object.keys(english);
const json = (name: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(path.join(root, name), 'utf8'));

/** All code but the tables themselves. */
const code = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/core[/\\]text[/\\](en|ja)(-\w+)?\.ts$/.test(name))
  .map((name) => readFileSync(path.join(root, 'src', name), 'utf8'))
  .join('\n');

/** Keys that are made of a code; the table of each is closed by its type, or by a test of its own. */
const MADE = /^(?:ui\.)?(error|hint|loss)\.|^ui\.advice\./;

function placeholders(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();
}

/** Whether code names a key as it is, or begins it in a template: `step.${step}`. */
function isNamed(key: string): boolean {
  if (new RegExp(`['"\`@]${key.replaceAll('.', '\\.')}['"\`:]`).test(code)) return true;
  const parts = [...key.matchAll(/[.A-Z]|$/g)].map(({ index }) => key.slice(0, index));
  return parts.some((part) =>
    [`\`${part}\${`, `\`${part}.\${`, `\`@${part}.\${`].some((start) => code.includes(start)),
  );
}

describe('texts', () => {
  it('are there in both languages', () => {
    assert.deepEqual(Object.keys(japanese).sort(), [...keys].sort());
    for (const key of keys) assert.notEqual(japanese[key]?.trim(), '', key);
  });

  it('take the same parameters in both languages', () => {
    for (const key of keys) {
      assert.deepEqual(placeholders(japanese[key] ?? ''), placeholders(english[key] ?? ''), key);
    }
  });

  it('are Japanese in the Japanese table, but for those of names and marks', () => {
    const same = keys.filter((key) => japanese[key] === english[key]);
    const words = same.filter((key) => /[A-Za-z]{3,}/.test((english[key] ?? '').replace(/\{\w+\}|`[^`]*`/g, '')));
    assert.deepEqual(words, []);
  });

  // VS Code finds a translation by the English text, not by our key.
  it('that are one text in English are one text in Japanese', () => {
    const seen = new Map<string, string>();
    for (const key of keys) {
      const template = english[key] ?? '';
      const other = seen.get(template);
      if (other !== undefined) assert.equal(japanese[key], japanese[other], `${key} and ${other}: ${template}`);
      seen.set(template, key);
    }
  });

  // vscode.l10n.t looks a placeholder up in its own, empty array of arguments.
  it('name no parameter that every array has', () => {
    for (const key of keys) {
      for (const name of placeholders(english[key] ?? '')) assert.ok(!(name.slice(1, -1) in []), `${key}: ${name}`);
    }
  });

  it('are all in use', () => {
    assert.deepEqual(
      keys.filter((key) => !MADE.test(key) && !isNamed(key)),
      [],
    );
  });

  it('that the code names are in the table', () => {
    const named = [...code.matchAll(/(?:\bt|\btext|\btranslate)\(\s*'([\w.]+)'/g)].map(([, key = '']) => key);
    assert.ok(named.length > 100);
    assert.deepEqual(
      named.filter((key) => !(key in english)),
      [],
    );
  });

  it('of the editor stand in for hints and advice that there are', () => {
    for (const key of keys.filter((one) => /^ui\.(hint|advice)\./.test(one))) assert.ok(key.slice(3) in english, key);
  });
});

describe('the texts of package.json', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key));
  for (const name of ['package.nls.json', 'package.nls.ja.json']) {
    it(`are all in ${name}, and none is left over`, () => {
      assert.deepEqual(Object.keys(json(name)).sort(), [...used].sort());
    });
  }

  it('are Japanese in the Japanese file', () => {
    for (const [key, value] of Object.entries(json('package.nls.ja.json'))) assert.match(value, /[ぁ-ヿ一-鿿]/, key);
  });

  it('offer the same links in both languages', () => {
    const links = (value = '') => [...value.matchAll(/\]\((.+?)\)/g)].map(([, link]) => link);
    const others = json('package.nls.ja.json');
    for (const [key, value] of Object.entries(json('package.nls.json'))) {
      assert.deepEqual(links(others[key]), links(value), key);
    }
  });
});
