import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { normaliseStatement } from '../../src/core/script/normalise';
import { parseScript } from '../../src/core/script/parse';
import { scan } from '../../src/core/script/scan';
import { duckDbScripts, kuzuScripts, kuzuSetup } from './scan-scripts';

type Result = { readonly columns: readonly string[]; readonly rows: readonly unknown[] } | { readonly error: string };
type Engine = 'kuzu' | 'duckdb';
// Both engines together; the same ones in every run, unless a seed says otherwise.
const SCRIPTS = Number(process.env.KUZU_MIGRATE_SCRIPTS ?? 10_000) / 2;
const SEED = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
const A_PROCESS = 2_500;

/** For each script the results of its readings, each a list of texts. In a process of its own: engines can take theirs down. */
async function run(engine: Engine, setup: readonly string[], scripts: readonly string[][][]): Promise<Result[][][]> {
  const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
  const child = spawn(process.execPath, [path.join(root, 'test/engine/scan-child.mjs'), engine], { cwd: root });
  const killer = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  child.stdin.end(JSON.stringify({ setup, scripts }));
  const [stdout, stderr, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
  clearTimeout(killer);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const dialects: Readonly<Record<Engine, Dialect>> = { kuzu: 'cypher', duckdb: 'sql' };

const engines = [
  {
    engine: 'duckdb',
    scripts: duckDbScripts,
    setup: [],
    open: [
      "SELECT 'a;",
      'SELECT "a;',
      'SELECT $a$ b;$$',
      'SELECT 1 /* a /* b */;',
      "SELECT E'a\\';",
      "SELECT E'a'\n'b\\';",
    ],
  },
  {
    engine: 'kuzu',
    scripts: kuzuScripts,
    setup: kuzuSetup,
    open: ["RETURN 'a;", 'RETURN "a\\";', 'RETURN 1 AS `a;', 'RETURN 1 /* a **/;', "RETURN 'a\\';"],
  },
] as const;

for (const { engine, scripts, setup, open } of engines) {
  const dialect = dialects[engine];
  describe(`scripts as ${engine} reads them`, function () {
    this.timeout(15 * 60_000);

    it(`are split into the same statements with the same results, as written and normalised: ${SCRIPTS} scripts`, async () => {
      for (let done = 0; done < SCRIPTS; done += A_PROCESS) {
        const texts = fc.sample(scripts, { numRuns: Math.min(A_PROCESS, SCRIPTS - done), seed: SEED + done });
        const readings = texts.map((text) => {
          const pieces = scan(text, dialect).map((statement) => statement.text);
          return [[text], pieces, pieces.map((piece) => normaliseStatement(piece, dialect))];
        });
        const answers = await run(engine, setup, readings);
        assert.equal(answers.length, texts.length);
        for (const [index, [whole = [], pieces, normalised]] of answers.entries()) {
          const script = JSON.stringify(texts[index]);
          assert.ok(
            whole.length > 0 && whole.every((result) => !('error' in result)),
            `${script}: ${JSON.stringify(whole)}`,
          );
          assert.deepEqual(pieces, whole, script);
          assert.deepEqual(normalised, whole, script);
        }
      }
    });

    it('are refused with what they leave open', async () => {
      const answers = await run(
        engine,
        setup,
        open.map((text) => [[text]]),
      );
      for (const [index, [results = []]] of answers.entries()) {
        const text = open[index] ?? '';
        assert.ok(
          results.some((result) => 'error' in result),
          text,
        );
        assert.notEqual(scan(text, dialect).at(-1)?.unterminated, undefined, text);
      }
    });

    it('are parsed into the statements that they are split into', () => {
      fc.assert(
        fc.property(scripts, (text) => {
          const { up, down, problems } = parseScript(text, dialect, 'single');
          assert.deepEqual(problems, []);
          assert.equal(down, undefined);
          assert.deepEqual(
            up.statements.map(({ ignores: _ignores, ...statement }) => statement),
            scan(text, dialect),
          );
        }),
        { numRuns: 1000 },
      );
    });
  });
}
