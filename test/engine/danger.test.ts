// Over 400 lines: tables of cases, a few lines for each rule, and the one way in which all of them run.
import assert from 'node:assert/strict';
import path from 'node:path';
import { findDangers } from '../../src/core/danger/find';
import { DANGER_RULES } from '../../src/core/danger/rules';
import { indexProbe } from '../../src/core/statement/index-probe';
import { runSteps, type Steps, type StepsRun } from '../support/engine-steps';
import { withTempDir } from '../support/kuzu-script';

type Engine = 'kuzu' | 'duckdb';

// Whether what an engine does wrong ends its process depends on how its memory lies, and that on the length of the path.
const NAMES = [22, 2, 31, 16, 40, 11].map((length) => 'd'.repeat(length));

/** Runs lists of statements on one database, each list in a process of its own; `$DIR` in them is the database's folder. */
async function runAll(engine: Engine, lists: readonly Steps[], name = NAMES[0] ?? 'db'): Promise<StepsRun[]> {
  return withTempDir(async (dir) => {
    const runs: StepsRun[] = [];
    for (const list of lists) {
      const steps = list.map((step) => step.replaceAll('$DIR', dir));
      runs.push(await runSteps(engine, path.join(dir, name), steps));
    }
    return runs;
  });
}

/** The runs with the first path with which one of them ends by a crash. */
async function crash(engine: Engine, lists: readonly Steps[]): Promise<StepsRun[]> {
  for (const name of NAMES) {
    const runs = await runAll(engine, lists, name);
    if (runs.some(crashed)) return runs;
  }
  throw new assert.AssertionError({ message: `nothing crashed: ${JSON.stringify(lists)}` });
}

const crashed = ({ signal }: StepsRun) => signal === 'SIGSEGV' || signal === 'SIGABRT';
const errors = ({ answers }: StepsRun) => answers.flatMap(({ error }) => (error === undefined ? [] : [error]));
const value = ({ answers }: StepsRun | undefined = { answers: [], exitCode: 0, signal: null, stderr: '' }) =>
  Object.values(answers.at(-1)?.rows?.[0] ?? {})[0];

/** The last run of lists of statements, none of which may fail or end its process, but for a `kill` of its own. */
async function last(engine: Engine, lists: readonly Steps[]): Promise<StepsRun | undefined> {
  const runs = await runAll(engine, lists);
  runs.forEach((run, at) => {
    assert.deepEqual(errors(run), []);
    const killed = lists[at]?.at(-1) === 'kill';
    assert.deepEqual([run.exitCode, run.signal], killed ? [null, 'SIGKILL'] : [0, null], run.stderr);
  });
  return runs.at(-1);
}

/** The codes with which a section in a transaction is refused or warned of. */
function codesOf(engine: Engine, texts: Steps): string[] {
  const statements = texts.map((text) => ({ text, start: 0, end: 0, line: 1, column: 1, ignores: [] }));
  const dialect = engine === 'kuzu' ? 'cypher' : 'sql';
  return findDangers(statements, { dialect, transactional: true }).dangers.map(({ code }) => code);
}

const wrap = (engine: Engine, texts: Steps): Steps => [
  engine === 'kuzu' ? 'BEGIN TRANSACTION' : 'BEGIN',
  ...texts,
  'COMMIT',
];

const graph = [
  'CREATE NODE TABLE A(id INT64 PRIMARY KEY, v INT64, w STRING)',
  'CREATE NODE TABLE B(id INT64 PRIMARY KEY)',
  'CREATE REL TABLE R(FROM A TO B, w INT64, z STRING)',
  "UNWIND range(1, 5) AS i CREATE (:A {id: i, v: 1, w: 'x'})",
  'UNWIND range(1, 5) AS i CREATE (:B {id: i})',
  "MATCH (a:A), (b:B) WHERE a.id = b.id CREATE (a)-[:R {w: 1, z: 'z'}]->(b)",
];
const tables = [
  'CREATE SEQUENCE s',
  'CREATE TABLE d(x INTEGER, y VARCHAR)',
  "INSERT INTO d SELECT i, 'k' FROM range(10) t(i)",
  'CREATE TABLE c(x INTEGER, y INTEGER)',
  'CREATE INDEX cx ON c(x)',
  'INSERT INTO c SELECT i % 3, i FROM range(20) t(i)',
];

