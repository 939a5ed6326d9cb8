import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { holdDatabase } from '../support/hold';
import { queryKuzu, withTempDir } from '../support/kuzu-script';
import { dist } from '../support/project';
import { sampleGraph, sampleValues } from '../support/sample';
import { runCli, runJson } from './run-cli';

/** A folder with one database, as a user has it before they know of us. */
async function withFolder(work: (dir: string, file: string) => Promise<void>): Promise<void> {
  await withTempDir(async (dir) => {
    const file = path.join(dir, 'data/app.kuzu');
    await mkdir(path.dirname(file));
    await queryKuzu([{ path: file, statements: sampleGraph }]);
    await work(dir, file);
  });
}

describe('kuzu-migrate', () => {
  it('goes the whole way: init, export, change, export, list, diff, rollback', async () => {
    await withFolder(async (dir, file) => {
      const values = await sampleValues({ file });
      assert.equal((await runCli(dir, ['init'])).code, 0);
      const config = JSON.parse(await readFile(path.join(dir, 'kuzu-migrate.json'), 'utf8'));
      assert.deepEqual(config.databases, { app: { path: 'data/app.kuzu' } });

      const exported = await runCli(dir, ['export', '--version', 'v1.0.0']);
      assert.match(exported.stdout, /^Exported app as v1\.0\.0 \(tables: 4, rows: 211/);
      await queryKuzu([
        { path: file, statements: ['ALTER TABLE User ADD email STRING', 'MATCH (u:User) SET u.score = 0'] },
      ]);
      const second = await runJson(dir, ['snapshot', '--version', 'v1.1.0', '--format', 'csv']);
      assert.equal(second.code, 0);
      assert.equal(second.json.ok, true);

      const list = await runJson(dir, ['list']);
      assert.equal(list.json.current, 'v1.1.0');
      assert.deepEqual(
        (list.json.versions as unknown as Record<string, unknown>[]).map(
          ({ version, engine, tables, rows, verified }) => ({ version, engine, tables, rows, verified }),
        ),
        [
          { version: 'v1.0.0', engine: 'kuzu', tables: 4, rows: 211, verified: true },
          { version: 'v1.1.0', engine: 'kuzu', tables: 4, rows: 211, verified: true },
        ],
      );
      const plain = (await runCli(dir, ['list'])).stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t'));
      assert.deepEqual(
        plain.map((row) => row[0]),
        ['Version', 'v1.0.0', 'v1.1.0'],
      );

      const diff = await runJson(dir, ['diff', 'v1.0.0', 'v1.1.0']);
      assert.deepEqual(diff.json.changes, [
        { kind: 'add-column', object: 'User.email', hazards: [], text: 'ALTER TABLE User ADD email STRING' },
      ] as unknown as never);

      const rolled = await runCli(dir, ['rollback', 'v1.0.0', '--yes']);
      assert.equal(rolled.code, 0, rolled.stderr);
      assert.match(rolled.stdout, /kept in .*kuzu_backup_/);
      assert.equal(await sampleValues({ file }), values);
    });
  });

  it('prints a difference in four formats, and says by its exit code that there is one when asked', async () => {
    await withFolder(async (dir, file) => {
      await runCli(dir, ['export', '--version', 'v1.0.0']);
      await queryKuzu([{ path: file, statements: ['ALTER TABLE User ADD email STRING'] }]);
      const outputs = await Promise.all(
        ['changes', 'unified', 'json', 'markdown'].map((format) => runCli(dir, ['diff', 'v1.0.0', '--format', format])),
      );
      assert.deepEqual(
        outputs.map(({ code }) => code),
        [0, 0, 0, 0],
      );
      const [changes, unified, json, markdown] = outputs.map(({ stdout }) => stdout);
      assert.match(changes ?? '', /add-column\tUser\.email/);
      assert.match(unified ?? '', /^--- v1\.0\.0\n\+\+\+ app\n@@[\s\S]*\+ {2}email STRING,/);
      assert.equal(JSON.parse(json ?? '').changes.length, 1);
      assert.match(markdown ?? '', /```diff/);
      assert.equal((await runCli(dir, ['diff', 'v1.0.0', '--exit-code'])).code, 3);
      assert.equal((await runCli(dir, ['diff', 'db', 'db:app', '--exit-code'])).code, 0);
      assert.equal(
        (await runCli(dir, ['diff', 'version:v1.0.0', `dir:${path.join('migrations', 'v1.0.0')}`, '--exit-code'])).code,
        0,
      );
      assert.equal(
        (await runCli(dir, ['diff', 'file:data/app.kuzu', 'file:migrations/v1.0.0/schema.cypher', '--exit-code'])).code,
        3,
      );
    });
  });

  it('offers what may have been renamed, and takes an answer', async () => {
    await withFolder(async (dir, file) => {
      await runCli(dir, ['export', '--version', 'v1.0.0']);
      await queryKuzu([{ path: file, statements: ['ALTER TABLE User RENAME name TO `full name`'] }]);
      const asked = await runCli(dir, ['diff', 'v1.0.0']);
      assert.match(asked.stdout, /^drop-column\tUser\.name/m);
      const option =
        /User\.name may have become User\.full name \(.+\): --rename '(.+)'$/m.exec(asked.stdout)?.[1] ?? '';
      assert.equal(option, 'User.name=`full name`');
      const unified = await runCli(dir, ['diff', 'v1.0.0', '--format', 'unified']);
      assert.match(unified.stderr, /User\.name may have become/);

      const open = await runJson(dir, ['diff', 'v1.0.0']);
      const [question] = open.json.renames as unknown as Record<string, unknown>[];
      const { from, to, answer, sure } = question ?? {};
      assert.deepEqual([from, to, answer, sure], ['User.name', 'User.full name', option, true]);

      const answered = await runJson(dir, ['diff', 'v1.0.0', '--rename', option]);
      assert.deepEqual(answered.json.renames, [] as unknown as never);
      assert.deepEqual(answered.json.changes, [
        {
          kind: 'rename-column',
          object: 'User.name',
          hazards: [],
          text: 'ALTER TABLE User RENAME name TO `full name`',
        },
      ] as unknown as never);
      assert.equal((await runCli(dir, ['diff', 'v1.0.0', '--rename', option, '--exit-code'])).code, 3);

      const wrong = await runCli(dir, ['diff', 'v1.0.0', '--rename', 'User.nam=x', '--rename', option]);
      assert.equal(wrong.code, 2);
      assert.match(
        wrong.stderr,
        /the older side has no “nam” \(RENAME_INVALID\)[\s\S]*Gone are: User\.name\. New are: User\.full name\./,
      );
    });
  });

  it('asks before it replaces a database, and without a terminal says what to pass', async () => {
    await withFolder(async (dir, file) => {
      await writeFile(
        path.join(dir, 'kuzu-migrate.json'),
        '{ // with comments\n "databases": { "dev": { "path": "data/app.kuzu" }, "prod": { "path": "${env:PROD_DIR}/app.kuzu", "protected": true, }, }, "default": "dev", }',
      );
      const env = { PROD_DIR: 'data' };
      await runCli(dir, ['export', '--version', 'v1.0.0'], env);
      const before = await sampleValues({ file });
      const unasked = await runCli(dir, ['rollback', 'v1.0.0'], env);
      assert.equal(unasked.code, 2);
      assert.match(unasked.stderr, /Pass --yes\./);
      const prod = await runCli(dir, ['--db', 'prod', 'rollback', 'v1.0.0', '--yes'], env);
      assert.equal(prod.code, 2);
      assert.match(prod.stderr, /--yes --confirm prod/);
      const wrong = await runCli(dir, ['--db', 'prod', 'rollback', 'v1.0.0', '--yes', '--confirm', 'dev'], env);
      assert.equal(wrong.code, 2);
      assert.equal(
        (await runCli(dir, ['--db', 'prod', 'rollback', 'v1.0.0', '--yes', '--confirm', 'prod'], env)).code,
        0,
      );
      assert.equal(await sampleValues({ file }), before);
      const missing = await runCli(dir, ['list']);
      assert.equal(missing.code, 2);
      assert.match(missing.stderr, /PROD_DIR/);
    });
  });

  it('answers bad input with a code, a message and the next step, never a stack', async () => {
    await withFolder(async (dir) => {
      await runCli(dir, ['export', '--version', 'v1.0.0']);
      const cases: readonly (readonly [args: readonly string[], code: number, error: string])[] = [
        [['export', '--version', '../x'], 2, 'VERSION_NAME_INVALID'],
        [['export', '--version', 'v1.0.0'], 1, 'VERSION_EXISTS'],
        [['export'], 2, 'USAGE'],
        [['export', '--version', 'x', '--format', 'xlsx'], 2, 'USAGE'],
        [['frobnicate'], 2, 'USAGE'],
        [['import', '--version', 'v9.9.9', '--yes'], 2, 'VERSION_NOT_FOUND'],
        [['import', '--version', 'v1.0.0', '--table', 'User', '--yes'], 2, 'USAGE'],
        [['diff', 'nope', 'db'], 2, 'SOURCE_UNKNOWN'],
        [['diff', 'dir:nope', 'db'], 2, 'SOURCE_UNKNOWN'],
        [['--db', 'nope', 'list'], 2, 'DATABASE_UNKNOWN'],
        [['--db', 'none.kuzu', 'export', '--version', 'x'], 1, 'DATABASE_MISSING'],
        [['--engine', 'duckdb', '--db', 'other.db', 'export', '--version', 'x'], 1, 'DATABASE_MISSING'],
        [['--project', 'data/none', 'export', '--version', 'x'], 2, 'CONFIG_NOT_FOUND'],
      ];
      for (const [args, code, error] of cases) {
        const answer = await runJson(dir, args);
        assert.deepEqual(
          [answer.code, (answer.json.error as unknown as { code: string })?.code],
          [code, error],
          args.join(' '),
        );
        const text = await runCli(dir, args);
        assert.equal(text.stdout, '');
        assert.match(text.stderr, /error: .*\n[\s\S]*hint: /);
        assert.doesNotMatch(text.stderr, /\bat .*\.js:\d+/);
      }
    });
  });

  it('refuses --json beside another format, which it would silently replace', async () => {
    await withFolder(async (dir) => {
      for (const args of [
        ['diff', 'db', '--format', 'markdown'],
        ['lint', '--format', 'sarif'],
      ]) {
        const { code, json } = await runJson(dir, args);
        assert.deepEqual([code, (json.error as unknown as { code: string }).code], [2, 'USAGE']);
      }
    });
  });

  it('is plain text where nobody sees colours, also on a build server', async () => {
    await withTempDir(async (dir) => {
      const { stderr } = await runCli(dir, ['export', '--version', '../x'], { CI: 'true' });
      assert.match(stderr, /^error: /);
    });
  });

  it('points into the configuration', async () => {
    await withTempDir(async (dir) => {
      await writeFile(
        path.join(dir, 'kuzu-migrate.json'),
        '{\n  "databases": {\n    "dev": { "path": "x", "protcted": true }\n  }\n}\n',
      );
      const { code, json } = await runJson(dir, ['list']);
      const error = json.error as unknown as Record<string, unknown>;
      assert.deepEqual([code, error.code, error.line, error.column], [2, 'CONFIG_INVALID', 3, 27]);
    });
  });

  it('shows the edit of a version before it refuses it', async () => {
    await withFolder(async (dir) => {
      await runCli(dir, ['export', '--version', 'v1.0.0']);
      await appendFile(path.join(dir, 'migrations/v1.0.0/schema.cypher'), "COMMENT ON TABLE `User` IS 'x';\n");
      const refused = await runCli(dir, ['import', '--version', 'v1.0.0', '--into', 'x.kuzu']);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /\+COMMENT ON TABLE/);
      assert.equal(
        (await runCli(dir, ['import', '--version', 'v1.0.0', '--into', 'x.kuzu', '--accept-edits'])).code,
        0,
      );
    });
  });

  it('reads without writing: nothing appears in the project or beside the database', async () => {
    await withFolder(async (dir) => {
      await runCli(dir, ['export', '--version', 'v1.0.0']);
      const before = await readdir(dir, { recursive: true });
      for (const args of [['list'], ['diff', 'v1.0.0'], ['schema', 'show'], ['schema', 'show', 'v1.0.0']]) {
        assert.equal((await runCli(dir, args)).code, 0);
      }
      assert.deepEqual(await readdir(dir, { recursive: true }), before);
    });
  });

  it('says as of when a held database was read', async () => {
    await withFolder(async (dir, file) => {
      const holder = await holdDatabase(file);
      try {
        const { code, stdout } = await runCli(dir, ['export', '--version', 'v1.0.0']);
        assert.equal(code, 0);
        assert.match(
          stdout,
          new RegExp(
            `As of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d, from a copy: the database is held by process ${holder.pid}`,
          ),
        );
      } finally {
        await holder.close();
      }
    });
  });

  it('speaks Japanese when LANG or --lang says so', async () => {
    await withFolder(async (dir) => {
      const byLang = await runCli(dir, ['list'], { LANG: 'ja_JP.UTF-8' });
      const byFlag = await runCli(dir, ['--lang', 'ja', 'list']);
      assert.equal(byLang.stdout, byFlag.stdout);
      assert.match(byLang.stdout, /バージョン/);
      assert.match((await runCli(dir, ['--lang', 'ja', '--help'])).stdout, /[ぁ-ん]/);
    });
  });

  it('keeps and proves what the engine’s export loses, and says again at a rollback what a version could not keep', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'app.kuzu');
      const taken = Array.from({ length: 20 }, () => "RETURN nextval('s')");
      const statements = [
        'CREATE SEQUENCE s',
        ...taken,
        'CREATE NODE TABLE A(id INT64 PRIMARY KEY, n INT64 DEFAULT 7, price DECIMAL(10, 2))',
        "CREATE (:A {id: 1, price: CAST('-0.05' AS DECIMAL(10, 2))})",
      ];
      await queryKuzu([{ path: file, statements }]);
      const exported = await runCli(dir, ['export', '--version', 'v1.0.0']);
      assert.match(exported.stdout, /Proved:[\s\S]*warning: .*sequence s.*KX006/);
      assert.match(await readFile(path.join(dir, 'migrations/v1.0.0/CHANGELOG.md'), 'utf8'), /DEFAULT 7/);
      assert.match((await runCli(dir, ['rollback', 'v1.0.0', '--yes'])).stdout, /KX006/);
      const [answers] = await queryKuzu([{ path: file, statements: ['CREATE (a:A {id: 2}) RETURN a.n AS n'] }]);
      assert.deepEqual(answers, [[{ n: 7 }]]);
    });
  });

  it('exports without a proof on request, and says why an export is refused', async () => {
    await withTempDir(async (dir) => {
      const file = path.join(dir, 'app.kuzu');
      await queryKuzu([{ path: file, statements: ['CREATE NODE TABLE A(id INT64 PRIMARY KEY)'] }]);
      const unproven = await runCli(dir, ['export', '--version', 'v1.0.0', '--no-verify', '--json']);
      assert.equal(JSON.parse(unproven.stdout).verified, false);
      assert.equal(JSON.parse((await runCli(dir, ['list', '--json'])).stdout).versions[0].verified, false);
      const backwards = "CREATE REL TABLE R(FROM A TO A) WITH (storage_direction='bwd')";
      await queryKuzu([{ path: file, statements: [backwards] }]);
      const refused = await runCli(dir, ['export', '--version', 'v1.1.0']);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /R \(KX010\)/);
    });
  });

  it('shows its help where a command is missing, and refuses a folder that is not there', async () => {
    await withTempDir(async (dir) => {
      for (const args of [['schema'], [], ['--no-color']]) {
        const { code, stdout } = await runCli(dir, args);
        assert.deepEqual([code, stdout.startsWith('Usage: kuzu-migrate')], [0, true]);
      }
      assert.equal((await runCli(dir, ['--project', 'nowhere', 'list'])).code, 2);
      assert.equal((await runCli(dir, ['--lang', 'fr', 'list'])).code, 2);
      await writeFile(path.join(dir, 'notes.txt'), 'hello');
      assert.match((await runCli(dir, ['schema', 'show', 'file:notes.txt'])).stderr, /DATABASE_NOT_RECOGNISED/);
    });
  });

  it('is content when nobody reads its output to the end', async () => {
    await withFolder(async (dir) => {
      const child = spawn(process.execPath, [path.join(dist, 'cli.js'), 'schema', 'show'], {
        cwd: dir,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', (data: Buffer) => {
        stderr += data.toString();
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      assert.deepEqual([code, stderr], [0, '']);
    });
  });

  it('has help with an example for every command', async () => {
    await withTempDir(async (dir) => {
      const help = (await runCli(dir, ['--help'])).stdout;
      for (const name of ['init', 'export', 'list', 'import', 'rollback', 'diff', 'schema']) {
        assert.match(help, new RegExp(`^ {2}${name}\\b`, 'm'));
        const args = name === 'schema' ? ['schema', 'show', '--help'] : [name, '--help'];
        const own = await runCli(dir, args);
        assert.equal(own.code, 0);
        assert.match(own.stdout, /Examples?:\n {2}\$ kuzu-migrate /);
      }
      assert.match((await runCli(dir, ['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
    });
  });
});
