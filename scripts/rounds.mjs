// Random cases in rounds, so that a long run shows how far it is and a failure names the seed of its round.
import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Runs one test file in rounds, one after the other; what a round prints is shown only where it failed.
 * @param root the project's folder
 * @param about `{ name, file, cases, each, seed, count }`: the words of its lines, the test file from the project's
 *   folder, how many cases in all and in a round, the seed of the first round (the next one's is one more), and the
 *   variable that tells the test how many cases to try
 * @returns whether all rounds passed; the rest is left out after one that failed
 */
export async function runRounds(root, { name, file, cases, each, seed, count }) {
  const rounds = Math.ceil(cases / each);
  const start = Date.now();
  let tried = 0;
  for (let round = 0; round < rounds; round++) {
    const own = Math.min(each, cases - tried);
    const env = { ...process.env, [count]: String(own), KUZU_MIGRATE_SEED: String(seed + round) };
    const { status, output } = await runTests(root, file, env);
    if (status !== 0) {
      console.log(
        `${output}\n${name}: failed in the round of seed ${seed + round}, after ${tried} cases without failure`,
      );
      return false;
    }
    tried += own;
    console.log(`${name}: ${tried} of ${cases} cases passed, ${Math.round((Date.now() - start) / 1000)} s`);
  }
  return true;
}

function runTests(root, file, env) {
  const args = [path.join(root, 'scripts/run-tests.mjs'), path.join(root, file)];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}
