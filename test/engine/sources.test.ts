import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSource, sourceSchema } from '../../src/workflow/compare/source';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

async function tablesOf({ context }: MigrationBench, source: string): Promise<string[]> {
  const { schema } = await sourceSchema(context(), await parseSource(context(), source));
  return schema.tables.map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(' ')})`).sort();
}

function git(dir: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

for (const engine of ENGINES) {
  describe(`the source of a schema (${engine})`, function () {
    this.timeout(120_000);

    it('`migrations` is what all of them make of an empty database, `migrations@ID` what those up to it make', () =>
      withMigrations(engine, async (bench) => {
        const { words, write } = bench;
        await write('1_a', upDown([words.table('A')]));
        await write('2_rows', upDown([words.insert('A', 1)], [], `-- assert: ${condition(engine)}\n`));
        await write('3_more', upDown([words.addColumn('A', 'more'), words.table('B')]));
        assert.deepEqual(await tablesOf(bench, 'migrations'), ['A(id name more)', 'B(id name)']);
        // Whatever their conditions say, which ask for data.
        assert.deepEqual(await tablesOf(bench, 'migrations@2'), ['A(id name)']);
        assert.deepEqual(await tablesOf(bench, 'migrations@0'), []);
        // Known by now, and made again once a file changes.
        assert.deepEqual(await tablesOf(bench, 'migrations'), ['A(id name more)', 'B(id name)']);
        await write('3_more', upDown([words.addColumn('A', 'other')]));
        assert.deepEqual(await tablesOf(bench, 'migrations'), ['A(id name other)']);
        await assert.rejects(tablesOf(bench, 'migrations@7'), { code: 'MIGRATION_UNKNOWN' });
        await write('4_wrong', upDown([words.failing]));
        await assert.rejects(tablesOf(bench, 'migrations'), ({ code, where }) => {
          assert.deepEqual(
            [code, where.file, where.line],
            ['STATEMENT_FAILED', `migrations/4_wrong${words.ending}`, 2],
          );
          return true;
        });
        await assert.rejects(bench.count('A'), 'no database was made');
      }));

    it('`git:REF` is the desired schema of a commit, or its migrations, `git:REF:PATH` what lies there', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, dir } = bench;
        git(dir, 'init', '--quiet', '--initial-branch=trunk');
        const commit = (message: string) => {
          git(dir, 'add', '--all');
          git(dir, 'commit', '--quiet', '--message', message);
        };
        await write('1_a', upDown([words.table('A')]));
        commit('one');
        git(dir, 'tag', 'v1');
        await write('2_b', upDown([words.table('B')]));
        const ddl = path.join(dir, 'ddl');
        await mkdir(ddl);
        await writeFile(path.join(ddl, `schema${words.ending}`), `${words.table('C')};\n`);
        await write('3_later', upDown([words.table('L')]));
        commit('two');
        await rm(ddl, { recursive: true });
        assert.deepEqual(await tablesOf(bench, 'git:v1'), ['A(id name)']);
        assert.deepEqual(await tablesOf(bench, 'git:trunk'), ['C(id name)']);
        assert.deepEqual(await tablesOf(bench, 'git:HEAD~1'), ['A(id name)']);
        assert.deepEqual(await tablesOf(bench, 'git:HEAD:migrations'), ['A(id name)', 'B(id name)', 'L(id name)']);
        assert.deepEqual(await tablesOf(bench, `git:HEAD:ddl/schema${words.ending}`), ['C(id name)']);
        for (const ref of ['nowhere', '--help', 'HEAD~9']) {
          await assert.rejects(tablesOf(bench, `git:${ref}`), { code: 'GIT_REF_UNKNOWN' }, ref);
        }
        await assert.rejects(tablesOf(bench, 'git:HEAD:nothing/here'), { code: 'SOURCE_NO_SCHEMA' });
        const cli = await bench.json(['diff', 'git:v1', 'git:HEAD:migrations']);
        assert.deepEqual(
          (cli.json as unknown as { changes: { object: string }[] }).changes.map(({ object }) => object),
          ['B', 'L'],
        );
      }));

    it('outside of a repository there is no commit', () =>
      withMigrations(engine, async (bench) => {
        await assert.rejects(tablesOf(bench, 'git:HEAD'), { code: 'GIT_FAILED' });
      }));
  });
}

function condition(engine: string): string {
  return engine === 'kuzu' ? 'MATCH (a:A) RETURN count(*) > 100' : 'SELECT count(*) > 100 FROM A';
}
