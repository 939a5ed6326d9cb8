import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import fc from 'fast-check';
import type { Dialect } from '../../src/core/dialect/dialect';
import { parseScript } from '../../src/core/script/parse';
import { scan } from '../../src/core/script/scan';
import { duckDbScripts, kuzuScripts, kuzuSetup } from './scan-scripts';

type Result = { readonly columns: readonly string[]; readonly rows: readonly unknown[] } | { readonly error: string };
interface Answer {
  readonly whole: readonly Result[] | { readonly error: string };
  readonly pieces: readonly Result[];
}

const SCRIPTS = Number(process.env.KUZU_MIGRATE_TORTURE ?? 1) > 1 ? 50_000 : 5_000;
const A_PROCESS = 2_500;

/** Runs scripts in a process of its own: the engines can take theirs with them. */
async function run(engine: 'kuzu' | 'duckdb', setup: readonly string[], texts: readonly string[]): Promise<Answer[]> {
  const dialect = dialects[engine];
  const scripts = texts.map((text) => ({ text, pieces: scan(text, dialect).map((statement) => statement.text) }));
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

const dialects: Readonly<Record<'kuzu' | 'duckdb', Dialect>> = { kuzu: 'cypher', duckdb: 'sql' };

for (const [engine, scripts, setup] of [
  ['duckdb', duckDbScripts, []],
  ['kuzu', kuzuScripts, kuzuSetup],
] as const) {
  describe(`scripts as ${engine} reads them`, function () {
    this.timeout(15 * 60_000);

    it(`are split into the same statements with the same results: ${SCRIPTS} generated ones`, async () => {
      for (let done = 0; done < SCRIPTS; done += A_PROCESS) {
        const texts = fc.sample(scripts, A_PROCESS);
        const answers = await run(engine, setup, texts);
        assert.equal(answers.length, texts.length);
        for (const [index, { whole, pieces }] of answers.entries()) {
          const text = JSON.stringify(texts[index]);
          assert.ok(Array.isArray(whole), `${text}: ${JSON.stringify(whole)}`);
          assert.deepEqual(pieces, whole, text);
        }
      }
    });

    it('are parsed into the statements that they are split into', () => {
      fc.assert(
        fc.property(scripts, (text) => {
          const { up, down, problems } = parseScript(text, dialects[engine], 'single');
          assert.deepEqual(problems, []);
          assert.equal(down, undefined);
          assert.deepEqual(
            up.statements.map(({ ignores: _ignores, ...statement }) => statement),
            scan(text, dialects[engine]),
          );
        }),
        { numRuns: 1000 },
      );
    });
  });
}