interface Case {
  readonly code: string;
  readonly what: string;
  readonly setup: Steps;
  /** In one transaction. */
  readonly broken: Steps;
  /** After it, in processes of their own. */
  readonly later?: readonly Steps[];
  /** What is to be seen: the process ends, or COMMIT or a later statement fails so. */
  readonly shows: 'crash' | RegExp;
  /** The same by the way round: one transaction each, with `between` between them. */
  readonly round: readonly Steps[];
  readonly between?: string;
}

const copied = 'COPY A(id) FROM (UNWIND range(200, 210) AS i RETURN i)';
const kuzu: Case[] = [
  {
    code: 'KM302',
    what: 'the usual change of a type',
    setup: graph,
    broken: [
      'ALTER TABLE A ADD n STRING',
      'MATCH (a:A) SET a.n = CAST(a.v AS STRING)',
      'ALTER TABLE A DROP v',
      'ALTER TABLE A RENAME n TO v',
    ],
    shows: 'crash',
    round: [
      ['ALTER TABLE A ADD n STRING', 'MATCH (a:A) SET a.n = CAST(a.v AS STRING)'],
      ['ALTER TABLE A DROP v', 'ALTER TABLE A RENAME n TO v'],
    ],
    between: 'CHECKPOINT',
  },
  {
    code: 'KM302',
    what: 'a new row after the DROP',
    setup: graph,
    broken: ['ALTER TABLE A DROP v', 'CREATE (:A {id: 9})'],
    shows: 'crash',
    round: [['ALTER TABLE A DROP v'], ['CREATE (:A {id: 9})']],
    between: 'CHECKPOINT',
  },
  {
    code: 'KM302',
    what: 'rows of a COPY',
    setup: graph,
    broken: [copied, 'ALTER TABLE A DROP v'],
    shows: 'crash',
    round: [[copied], ['ALTER TABLE A DROP v']],
    between: 'CHECKPOINT',
  },
  {
    code: 'KM303',
    what: 'a new relationship and the DROP of its table',
    setup: graph,
    broken: ['MATCH (a:A {id: 1}), (b:B {id: 2}) CREATE (a)-[:R]->(b)', 'DROP TABLE R'],
    shows: /Cannot find table catalog entry with id/,
    round: [['MATCH (a:A {id: 1}), (b:B {id: 2}) CREATE (a)-[:R]->(b)'], ['DROP TABLE R']],
  },
  {
    code: 'KM304',
    what: 'a lost column and a new pair',
    setup: graph,
    broken: ['ALTER TABLE R DROP w', 'ALTER TABLE R ADD FROM B TO A'],
    shows: 'crash',
    round: [['ALTER TABLE R DROP w'], ['ALTER TABLE R ADD FROM B TO A']],
    between: 'reopen',
  },
  {
    code: 'KM311',
    what: 'rows created and copied, and then changed',
    setup: graph,
    broken: ['CREATE (:A {id: 9})', copied, "MATCH (a:A) SET a.w = 'q'"],
    shows: 'crash',
    round: [[copied, 'CREATE (:A {id: 9})', "MATCH (a:A) SET a.w = 'q'"]],
  },
  {
    code: 'KM306',
    what: 'the list of functions where a macro is',
    setup: ['CREATE MACRO double(x) AS x * 2'],
    broken: ['CALL show_functions() RETURN count(*)'],
    shows: 'crash',
    round: [['RETURN double(2)']],
  },
  {
    code: 'KM307',
    what: 'calls in each other',
    setup: [],
    broken: [`RETURN ${'abs('.repeat(1500)}1${')'.repeat(1500)}`],
    shows: 'crash',
    round: [[`RETURN ${'abs('.repeat(500)}1${')'.repeat(500)}`]],
  },
  {
    code: 'KM307',
    what: 'parentheses in each other',
    setup: [],
    broken: [`RETURN ${'('.repeat(4000)}1${')'.repeat(4000)}`],
    shows: 'crash',
    round: [[`RETURN ${'('.repeat(500)}1${')'.repeat(500)}`]],
  },
  {
    code: 'KM312',
    what: 'a renamed table with a SERIAL column',
    setup: [],
    broken: ['CREATE NODE TABLE S(id SERIAL PRIMARY KEY, n INT64)', 'ALTER TABLE S RENAME TO T'],
    later: [['CREATE (:T {n: 1})', 'DROP TABLE T']],
    shows: /does not exist in catalog/,
    round: [['CREATE NODE TABLE T(id SERIAL PRIMARY KEY, n INT64)'], ['DROP TABLE T']],
  },
];
const duckdb: Case[] = [
  ...['ADD COLUMN z INT', 'DROP COLUMN y', 'ALTER x SET NOT NULL', 'ALTER x TYPE BIGINT', 'ADD PRIMARY KEY (x)'].map(
    (change) => ({
      code: 'KM321',
      what: `an UPDATE before ${change}`,
      setup: tables,
      broken: ["UPDATE d SET y = 'q'", `ALTER TABLE d ${change}`],
      shows: /Attempting to modify table d but another transaction has altered this table/,
      round: [[`ALTER TABLE d ${change}`], ['UPDATE d SET x = x + 1']],
    }),
  ),
  {
    code: 'KM323',
    what: 'a write to an attached database',
    setup: tables,
    broken: ["ATTACH '$DIR/other' AS o", 'CREATE TABLE o.q(i INT)', 'CREATE TABLE history(i INT)'],
    shows: /Attempting to write to database "d+"/,
    round: [],
  },
];

