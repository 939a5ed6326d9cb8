import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { en } from '../../src/core/text/en';
import { type ErrorCode, enErrors, usageErrors } from '../../src/core/text/en-errors';
import { ja } from '../../src/core/text/ja';
import { jaErrors } from '../../src/core/text/ja-errors';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const codes = Object.keys(enErrors) as ErrorCode[];
const japanese: Readonly<Record<string, string>> = ja;

/** What stands below each `## CODE`, in the order of the file. */
function entriesOf(text: string): [code: string, entry: string][] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n'))]);
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();
}

function sources(dir: string): string[] {
  return readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, dir, name), 'utf8'));
}

for (const [file, parts] of [
  ['docs/errors.md', ['**What it means.**', '**Cause.**', '**Remedy.**']],
  ['docs/errors.ja.md', ['**意味**: ', '**原因**: ', '**対処**: ']],
] as const) {
  describe(file, () => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const entries = entriesOf(text);

    it('has an entry for every error code, in the order of the table of texts, and no other', () => {
      assert.deepEqual(
        entries.map(([code]) => code),
        codes,
      );
    });

    it('says of each code what it means, its cause, and the remedy with a command', () => {
      for (const [code, entry] of entries) {
        const found = [...parts, '\n```sh\n'].map((part) => entry.indexOf(part));
        assert.ok(found[0] !== -1, code);
        assert.deepEqual(
          [...found].sort((a, b) => a - b),
          found,
          code,
        );
      }
    });

    it('lists every code at the top with its exit code', () => {
      const rows = [...text.matchAll(/^\| \[(\w+)\]\(#(\w+)\) \| .+ \| (\d) \|$/gm)];
      assert.deepEqual(
        rows.map(([, code, anchor, exit]) => [code, anchor, exit]),
        codes.map((code) => [code, code.toLowerCase(), usageErrors.has(code) ? '2' : '1']),
      );
    });

    it('shows only commands and options that the command line has', () => {
      const cli = sources('src/cli').join('\n');
      const commands = new Set([...cli.matchAll(/\.command\('([\w-]+)'/g)].map(([, name]) => name));
      const options = new Set([...cli.matchAll(/'(?:-\w, )?(--[a-z-]+)[ ']/g)].map(([, name]) => name));
      const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
      const calls = blocks.filter((line) => line.startsWith('kuzu-migrate '));
      assert.ok(calls.length > codes.length / 2);
      for (const call of calls) {
        const command = /^kuzu-migrate (?:--(?:db|project|engine) \S+ |--verbose )*([\w-]+)/.exec(call)?.[1];
        assert.ok(commands.has(command), call);
        for (const [option] of call.matchAll(/--[a-z-]+/g)) assert.ok(options.has(option), call);
      }
    });
  });
}

describe('error codes', () => {
  const thrown = sources('src').join('\n');

  for (const code of codes) {
    it(`${code} is thrown somewhere`, () => {
      assert.ok(new RegExp(`new MigrateError\\(\\s*'${code}'`).test(thrown), `no code throws ${code}`);
    });
  }

  it('have a message and a next step in both languages', () => {
    for (const code of codes) {
      for (const text of [...enErrors[code], ...jaErrors[code]]) assert.notEqual(text.trim(), '', code);
    }
  });
});

describe('Japanese texts', () => {
  const pairs = Object.entries<string>(en).map(([key, english]) => ({ key, english, text: japanese[key] ?? '' }));

  it('are there for every English one, and for no other', () => {
    assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
  });

  it('take the same parameters', () => {
    for (const { key, english, text } of pairs) assert.deepEqual(placeholders(text), placeholders(english), key);
  });

  it('differ from the English wherever there is more to say than parameters and symbols', () => {
    for (const { key, english, text } of pairs) {
      if (/[a-z]/.test(english.replace(/\{\w+\}/g, ''))) assert.notEqual(text, english, key);
    }
  });

  it('have one word for a statement', () => {
    const other = /(?<![全構本原英例公])文(?!字|書|法|脈|末|言|頭|体)/;
    for (const { key, text } of pairs) assert.doesNotMatch(text, other, key);
  });

  it('keep commands, options and code as they are', () => {
    for (const { key, english, text } of pairs) {
      for (const literal of english.match(/`[^`]+`|--[a-z-]+|[\w*.-]+\.(?:json|cypher)\b/g) ?? []) {
        assert.ok(text.includes(literal), `${key}: ${literal}`);
      }
    }
  });

  it('are the same for the same English text, which is the key of the editor’s bundle', () => {
    const known = new Map<string, string>();
    for (const { key, english, text } of pairs) {
      assert.equal(text, known.get(english) ?? text, key);
      known.set(english, text);
    }
  });

  it('begin and end with the same blanks', () => {
    for (const { key, english, text } of pairs) {
      assert.deepEqual(
        [/^\s*/.exec(text), /\s*$/.exec(text)].map(String),
        [/^\s*/.exec(english), /\s*$/.exec(english)].map(String),
        key,
      );
    }
  });
});
