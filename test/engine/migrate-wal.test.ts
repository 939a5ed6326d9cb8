import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runSteps } from '../support/engine-steps';
import { withTempDir } from '../support/kuzu-script';
import { differences, tellCopy } from '../support/migrate-kill-state';
import { runMigrating } from '../support/migrate-kills';
import type { TestEngine } from '../support/migrations';

/** Migrations by their ending, `.sql` or `.cypher` where it is left out. */
type Scripts = readonly (string | readonly [ending: string, text: string])[];

const ROWS = 130_000;
const indexed = 'CREATE TABLE a (id BIGINT PRIMARY KEY, n VARCHAR, m INTEGER); CREATE INDEX am ON a(m); ';

/** What an engine would lose, were it left in the WAL when its process is killed. */
const CASES: readonly { readonly what: string; readonly engine: TestEngine; readonly scripts: Scripts }[] = [
  {
    what: 'an UPDATE of many rows of an indexed column',
    engine: 'duckdb',
    scripts: [
      `${indexed}INSERT INTO a SELECT i, 'n', 0 FROM range(${3 * ROWS}) AS r(i);`,
      `UPDATE a SET m = 1 WHERE id < ${ROWS};`,
      "INSERT INTO a VALUES (-1, 'x', 5);",
    ],
  },
  {
    what: 'a MERGE of many rows',
    engine: 'duckdb',
    scripts: [
      `${indexed}INSERT INTO a SELECT i, 'n', 0 FROM range(${2 * ROWS}) AS r(i);`,
      `MERGE INTO a USING (SELECT i AS id FROM range(${ROWS}) AS r(i)) AS b ON a.id = b.id WHEN MATCHED THEN UPDATE SET m = 7;`,
    ],
  },
  {
    what: 'slices of a batch that are larger than a row group',
    engine: 'duckdb',
    scripts: [
      `${indexed}INSERT INTO a SELECT i, 'n', 0 FROM range(${3 * ROWS}) AS r(i);`,
      `-- batch: ${ROWS}\nUPDATE a SET m = 1 WHERE id IN (SELECT id FROM a WHERE m = 0 ORDER BY id LIMIT $batch);`,
    ],
  },
  {
    what: 'code that alters a table with a sequence in a DEFAULT, call by call',
    engine: 'duckdb',
    scripts: [
      "CREATE SEQUENCE q; CREATE TABLE s (id BIGINT DEFAULT nextval('q'), name VARCHAR); INSERT INTO s(name) VALUES ('x');",
      [
        '.ts',
        `export const transaction = 'none';
export async function up(db) {
  await db.run('ALTER TABLE s ADD COLUMN IF NOT EXISTS extra INTEGER');
  await db.run("INSERT INTO s(name) VALUES ('y')");
}
`,
      ],
    ],
  },
  {
    what: 'nodes detached at both ends of a relationship, one migration after the other',
    engine: 'kuzu',
    scripts: [
      `CREATE NODE TABLE A(id INT64, PRIMARY KEY(id));
CREATE NODE TABLE B(id INT64, PRIMARY KEY(id));
CREATE REL TABLE R(FROM A TO B, w INT64);
UNWIND range(0, 20) AS i CREATE (:A {id: i})-[:R {w: i}]->(:B {id: i});`,
      'MATCH (a:A {id: 20}) DETACH DELETE a;',
      'MATCH (b:B {id: 20}) DETACH DELETE b;',
      'MATCH (:A)-[r:R]->(:B) SET r.w = 5;',
    ],
  },
  {
    what: 'nodes detached at both ends of a relationship in one migration',
    engine: 'kuzu',
    scripts: [
      `CREATE NODE TABLE A(id INT64, PRIMARY KEY(id));
CREATE NODE TABLE B(id INT64, PRIMARY KEY(id));
CREATE REL TABLE R(FROM A TO B, w INT64);
UNWIND range(0, 20) AS i CREATE (:A {id: i})-[:R {w: i}]->(:B {id: i});`,
      'MATCH (a:A {id: 20})-[:R]->(b:B) DETACH DELETE a, b;',
      'MATCH (:A)-[r:R]->(:B) SET r.w = 5;',
    ],
  },
  {
    what: 'a table with a SERIAL column that another one takes the place of',
    engine: 'kuzu',
    scripts: [
      'CREATE NODE TABLE T(id SERIAL, n INT64, PRIMARY KEY(id));',
      `ALTER TABLE T RENAME TO T_old;
CREATE SEQUENCE T_old_id_serial;
DROP SEQUENCE T_id_serial;
CREATE NODE TABLE T(id SERIAL, n STRING, PRIMARY KEY(id));
DROP TABLE T_old;`,
      "CREATE (:T {n: 'x'});",
    ],
  },
];

