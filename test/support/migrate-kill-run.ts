import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { seeded, type Victim } from './kills';
import { type Direction, placeOf } from './migrate-kill-place';
import { type Mode, type Written, writeKillProject } from './migrate-kill-project';
import { differences, Road, type Told, tellCopy } from './migrate-kill-state';
import { type KilledRun, type KillMoment, runMigrating } from './migrate-kills';
import type { TestEngine } from './migrations';

export interface KillOptions {
  readonly engine: TestEngine;
  readonly mode: Mode;
  readonly seed: number;
  /** With a table that is larger than what DuckDB keeps in its WAL. */
  readonly large: boolean;
}

export interface KillFigures {
  readonly kills: number;
  /** How many met a running command. */
  readonly hit: number;
  /** What they met, and whom. */
  readonly seen: Readonly<Record<string, number>>;
}

const SETTINGS = ['--backup-before', 'never'];

/**
 * Fifty migrations go up and down again and again, and are killed on the way. What a kill leaves is looked at by the
 * engine alone, and the next command goes on from it, to be killed again or to come to its end.
 */
export class KillRun {
  readonly #random: () => number;
  readonly #seen: Record<string, number> = {};
  #project = '';
  #cycles = 0;

  private constructor(
    private readonly dir: string,
    private readonly options: KillOptions,
    private readonly road: Road,
    private readonly written: readonly Written[],
    private readonly reference: { readonly told: Told; readonly calls: number; readonly ms: number },
  ) {
    const { engine, mode, seed } = options;
    const own = createHash('sha256').update(`${engine} ${mode} ${seed}`).digest().readUInt32LE();
    this.#random = seeded(own);
  }

  /** Writes the project, and runs it once without being disturbed. */
  static async prepare(dir: string, options: KillOptions): Promise<KillRun> {
    const { engine, mode } = options;
    const project = path.join(dir, 'undisturbed');
    const written = await writeKillProject(project, options);
    const road = new Road(engine, written, dir);
    const run = await runMigrating(project, ['up', ...SETTINGS], dir);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const told = await tellCopy(engine, fileOf(project, engine), dir);
    const place = placeOf(told, written, road, 'up');
    assert.equal(place.applied, written.length);
    const [alone] = await road.between(place.from, place.to);
    // The reference itself is what the engine makes of the same statements without us.
    assert.deepEqual(alone && differences(told, alone), [], mode);
    return new KillRun(dir, options, road, written, { told, calls: run.calls.length, ms: run.ms });
  }

