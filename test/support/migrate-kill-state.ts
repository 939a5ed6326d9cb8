import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { recover } from '../../src/workflow/import/recover';
import { putBack, tornBlocks } from '../../src/workflow/settle-blocks';
import type { Line, Written } from './migrate-kill-project';
import type { TestEngine } from './migrations';
import { root } from './project';

type Row = Readonly<Record<string, unknown>>;

/** All that a database holds, as the engine alone tells it. */
export interface Told {
  readonly schema: readonly string[];
  /** Of each table a summary of its rows in any order, and what its indexes find. */
  readonly content: Readonly<Record<string, string>>;
  readonly history: readonly Row[] | null;
  readonly version: readonly Row[] | null;
  readonly events: readonly Row[] | null;
}

const MODULES = { kuzu: 'kuzu', duckdb: '@duckdb/node-api' } as const;
const TIME_LIMIT_MS = 120_000;

/** Runs statements with the engine alone, and tells the state after so many of them. */
export async function tell(
  engine: TestEngine,
  file: string,
  steps: readonly string[] = [],
  tellAt: readonly number[] = [0],
): Promise<Told[]> {
  const script = path.join(root, 'test/support/migrate-kill-state.mjs');
  const child = spawn(process.execPath, [script], { cwd: root, stdio: 'pipe' });
  const killer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(JSON.stringify({ engine, module: require.resolve(MODULES[engine]), path: file, steps, tellAt }));
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject).once('close', (exit, signal) => resolve(exit ?? signal));
  });
  clearTimeout(killer);
  if (code !== 0) throw new Error(`the engine alone ended with ${code}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
}

/** What two states differ in, apart from the history; nothing where they are the same. */
export function differences(found: Told, wanted: Told): string[] {
  const names = new Set([...Object.keys(found.content), ...Object.keys(wanted.content)]);
  return [
    ...found.schema.filter((one) => !wanted.schema.includes(one)).map((one) => `too much: ${one}`),
    ...wanted.schema.filter((one) => !found.schema.includes(one)).map((one) => `missing: ${one}`),
    ...[...names]
      .filter((name) => found.content[name] !== wanted.content[name])
      .map((name) => `${name}: ${found.content[name]} instead of ${wanted.content[name]}`),
  ];
}

/** The state of a database, from a copy of it and of all that the engine keeps beside it. */
export async function tellCopy(engine: TestEngine, file: string, scratch: string): Promise<Told> {
  const dir = path.join(scratch, 'copy');
  await mkdir(dir);
  try {
    const name = path.basename(file);
    for (const beside of await readdir(path.dirname(file))) {
      if (!beside.startsWith(name) || beside.endsWith('.lock')) continue;
      await cp(path.join(path.dirname(file), beside), path.join(dir, beside), { recursive: true });
    }
    // As the next command begins: what a kill left of a commit is put away before anybody opens the database.
    await recover(path.join(dir, name), path.join(dir, 'backups'));
    await putBack(path.join(dir, name), await tornBlocks(path.join(dir, name)));
    const [told] = await tell(engine, path.join(dir, name));
    assert.ok(told);
    return told;
  } finally {
    await rm(dir, { recursive: true });
  }
}

/**
 * The way of a project from nothing to its end and back, one committed step of the engine alone after the other. A place
 * on it is a number of steps.
 */
export class Road {
  readonly steps: readonly string[];
  readonly #ways = new Map<string, { readonly starts: readonly number[]; readonly end: number }>();
  readonly #told = new Map<string, Promise<Told>>();

  constructor(
    private readonly engine: TestEngine,
    readonly written: readonly Written[],
    private readonly scratch: string,
  ) {
    const steps: string[] = [];
    const add = (key: string, lines: readonly Line[]) => {
      const starts: number[] = [];
      for (const line of lines) {
        starts.push(steps.length);
        steps.push(...stepsOf(line, engine));
      }
      this.#ways.set(key, { starts, end: steps.length });
    };
    for (const { id, up } of written) add(`up ${id}`, up.lines);
    for (const { id, down } of [...written].reverse()) add(`down ${id}`, down.lines);
    this.steps = steps;
  }

  /** Where a direction of a migration stands once so many of its statements are done. */
  place(direction: 'up' | 'down', id: string, done: number): number {
    const way = this.#ways.get(`${direction} ${id}`);
    assert.ok(way);
    return way.starts[done] ?? way.end;
  }

  /** The states from one place to another, both included. */
  async between(from: number, to: number): Promise<readonly Told[]> {
    const key = `${from} ${to}`;
    const places = Array.from({ length: to - from + 1 }, (_none, at) => from + at);
    if (from === to) return [await this.#once(key, () => this.#replay(places).then(([told]) => told as Told))];
    return this.#replay(places);
  }

  #once(key: string, make: () => Promise<Told>): Promise<Told> {
    const told = this.#told.get(key) ?? make();
    this.#told.set(key, told);
    return told;
  }

  async #replay(places: readonly number[]): Promise<Told[]> {
    const dir = path.join(this.scratch, `road-${places[0]}-${places.at(-1)}`);
    await mkdir(dir);
    try {
      const steps: string[] = [];
      const tellAt: number[] = [];
      const last = places.at(-1) ?? 0;
      for (let at = 0; at <= last; at++) {
        if (places.includes(at)) tellAt.push(steps.length);
        const step = this.steps[at];
        if (at === last || step === undefined) break;
        if (SETTLED.test(step)) steps.push('reopen');
        steps.push(step.replace(SETTLED, ''));
      }
      return await tell(this.engine, path.join(dir, `road.${this.engine}`), steps, tellAt);
    } finally {
      await rm(dir, { recursive: true });
    }
  }
}

const SETTLED = /^\/\* settle \*\/ /;

function stepsOf({ text, slices = 1, directive, settle }: Line, engine: TestEngine): string[] {
  const size = /\d+/.exec(directive ?? '')?.[0] ?? '';
  const step = `${settle && engine === 'kuzu' ? '/* settle */ ' : ''}${text.replaceAll('$batch', size)}`;
  return Array.from({ length: slices }, () => step);
}
