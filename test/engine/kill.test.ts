import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readVersion } from '../../src/project/versions';
import { hashFile } from '../../src/workflow/export/file-hasher';
import { importSights, type Moment, runAndKill, seeded, type Victim } from '../support/kills';
import { queryKuzu, withCopyOf, withTempDir } from '../support/kuzu-script';
import { withProject } from '../support/project';
import { exportAs, sampleGraph, sampleValues } from '../support/sample';

const kills = Number(process.env.KUZU_MIGRATE_KILLS ?? 25);
const seed = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
/** Where the torture run collects its figures. */
const record = process.env.KUZU_MIGRATE_KILL_RECORD;

/** A project with two versions and a database that is at the second; the values of both, as texts. */
async function template(dir: string): Promise<{ old: string; live: string }> {
  return withProject(
    [...sampleGraph, 'UNWIND range(1000, 20000) AS i CREATE (:User {id: i, name: CAST(i AS STRING)})'],
    async (bench) => {
      await exportAs(bench, 'v1.0.0');
      const old = await sampleValues(bench);
      await bench.run("CREATE (:City {name: 'Kyoto'})", 'MATCH (u:User) WHERE u.id < 50 SET u.score = -1');
      await exportAs(bench, 'v1.1.0');
      const live = await sampleValues(bench);
      await cp(bench.dir, dir, { recursive: true, verbatimSymlinks: true });
      return { old, live };
    },
  );
}

interface Operation {
  readonly name: string;
  readonly args: readonly string[];
  /** The file that the operation makes or replaces, relative to the project. */
  readonly file: string;
  /** Checks the state after a kill, and again after the command was run once more. */
  check(dir: string, values: { old: string; live: string }, finished: boolean): Promise<void>;
}

const live = 'data/app.kuzu';

async function oneOf(file: string, allowed: readonly string[]): Promise<void> {
  const found = await withCopyOf(file, (copy) => sampleValues({ file: copy }));
  assert.ok(allowed.includes(found), `${file} is neither in its old state nor in the new one`);
}

const operations: readonly Operation[] = [
  {
    name: 'export',
    args: ['export', '--version', 'v2.0.0'],
    file: live,
    check: async (dir, values, finished) => {
      await oneOf(path.join(dir, live), [values.live]);
      const made = path.join(dir, 'migrations/v2.0.0');
      if (!existsSync(made)) {
        assert.equal(finished, false);
        return;
      }
      // There under its name: so it is whole.
      const { manifest, broken } = await readVersion('v2.0.0', made);
      assert.ok(manifest && !broken);
      for (const file of manifest.files) assert.equal((await hashFile(path.join(made, file.path))).sha256, file.sha256);
      assert.ok(existsSync(path.join(made, 'CHANGELOG.md')));
    },
  },
  {
    name: 'import over the live database',
    args: ['import', '--version', 'v1.0.0', '--yes'],
    file: live,
    check: async (dir, values, finished) =>
      oneOf(path.join(dir, live), finished ? [values.old] : [values.old, values.live]),
  },
  {
    name: 'rollback',
    args: ['rollback', 'v1.0.0', '--yes'],
    file: live,
    check: async (dir, values, finished) =>
      oneOf(path.join(dir, live), finished ? [values.old] : [values.old, values.live]),
  },
  {
    name: 'import into a new file',
    args: ['import', '--version', 'v1.0.0', '--into', 'data/new.kuzu', '--yes'],
    file: 'data/new.kuzu',
    check: async (dir, values, finished) => {
      await oneOf(path.join(dir, live), [values.live]);
      const made = path.join(dir, 'data/new.kuzu');
      if (finished || existsSync(made)) await oneOf(made, [values.old]);
    },
  },
  {
    name: 'merge',
    args: ['--db', 'data/base.kuzu', 'import', '--version', 'v1.0.0', '--merge', '--yes'],
    file: 'data/base.kuzu',
    check: async (dir, values, finished) => {
      const file = path.join(dir, 'data/base.kuzu');
      const statements = ['CALL show_tables() RETURN name', 'MATCH (b:Base) RETURN count(*) AS n'];
      const [answers] = await withCopyOf(file, (copy) => queryKuzu([{ path: copy, readOnly: true, statements }]));
      assert.deepEqual(answers?.[1], [{ n: 1 }]);
      const tables = answers?.[0]?.length ?? 0;
      assert.ok(finished ? tables === 5 : [1, 5].includes(tables), `${tables} tables`);
      if (tables === 5) await oneOf(file, [values.old]);
    },
  },
];

