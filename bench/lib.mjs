// What every measurement shares: processes, pairs of runs, medians.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a program to its end. @returns {{wall: number, stdout: string}} wall: milliseconds */
export function run(command, args, cwd, env = {}) {
  const started = performance.now();
  const child = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, KUZU_MIGRATE_ROOT: root, ...env },
    maxBuffer: 1 << 26,
  });
  const wall = performance.now() - started;
  if (child.status !== 0) throw new Error(`${args.join(' ')}: ${child.stderr || child.stdout || child.signal}`);
  return { wall, stdout: child.stdout };
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * Pairs of runs in turn, A B A B: the ratio holds when the machine's speed drifts.
 * @param {{name: string, runs: number, ours: () => number, theirs: () => number, limit: number, peer: string}} what times in milliseconds
 */
export function paired({ name, runs, ours, theirs, limit, peer }) {
  const ratios = [];
  const times = [];
  for (let at = 0; at <= runs; at++) {
    const b = theirs();
    const a = ours();
    // The first pair warms the caches.
    if (at === 0) continue;
    ratios.push(a / b);
    times.push([a, b]);
  }
  const row = {
    name,
    peer,
    ours: median(times.map(([a]) => a)),
    theirs: median(times.map(([, b]) => b)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    limit,
  };
  console.log(`${name}: ${row.ratio.toFixed(3)} (${row.least.toFixed(2)}–${row.most.toFixed(2)}), limit ${limit}`);
  return row;
}

/**
 * A figure with a limit of its own, as the issue names it.
 * @param {{name: string, runs: number, measure: () => number, limit: number, unit: string, atLeast?: boolean}} what
 */
export function single({ name, runs, measure, limit, unit, atLeast = false }) {
  measure();
  const values = Array.from({ length: runs }, measure);
  const row = {
    name,
    value: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
    limit,
    unit,
    atLeast,
  };
  console.log(
    `${name}: ${row.value.toFixed(1)} ${unit} (${row.least.toFixed(1)}–${row.most.toFixed(1)}), limit ${limit}`,
  );
  return row;
}

export function isMissed(row) {
  if ('ratio' in row) return row.ratio > row.limit;
  return row.atLeast ? row.value < row.limit : row.value > row.limit;
}
