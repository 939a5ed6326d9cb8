import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { everything } from '../support/lint';
import { type MigrationBench, withMigrations } from '../support/migrations';

describe('lint on the command line', () => {
  const files = async (bench: MigrationBench) => {
    await bench.write(
      '001_a',
      '-- UP\nCREATE NODE TABLE A(id INT64 PRIMARY KEY);\nALTER TABLE A ADD COLUMN b STRING;\n-- DOWN\nDROP TABLE A;\n',
    );
  };

  it('prints places, codes and fixes, and ends with 3 for errors alone', () =>
    withMigrations('kuzu', async (bench) => {
      await files(bench);
      const { code, stdout } = await bench.cli(['lint']);
      assert.equal(code, 3);
      assert.equal(
        stdout,
        'migrations/001_a.cypher:3:19: error: Kùzu takes no COLUMN behind ADD. Take the word out. (KM405)\n  fix: Remove COLUMN\nmigrations/001_a.cypher:3:19: note: It was run as the fixes of its errors would make it. (KM435)\nerrors: 1, warnings: 0, notes: 1 (migrations: 1).\n',
      );
      await bench.write('001_a', '-- UP\nCREATE NODE TABLE A(id INT64 PRIMARY KEY);\n');
      assert.equal((await bench.cli(['lint'])).code, 0);
      assert.match((await bench.cli(['lint', '--lang', 'ja'])).stdout, /警告: 1 件/);
    }));

  it('prints JSON with --json and with --format json', () =>
    withMigrations('kuzu', async (bench) => {
      await files(bench);
      const { code, json } = await bench.json(['lint', 'migrations/001_a.cypher']);
      assert.equal(code, 3);
      const [first] = json.findings as readonly Record<string, unknown>[];
      assert.deepEqual(first, {
        code: 'KM405',
        severity: 'error',
        message: 'Kùzu takes no COLUMN behind ADD. Take the word out.',
        file: 'migrations/001_a.cypher',
        ...{ line: 3, column: 19, endLine: 3, endColumn: 25 },
        fix: { title: 'Remove COLUMN', edits: [{ line: 3, column: 18, endLine: 3, endColumn: 25, text: '' }] },
      });
      const printed = await bench.cli(['lint', '--format', 'json']);
      assert.deepEqual((JSON.parse(printed.stdout) as { findings: unknown }).findings, json.findings);
    }));

  it('prints SARIF and Markdown', () =>
    withMigrations('kuzu', async (bench) => {
      await files(bench);
      const { stdout } = await bench.cli(['lint', '--format', 'sarif']);
      assert.equal((JSON.parse(stdout) as { version: string }).version, '2.1.0');
      assert.match(
        (await bench.cli(['lint', '--format', 'markdown'])).stdout,
        /^### Lint[\s\S]*`migrations\/001_a\.cypher`[\s\S]*KM405/,
      );
      assert.equal((await bench.cli(['lint', '--format', 'xml'])).code, 2);
      assert.equal((await bench.cli(['lint', 'nothing.cypher'])).code, 2);
    }));

  it('leaves the project as it was', () =>
    withMigrations('kuzu', async (bench) => {
      await files(bench);
      const before = await everything(bench.dir);
      await bench.cli(['lint']);
      assert.deepEqual(await everything(bench.dir), before);
      assert.deepEqual(await readdir(bench.tmp), []);
      assert.match(await readFile(path.join(bench.dir, 'migrations/001_a.cypher'), 'utf8'), /ADD COLUMN/);
    }));
});