describe('kill -9 at any moment', function () {
  this.timeout(120_000 + kills * 20_000);
  for (const operation of operations) {
    it(`of ${operation.name} leaves the old state or the new one, and the next run finishes (${kills} kills)`, async () => {
      await withTempDir(async (base) => {
        const origin = path.join(base, 'origin');
        const values = await template(origin);
        await queryKuzu([
          {
            path: path.join(origin, 'data/base.kuzu'),
            statements: ['CREATE NODE TABLE Base(id INT64 PRIMARY KEY)', 'CREATE (:Base {id: 1})'],
          },
        ]);
        const full = await undisturbed(base, origin, operation);
        const random = seeded(seed * 1000 + operations.indexOf(operation));
        let hit = 0;
        const seen = new Map<string, number>();
        for (let at = 0; at < kills; at++) {
          const dir = path.join(base, `run${at}`);
          await cp(origin, dir, { recursive: true, verbatimSymlinks: true });
          const moment = choose(at, random, full, operation, dir);
          const who = victim(random());
          const { killed } = await runAndKill(dir, operation.args, moment, who);
          if (killed) {
            hit++;
            const what = moment.kind === 'time' ? 'a moment' : moment.what;
            seen.set(what, (seen.get(what) ?? 0) + 1);
          }
          try {
            await operation.check(dir, values, false);
            await again(dir, operation);
            await operation.check(dir, values, true);
            await nothingLeft(dir);
          } catch (error) {
            throw new Error(`kill ${at} of ${who} at ${JSON.stringify(moment)}`, { cause: error });
          }
        }
        // A run in which hardly any kill met the command would prove nothing.
        assert.ok(hit >= kills / 2, `only ${hit} of ${kills} kills met a running command`);
        if (record)
          await appendFile(
            record,
            `${JSON.stringify({ operation: operation.name, kills, hit, seed, seen: Object.fromEntries(seen) })}\n`,
          );
      });
    });
  }
});

function victim(chance: number): Victim {
  if (chance < 0.2) return 'cli';
  return chance < 0.4 && process.platform === 'linux' ? 'engine' : 'all';
}

/** How long the command takes when nobody kills it. */
async function undisturbed(base: string, origin: string, operation: Operation): Promise<number> {
  const dir = path.join(base, 'undisturbed');
  await cp(origin, dir, { recursive: true, verbatimSymlinks: true });
  return (await runAndKill(dir, operation.args, undefined)).ms;
}

/** Every other kill waits for something to show on the disk: the short steps of a swap are seldom met by chance. */
function choose(at: number, random: () => number, full: number, operation: Operation, dir: string): Moment {
  const sights =
    operation.name === 'export'
      ? exportSights(dir)
      : importSights(path.join(dir, operation.file), path.join(dir, 'backups'));
  const sight = sights[Math.floor(random() * sights.length)];
  if (at % 2 === 0 || !sight) return { kind: 'time', ms: random() * full };
  return { kind: 'sight', ...sight, thenMs: random() < 0.5 ? 0 : random() * 4 };
}

function exportSights(dir: string) {
  const versions = path.join(dir, 'migrations');
  return [
    { what: 'the version in its place', seen: () => existsSync(path.join(versions, 'v2.0.0')) },
    { what: 'the manifest', seen: () => staging(versions, 'manifest.json') },
    { what: 'the changelog', seen: () => staging(versions, 'CHANGELOG.md') },
    { what: 'the data', seen: () => staging(versions, 'copy.cypher') },
  ];
}

function staging(versions: string, file: string): boolean {
  const { readdirSync } = require('node:fs') as typeof import('node:fs');
  return readdirSync(versions).some(
    (name) => name.startsWith('.export-') && existsSync(path.join(versions, name, file)),
  );
}

/** The next command: the same once more. A version that is there already and a merge that is done are the new state. */
async function again(dir: string, operation: Operation): Promise<void> {
  const done = operation.name === 'export' && existsSync(path.join(dir, 'migrations/v2.0.0'));
  if (done) return;
  if (operation.name === 'merge') {
    const file = path.join(dir, operation.file);
    const statements = ['CALL show_tables() RETURN name'];
    const [answers] = await withCopyOf(file, (copy) => queryKuzu([{ path: copy, readOnly: true, statements }]));
    // The names are taken: only what the crash left beside the file has to be tidied, which any import does.
    if (answers?.[0]?.length === 5) {
      await runAndKill(
        dir,
        ['--db', 'data/base.kuzu', 'import', '--version', 'v1.0.0', '--only', 'data', '--table', 'Nope', '--yes'],
        undefined,
      ).catch(() => undefined);
      await tidy(file);
      return;
    }
  }
  await runAndKill(dir, operation.args, undefined);
}

async function tidy(file: string): Promise<void> {
  const { recover } = await import('../../src/workflow/import/recover');
  const { takeLock } = await import('../../src/project/lock');
  const lock = await takeLock(file, 'test');
  await recover(file, path.join(path.dirname(path.dirname(file)), 'backups'));
  await lock.release();
}

async function nothingLeft(dir: string): Promise<void> {
  const left = (await readdir(dir, { recursive: true })).filter((name) =>
    /\.migrate\.|\.export-|\.wal$|\.shadow$/.test(name),
  );
  assert.deepEqual(left, []);
}