describe('a statement that is refused', () => {
  for (const [engine, cases] of [
    ['kuzu', kuzu],
    ['duckdb', duckdb],
  ] as const) {
    for (const { code, what, setup, broken, later = [], shows, round, between } of cases) {
      it(`breaks ${engine}: ${what} (${code})`, async () => {
        assert.deepEqual(codesOf(engine, broken), [code]);
        const lists = [setup, wrap(engine, broken), ...later];
        if (shows === 'crash') {
          await crash(engine, lists);
          return;
        }
        const [, ...runs] = await runAll(engine, lists);
        assert.match(runs.flatMap(errors).join('\n'), shows);
      });

      if (round.length === 0) continue;
      it(`has a way round that survives a kill in ${engine}: ${what} (${code})`, async () => {
        for (const texts of round) assert.deepEqual(codesOf(engine, texts), []);
        const steps = round.flatMap((texts, at) => [...(at > 0 && between ? [between] : []), ...wrap(engine, texts)]);
        await last(engine, [setup, [...steps, 'kill'], [engine === 'kuzu' ? 'RETURN 1' : 'SELECT 1']]);
      });
    }
  }

  it('crashes Kùzu at an export after the last pair went, and the question before it tells (KM305)', async () => {
    const text = 'ALTER TABLE R DROP FROM A TO B';
    const statement = { text, start: 0, end: 0, line: 1, column: 1, ignores: [] };
    const [guard] = findDangers([statement], { dialect: 'cypher', transactional: true }).guards;
    assert.ok(guard);
    assert.equal(value(await last('kuzu', [graph, [guard.query]])), false);
    const two = [...graph, 'ALTER TABLE R ADD FROM B TO A'];
    assert.equal(value(await last('kuzu', [two, [guard.query]])), true);
    await last('kuzu', [two, [text], ["EXPORT DATABASE '$DIR/out'"]]);
    const [, , run] = await crash('kuzu', [graph, [text], ["EXPORT DATABASE '$DIR/out'"]]);
    assert.ok(run && crashed(run));
  });

  // Operator by operator, so that nothing harmless is refused.
  const harmful = ['x = 1', 'x <> 1', 'x < 1', 'x <= 1', 'x AND true', 'x XOR true', 'NOT x', 'x IS NULL'];
  const lambdas = ['list_transform(x, y -> y + 1)', 'any(y IN x WHERE y > 1)'];
  const harmless = ['x IN [1]', 'CASE WHEN x THEN 1 ELSE 2 END', "x STARTS WITH 'a'", "x =~ 'a'", '-x', 'x << 1'];
  for (const body of [...harmful, ...lambdas, ...harmless, "x + 'a = b'"]) {
    const breaks = [...harmful, ...lambdas].includes(body);
    it(`leaves a database that Kùzu ${breaks ? 'can’t open' : 'opens'}: a macro with ${body} (KM308)`, async () => {
      const text = `CREATE MACRO m(x) AS ${body}`;
      assert.deepEqual(codesOf('kuzu', [text]), breaks ? ['KM308'] : []);
      const [made, opened] = await runAll('kuzu', [[text], ['RETURN 1']]);
      assert.deepEqual(made && errors(made), []);
      assert.equal(opened?.exitCode === 0, !breaks);
    });
  }

  it('leaves a database that Kùzu can’t open: a DEFAULT with a comparison (KM308)', async () => {
    const text = 'CREATE NODE TABLE A(id INT64 PRIMARY KEY, b BOOL DEFAULT 1 < 2)';
    assert.deepEqual(codesOf('kuzu', [text]), ['KM308']);
    const [, opened] = await runAll('kuzu', [[text], ['RETURN 1']]);
    assert.notEqual(opened?.exitCode, 0);
    const around =
      'CREATE NODE TABLE A(id INT64 PRIMARY KEY, b BOOL DEFAULT CASE WHEN 1 IN [1] THEN true ELSE false END)';
    assert.deepEqual(codesOf('kuzu', [around]), []);
    await last('kuzu', [[around], ['RETURN 1']]);
  });

  it('takes the rows of a transaction away in Kùzu: ATTACH (KM310)', async () => {
    const attach = "ATTACH '$DIR/other' AS o (dbtype kuzu)";
    assert.deepEqual(codesOf('kuzu', [attach]), ['KM310']);
    await withTempDir(async (dir) => {
      const make = 'CREATE NODE TABLE Z(id INT64 PRIMARY KEY)';
      await runSteps('kuzu', path.join(dir, 'other'), ['CREATE NODE TABLE O(id INT64 PRIMARY KEY)']);
      const here = attach.replace('$DIR', dir);
      const steps = [make, 'BEGIN TRANSACTION', 'CREATE (:Z {id: 1})', here, 'COMMIT', 'CREATE (:Z {id: 2})'];
      const run = await runSteps('kuzu', path.join(dir, 'db'), [...steps, 'DETACH o', 'MATCH (z:Z) RETURN count(*)']);
      assert.match(errors(run).join('\n'), /read-only|does not exist/);
      assert.equal(value(run), 0);
    });
  });

  it('takes the rows of every table, of the history too: a node without a label (KM313)', async () => {
    const everything = 'MATCH (n) DETACH DELETE n';
    assert.deepEqual(codesOf('kuzu', [everything]), ['KM313']);
    const make = ['A', 'History'].map((name) => `CREATE NODE TABLE ${name}(id INT64 PRIMARY KEY)`);
    const [run] = await runAll('kuzu', [
      [...make, 'CREATE (:History {id: 1})', everything, 'MATCH (h:History) RETURN count(*)'],
    ]);
    assert.equal(run && value(run), 0);
  });

  it('stays in force after a ROLLBACK in DuckDB: USE (KM322)', async () => {
    assert.deepEqual(codesOf('duckdb', ['USE o']), ['KM322']);
    const [run] = await runAll('duckdb', [
      [
        'CREATE TABLE history(i INT)',
        "ATTACH '$DIR/other' AS o",
        'BEGIN',
        'USE o',
        'ROLLBACK',
        'SELECT * FROM history',
      ],
    ]);
    assert.match(run ? errors(run).join('\n') : '', /Table with name history does not exist/);
  });

  it('ends the transaction of a migration: COMMIT in a script (KM301)', async () => {
    for (const [engine, begin] of [
      ['kuzu', 'BEGIN TRANSACTION'],
      ['duckdb', 'BEGIN'],
    ] as const) {
      assert.deepEqual(codesOf(engine, ['COMMIT']), ['KM301']);
      const [run] = await runAll(engine, [[begin, 'COMMIT', 'COMMIT']]);
      assert.equal(run && errors(run).length, 1);
    }
  });

  it('is of a rule, and every rule has a test here', () => {
    const tested = [...kuzu, ...duckdb].map(({ code }) => code);
    const alone = ['KM301', 'KM305', 'KM308', 'KM310', 'KM313', 'KM322'];
    assert.deepEqual(
      DANGER_RULES.map(({ code }) => code),
      [...new Set([...tested, ...alone])].sort(),
    );
  });
});

