import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const src = path.join(process.env.KUZU_MIGRATE_ROOT ?? process.cwd(), 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(path.sep).join('/'));

/** Which houses a house may import from, besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engine: ['core'],
  project: ['core'],
  workflow: ['core', 'engine', 'project'],
  cli: ['core', 'engine', 'project', 'workflow'],
  extension: ['core', 'engine', 'project', 'workflow'],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

/** `import … from '…'`, `export … from '…'`, `import '…'`, `import('…')`, `require('…')`. */
const IMPORT =
  /^(?:import|export)\b[^;'"]*?from\s*'([^']+)'|^import\s*'([^']+)'|\b(?:import|require)\(\s*'([^']+)'\)/gm;

const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(path.join(src, file), 'utf8').matchAll(IMPORT)].map((match) => ({
    file,
    target: match[1] ?? match[2] ?? match[3] ?? '',
  })),
);

const houseOf = (file: string) => file.split('/')[0] ?? '';
const show = ({ file, target }: Import) => `${file} → ${target}`;

describe('the walls of the houses', () => {
  it('has only the houses of the design', () => {
    assert.deepEqual([...new Set(files.map(houseOf))].sort(), Object.keys(allowed).sort());
  });

  it('lets arrows run one way: core ← engine, project ← workflow ← cli, extension', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (!target.startsWith('.')) return false;
      const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
      // package.json, for the tool's own version.
      if (resolved.startsWith('../')) return resolved !== '../package.json';
      const [from, to] = [houseOf(file), houseOf(resolved)];
      return from !== to && !allowed[from]?.includes(to);
    });
    assert.deepEqual(wrong.map(show), []);
  });

  it('keeps core pure: no system, no editor, no engine, and of the packages only `diff`', () => {
    const wrong = imports.filter(
      ({ file, target }) => houseOf(file) === 'core' && !target.startsWith('.') && target !== 'diff',
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it('imports the editor in extension only', () => {
    const wrong = imports.filter(({ file, target }) => target === 'vscode' && houseOf(file) !== 'extension');
    assert.deepEqual(wrong.map(show), []);
  });

  it('loads an engine package nowhere by name: only the child process does, by the path it is given', () => {
    const engines = imports.filter(({ target }) => /^(kuzu|@ladybugdb\/|@duckdb\/)/.test(target));
    assert.deepEqual(engines.map(show), []);
    const loaders = files.filter((file) => readFileSync(path.join(src, file), 'utf8').includes('createRequire('));
    assert.deepEqual(loaders.sort(), ['engine/drivers.ts', 'engine/duckdb/connection.ts', 'engine/kuzu/connection.ts']);
    const users = imports.filter(({ target }) => /\/connection$/.test(target));
    assert.deepEqual(
      users.map(({ file }) => file),
      ['engine/host/child.ts', 'engine/host/child.ts'],
    );
  });

  it('has no barrels and no default exports', () => {
    const wrong = files.filter((file) => {
      const text = readFileSync(path.join(src, file), 'utf8');
      return /^export \* from|^export default|^export \{[^}]*\} from/m.test(text) || path.basename(file) === 'index.ts';
    });
    assert.deepEqual(wrong, []);
  });

  it('keeps files small: the median below 100 lines, none above 400 without a reason at its top', () => {
    const sizes = files
      .map((file) => readFileSync(path.join(src, file), 'utf8').split('\n').length)
      .sort((a, b) => a - b);
    assert.ok((sizes[Math.floor(sizes.length / 2)] ?? 0) < 100);
    assert.deepEqual(
      files.filter((file) => readFileSync(path.join(src, file), 'utf8').split('\n').length > 400),
      [],
    );
  });
});