  async go(kills: number): Promise<KillFigures> {
    let hit = 0;
    let left = kills;
    while (left > 0) {
      const project = await this.#freshProject();
      for (const direction of ['up', 'down'] as const) {
        let applied = direction === 'up' ? 0 : this.written.length;
        // The last one of each way is not disturbed, as long as it takes.
        for (let share = Math.min(left, 1 + Math.floor(this.#random() * 6)); share > 0; share--) {
          left--;
          const todo = direction === 'up' ? this.written.length - applied : applied;
          const { run, now } = await this.#killOnce(project, direction, todo);
          if (run.killed) hit++;
          applied = now;
        }
        await this.#finish(project, direction);
      }
      await rm(project, { recursive: true });
    }
    // A run in which hardly any kill met the command would prove nothing.
    assert.ok(hit >= kills / 2, `only ${hit} of ${kills} kills met a running command`);
    return { kills, hit, seen: this.#seen };
  }

  async #freshProject(): Promise<string> {
    this.#cycles++;
    this.#project = path.join(this.dir, `cycle${this.#cycles}`);
    await writeKillProject(this.#project, this.options);
    return this.#project;
  }

  async #killOnce(project: string, direction: Direction, todo: number): Promise<{ run: KilledRun; now: number }> {
    const moment = this.#moment(todo / this.written.length);
    const victim = this.#victim();
    const settings = this.#random() < 0.3 ? [] : SETTINGS;
    const kept = path.join(this.dir, 'kept');
    await cp(path.join(project, 'data'), kept, { recursive: true });
    const run = await this.#command(project, [...argsOf(direction), ...settings], { moment, victim });
    const file = fileOf(project, this.options.engine);
    try {
      if (run.killed) {
        const met = moment.kind === 'time' ? 'a moment' : kindOf(run.calls.at(-1) ?? '', moment.us !== undefined);
        this.#seen[met] = (this.#seen[met] ?? 0) + 1;
      } else assert.equal(run.code, 0, run.stdout);
      const told = await tellCopy(this.options.engine, file, this.dir);
      const applied = await this.#holds(told, direction);
      if (this.#random() < 0.25) await this.#statusAgrees(project, told);
      const half = this.written.find(
        ({ id, kind }) => kind === 'calls' && told.version?.[0]?.dirty && id === String(told.version[0].version),
      );
      if (half) return { run, now: await this.#retryCode(project, direction, half.id) };
      if (!run.killed || !run.calls.slice(-60).some((call) => call.includes('_FTS_INDEX(')))
        return { run, now: applied };
      const hasBackups = settings.length === 0;
      return { run, now: await this.#mendIndex(project, direction, hasBackups ? undefined : kept) };
    } catch (error) {
      const { engine, mode, seed } = this.options;
      const about = `${engine}, ${mode}, seed ${seed}, cycle ${this.#cycles}, ${direction}: ${victim} at ${JSON.stringify(moment)}`;
      const calls = run.calls.slice(-12).join('\n  ');
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${about}\n${why}\nended with ${run.code}\n${run.stdout}${run.stderr}\ncalls:\n  ${calls}`, {
        cause: error,
      });
    } finally {
      await rm(kept, { recursive: true });
    }
  }

  /**
   * A full-text index that was half made or half dropped stands in its own way; then nothing helps but the backup, or, for
   * whoever wanted none, a copy. @returns how many migrations are applied now
   */
  async #mendIndex(project: string, direction: Direction, copy: string | undefined): Promise<number> {
    const { engine } = this.options;
    const next = await this.#command(project, [direction, '--steps', '1', ...SETTINGS]);
    if (next.code !== 0) {
      this.#seen['a half made full-text index'] = (this.#seen['a half made full-text index'] ?? 0) + 1;
      const { error, results } = JSON.parse(next.stdout) as { error: { statement: string }; results: { id: string }[] };
      assert.match(error.statement, /_FTS_INDEX\(/, next.stdout);
      if (copy === undefined) {
        const restored = await this.#command(project, ['repair', '--restore', String(results[0]?.id)]);
        assert.equal(restored.code, 0, restored.stdout);
      } else {
        await rm(path.join(project, 'data'), { recursive: true });
        await cp(copy, path.join(project, 'data'), { recursive: true });
      }
    }
    return this.#holds(await tellCopy(engine, fileOf(project, engine), this.dir), direction);
  }

  /** Only whoever wrote the code knows whether it can run again from its start; ours can. @returns how many are applied now */
  async #retryCode(project: string, direction: Direction, id: string): Promise<number> {
    const refused = await this.#command(project, [direction, ...SETTINGS]);
    assert.match(refused.stdout, /"code":"CODE_HALF_DONE"/);
    for (const args of [
      ['repair', '--retry', id],
      [direction, '--steps', '1', ...SETTINGS],
    ]) {
      const run = await this.#command(project, args);
      assert.equal(run.code, 0, run.stdout + run.stderr);
    }
    return this.#holds(await tellCopy(this.options.engine, fileOf(project, this.options.engine), this.dir), direction);
  }

  /** Runs on without being disturbed; then all is as if nothing had ever happened. */
  async #finish(project: string, direction: Direction): Promise<void> {
    const run = await this.#command(project, [...argsOf(direction), ...SETTINGS]);
    assert.equal(
      run.code,
      0,
      `${this.options.engine}, ${this.options.mode}, cycle ${this.#cycles}: ${run.stdout}${run.stderr}`,
    );
    const told = await tellCopy(this.options.engine, fileOf(project, this.options.engine), this.dir);
    const applied = await this.#holds(told, direction);
    assert.equal(applied, direction === 'up' ? this.written.length : 0);
    if (direction === 'up') {
      assert.deepEqual(differences(told, this.reference.told), []);
      assert.deepEqual(told.history?.map(lasting), this.reference.told.history?.map(lasting));
    }
    // A run that finds nothing to do writes nothing: what the last kill left waits for the next one that writes.
    const { results } = JSON.parse(run.stdout) as { results: unknown[] };
    const left = (await readdir(path.join(project, 'data'))).filter((name) => results.length > 0 || !/wal$/.test(name));
    assert.deepEqual(left, [`app.${this.options.engine}`]);
  }

  async #command(
    ...[project, args, kill]: [string, string[], Parameters<typeof runMigrating>[3]?]
  ): Promise<KilledRun> {
    const hadLock = existsSync(`${fileOf(project, this.options.engine)}.migrate.lock`);
    const run = await runMigrating(project, args, this.dir, kill);
    if (hadLock && !run.killed) assert.match(run.stderr, /lock/i);
    return run;
  }

  /** The database is where the history says, and nowhere else. @returns how many migrations are applied */
  async #holds(told: Told, direction: Direction): Promise<number> {
    const place = placeOf(told, this.written, this.road, direction);
    const version = told.version?.[0];
    assert.equal(String(version?.version ?? 'none'), place.version);
    assert.equal(version?.dirty ?? false, place.dirty);
    const allowed = await this.road.between(place.from, place.to);
    const found = allowed.map((one) => differences(told, one));
    const rows = (told.history ?? []).map((row) => `${row.version} ${row.status} ${row.applied_statements}`).slice(-3);
    assert.ok(
      found.some((list) => list.length === 0),
      `not what the history tells (${rows.join(', ')}; ${JSON.stringify(place)}):\n${found.map((list) => list.join('\n')).join('\n---\n')}`,
    );
    return place.applied;
  }

  /** A command that only reads tells the same and leaves every file as it was. */
  async #statusAgrees(project: string, told: Told): Promise<void> {
    const data = path.join(project, 'data');
    const before = await digest(data);
    const { code, stdout, stderr } = await runMigrating(project, ['status'], this.dir);
    assert.equal(code, 0, stdout + stderr);
    const { dirty, migrations } = JSON.parse(stdout) as { dirty: boolean; migrations: { id: string; state: string }[] };
    assert.equal(dirty, told.version?.[0]?.dirty ?? false);
    const applied = (told.history ?? []).filter(({ status }) => status === 'success').map(({ version }) => version);
    assert.deepEqual(
      migrations.filter(({ state }) => state === 'applied').map(({ id }) => id),
      applied,
    );
    assert.deepEqual(await digest(data), before);
  }

  /** Half of them at a call to the engine or within it, most of them early, so that many kills fit on one way. */
  #moment(share: number): KillMoment {
    const { calls, ms } = this.reference;
    const when = this.#random() ** 2;
    if (this.#random() < 0.35) return { kind: 'time', ms: 200 + when * share * ms };
    const call = 3 + Math.floor(when * share * (calls - 8));
    return this.#random() < 0.5
      ? { kind: 'call', call }
      : { kind: 'call', call, us: Math.floor(10 ** (1 + 2.7 * this.#random())) };
  }

  #victim(): Victim {
    const chance = this.#random();
    if (chance < 0.25) return 'cli';
    return chance < 0.5 && process.platform === 'linux' ? 'engine' : 'all';
  }
}

function argsOf(direction: Direction): string[] {
  return direction === 'up' ? ['up'] : ['down', '--to', '0'];
}

function fileOf(project: string, engine: TestEngine): string {
  return path.join(project, 'data', `app.${engine}`);
}

/** A row of the history without what differs from run to run. */
function lasting({ applied_at: _at, execution_time_ms: _ms, ...row }: Readonly<Record<string, unknown>>) {
  return row;
}

function kindOf(call: string, within: boolean): string {
  const where = within ? 'in' : 'before';
  if (/^<|CHECKPOINT/i.test(call)) return `${where} opening, closing or a checkpoint`;
  if (/^(BEGIN|COMMIT)/.test(call)) return `${where} ${/^\w+/.exec(call)?.[0]}`;
  if (/migration_history|schema_version|migration_event|show_tables|duckdb_columns/.test(call))
    return `${where} the history`;
  return /checkpoint_threshold|countAll/.test(call) ? `${where} a setting` : `${where} a statement`;
}

async function digest(dir: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(dir)).sort()) {
    found[name] = createHash('sha256')
      .update(await readFile(path.join(dir, name)))
      .digest('hex');
  }
  return found;
}