describe('what happens between statements', () => {
  it('is needed: without a checkpoint a changed row and a DROP end Kùzu, now and at every later closing', async () => {
    const change = ["MATCH (a:A) SET a.w = 'q'", 'ALTER TABLE A DROP v'];
    const [, ...runs] = await crash('kuzu', [graph, change, ['RETURN 1'], ['RETURN 1']]);
    assert.deepEqual(runs.map(crashed), [true, true, true]);
    await last('kuzu', [graph, [change[0] ?? '', 'CHECKPOINT', change[1] ?? '', 'kill'], ['RETURN 1'], ['RETURN 1']]);
    await last('kuzu', [graph, [change[1] ?? '', 'CHECKPOINT', change[0] ?? '', 'kill'], ['RETURN 1'], ['RETURN 1']]);
  });

  it('is needed: a COPY that fails after rows were written ends Kùzu, and a checkpoint before it helps', async () => {
    const copy = 'COPY A(id) FROM (UNWIND range(1, 210) AS i RETURN i)';
    const [, run, next] = await runAll('kuzu', [
      graph,
      ['CREATE (:A {id: 77})', copy],
      ['MATCH (a:A) RETURN count(*)'],
    ]);
    assert.ok(run && crashed(run));
    assert.equal(value(next), 6);
    const [, settled] = await runAll('kuzu', [graph, ['CREATE (:A {id: 77})', 'CHECKPOINT', copy]]);
    assert.equal(settled?.exitCode, 0);
  });

  it('is needed: a pair added after a WAL with a lost column was replayed ends Kùzu', async () => {
    const [, , run] = await crash('kuzu', [graph, ['ALTER TABLE R DROP w', 'kill'], ['ALTER TABLE R ADD FROM B TO A']]);
    assert.ok(run && crashed(run));
    await last('kuzu', [graph, ['ALTER TABLE R DROP w', 'kill'], ['reopen', 'ALTER TABLE R ADD FROM B TO A']]);
  });

  const bulk = 'INSERT INTO c SELECT i % 3, i FROM range(150000) t(i)';
  const look = ['SELECT count(*) FROM c WHERE x = 1'];
  const lost: [string, Steps, unknown][] = [
    ['a DEFAULT with a function', ["ALTER TABLE d ALTER x SET DEFAULT nextval('s')"], '7'],
    ['an UPDATE and a rename', ['BEGIN', 'UPDATE d SET x = 1', 'ALTER TABLE d RENAME TO e', 'COMMIT'], '7'],
    ['a large INSERT into an indexed table and one more', [bulk, 'INSERT INTO c VALUES (2, 1)'], '50007'],
  ];
  for (const [what, steps, count] of lost) {
    it(`is needed: DuckDB can’t open a database after ${what} and a kill, unless commits go into the file`, async () => {
      const [, , run] = await runAll('duckdb', [tables, [...steps, 'kill'], look]);
      assert.notEqual(run?.exitCode, 0);
      assert.match(run?.stderr ?? '', /Failure while replaying WAL file/);
      const direct = ["SET checkpoint_threshold = '0B'", ...steps, 'kill'];
      assert.equal(value(await last('duckdb', [tables, direct, look])), count);
    });
  }

  it('is needed: an index of DuckDB dropped and made again in one transaction aborts it, or finds nothing', async () => {
    const again = ['BEGIN', 'DROP INDEX cx', 'CREATE INDEX cx ON c(x)', 'COMMIT'];
    const [, run] = await crash('duckdb', [tables, again]);
    assert.ok(run && crashed(run));
    const altered = ['BEGIN', 'DROP INDEX cx', 'ALTER TABLE c DROP COLUMN y', 'CREATE INDEX cx ON c(x)', 'COMMIT'];
    assert.equal(value(await last('duckdb', [tables, [...altered, 'kill'], look])), '0');
    for (const steps of [again, altered]) {
      const direct = ["SET checkpoint_threshold = '0B'", ...steps, 'kill'];
      assert.equal(value(await last('duckdb', [tables, direct, look])), '7');
    }
  });
});

describe('an index call of Kùzu', () => {
  it('can be looked up by the query that is made for it, whatever the case of its names', async () => {
    const text = "CALL CREATE_FTS_INDEX('Docs', 'Fx', ['body'])";
    const setup = ['CREATE NODE TABLE Docs(id INT64 PRIMARY KEY, body STRING)'];
    const probe = indexProbe("CALL CREATE_FTS_INDEX('dOCS', 'fX', ['body'])", 'cypher');
    assert.ok(probe);
    assert.equal(value(await last('kuzu', [[...setup, probe.query]])), 0);
    assert.equal(value(await last('kuzu', [[...setup, text, probe.query]])), probe.done);
  });

  it('is refused in a transaction, which it rolls back', async () => {
    const [run] = await runAll('kuzu', [
      [
        'CREATE NODE TABLE Docs(id INT64 PRIMARY KEY, body STRING)',
        'BEGIN TRANSACTION',
        "CALL CREATE_FTS_INDEX('Docs', 'fx', ['body'])",
        'COMMIT',
      ],
    ]);
    assert.deepEqual(run && errors(run).length, 2);
  });
});