describe('a kill after everything was committed, and nothing was closed,', function () {
  this.timeout(120_000);
  for (const { what, engine, scripts } of CASES) {
    it(`loses nothing of ${what} (${engine})`, () =>
      withTempDir(async (dir) => {
        const whole = await project(dir, 'whole', engine, scripts);
        const { code, stdout, calls } = await runMigrating(whole, ['up', '--backup-before', 'never'], dir);
        assert.equal(code, 0, stdout);
        const call = calls.lastIndexOf(engine === 'duckdb' ? 'CHECKPOINT' : '<close>') + 1;
        const cut = await project(dir, 'cut', engine, scripts);
        const run = await runMigrating(cut, ['up', '--backup-before', 'never'], dir, {
          moment: { kind: 'call', call: call > 0 ? call : calls.lastIndexOf('<close>') + 1 },
          victim: 'all',
        });
        assert.ok(run.killed, JSON.stringify(calls.slice(-5)));
        const [wanted, found] = [
          await tellCopy(engine, fileOf(whole, engine), dir),
          await tellCopy(engine, fileOf(cut, engine), dir),
        ];
        assert.deepEqual(differences(found, wanted), []);
        assert.deepEqual(
          found.history?.map(({ version, status }) => [version, status]),
          wanted.history?.map(({ version, status }) => [version, status]),
        );
      }));
  }

  it('leaves a database that commands can read though the engine has to write for it (duckdb)', () =>
    withTempDir(async (dir) => {
      const at = await project(dir, 'project', 'duckdb', ['CREATE TABLE a (id INTEGER);']);
      const file = fileOf(at, 'duckdb');
      const made = [
        'CREATE TABLE b (id INTEGER)',
        'INSERT INTO b FROM range(300)',
        'CHECKPOINT',
        'CREATE INDEX bi ON b(id)',
      ];
      assert.equal((await runSteps('duckdb', file, [...made, 'kill'])).signal, 'SIGKILL');
      const status = await runMigrating(at, ['status'], dir);
      assert.equal(status.code, 0, status.stdout);
      const up = await runMigrating(at, ['up'], dir);
      assert.equal(up.code, 0, up.stdout);
    }));

  it('by another program leaves what Kùzu replays only half: a dropped column, a dropped full-text index', () =>
    withTempDir(async (dir) => {
      const at = await project(dir, 'project', 'kuzu', ['MATCH (a:A {id: 1}) DETACH DELETE a; CREATE (:B {id: 7});']);
      const file = fileOf(at, 'kuzu');
      const made = [
        'CREATE NODE TABLE A(id INT64, name STRING, PRIMARY KEY(id))',
        'CREATE NODE TABLE B(id INT64, PRIMARY KEY(id))',
        'CREATE REL TABLE R(FROM A TO B, w INT64, since INT64)',
        "UNWIND range(1, 9) AS i CREATE (:A {id: i, name: 'number'})-[:R {w: i, since: 2024}]->(:B {id: 100 + i})",
        "CALL CREATE_FTS_INDEX('A', 'f', ['name'])",
        'reopen',
        "CALL DROP_FTS_INDEX('A', 'f')",
        'ALTER TABLE R DROP w',
        'kill',
      ];
      assert.equal((await runSteps('kuzu', file, made)).signal, 'SIGKILL');
      const { code, stdout } = await runMigrating(at, ['up'], dir);
      assert.equal(code, 0, stdout);
      const look = [
        'MATCH (:A)-[r:R]->(:B) RETURN DISTINCT r.since AS since',
        'ALTER TABLE R ADD w STRING',
        'MATCH (:A)-[r:R]->(:B) RETURN DISTINCT r.w AS w',
      ];
      const { answers } = await runSteps('kuzu', file, look);
      assert.deepEqual([answers[0], answers[2]], [{ rows: [{ since: 2024 }] }, { rows: [{ w: null }] }]);
    }));

  for (const us of [undefined, 1000, 4000, 10_000, 25_000]) {
    it(`in the COMMIT of copied rows leaves all of them or none (Kùzu, ${us === undefined ? 'before' : `${us} µs into`} it)`, () =>
      withTempDir(async (dir) => {
        const scripts = [
          "CREATE NODE TABLE A(id INT64, name STRING, PRIMARY KEY(id)); UNWIND range(1, 20000) AS i CREATE (:A {id: i, name: 'n'});",
          'CREATE NODE TABLE C(id INT64, name STRING, PRIMARY KEY(id)); COPY C FROM (MATCH (a:A) RETURN a.id, a.name);',
        ];
        const at = await project(dir, 'project', 'kuzu', scripts);
        assert.equal((await runMigrating(at, ['up', '--steps', '1'], dir)).code, 0);
        const copy = await project(dir, 'rehearsal', 'kuzu', scripts);
        assert.equal((await runMigrating(copy, ['up', '--steps', '1'], dir)).code, 0);
        const { calls } = await runMigrating(copy, ['up'], dir);
        const call = calls.lastIndexOf('COMMIT') + 1;
        const moment = { kind: 'call', call, ...(us === undefined ? {} : { us }) } as const;
        assert.ok((await runMigrating(at, ['up'], dir, { moment, victim: 'all' })).killed);
        // Reading puts nothing away, and yet tells what the next run will find.
        const read = JSON.parse((await runMigrating(at, ['status'], dir)).stdout) as {
          migrations: { state: string }[];
        };
        const { code, stdout } = await runMigrating(at, ['up'], dir);
        assert.equal(code, 0, stdout);
        const ran = (JSON.parse(stdout) as { results: unknown[] }).results.length;
        assert.equal(read.migrations[1]?.state, ran === 0 ? 'applied' : 'pending');
        const { answers } = await runSteps('kuzu', fileOf(at, 'kuzu'), ['MATCH (c:C) RETURN count(*) AS n']);
        assert.deepEqual(answers, [{ rows: [{ n: 20000 }] }]);
      }));
  }

  it('is not known to the index where a text that it holds was SET, which Kùzu does by itself', () =>
    withTempDir(async (dir) => {
      const file = path.join(dir, 'app.kuzu');
      const find = "CALL QUERY_FTS_INDEX('A', 'f', 'fresh') RETURN node.id";
      const { answers } = await runSteps('kuzu', file, [
        'CREATE NODE TABLE A(id INT64, name STRING, PRIMARY KEY(id))',
        "CREATE (:A {id: 1, name: 'old'})",
        "CALL CREATE_FTS_INDEX('A', 'f', ['name'])",
        'reopen',
        "MATCH (a:A) SET a.name = 'fresh'",
        find,
        'kill',
      ]);
      assert.deepEqual(answers[5]?.rows, [{ 'node.id': 1 }]);
      const again = await runSteps('kuzu', file, ['MATCH (a:A) RETURN a.name', find]);
      assert.deepEqual(again.answers, [{ rows: [{ 'a.name': 'fresh' }] }, { rows: [] }]);
    }));
});

async function project(base: string, name: string, engine: TestEngine, scripts: Scripts): Promise<string> {
  const dir = path.join(base, name);
  await mkdir(path.join(dir, 'migrations'), { recursive: true });
  await mkdir(path.join(dir, 'data'));
  const databases = { dev: { path: `data/app.${engine}`, engine } };
  await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases }));
  for (const [at, script] of scripts.entries()) {
    const [ending, text] = typeof script === 'string' ? [engine === 'kuzu' ? '.cypher' : '.sql', script] : script;
    await writeFile(path.join(dir, 'migrations', `2024010112000${at}_step${ending}`), text);
  }
  return dir;
}

function fileOf(dir: string, engine: TestEngine): string {
  return path.join(dir, 'data', `app.${engine}`);
}
