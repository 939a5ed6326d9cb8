import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { importSights, type Moment, runAndKill, seeded, type Victim } from '../support/kills';
import { ENGINES, type MigrationBench, upDown, withMigrations } from '../support/migrations';

const kills = Number(process.env.KUZU_MIGRATE_DRIFT_KILLS ?? 2);
const seed = Number(process.env.KUZU_MIGRATE_SEED ?? 1);

/** A project with one migration, and a column, its values and a table that somebody made by hand. */
async function drifted(bench: MigrationBench): Promise<void> {
  const { table, insert, addColumn } = bench.words;
  await bench.write('001_users', upDown([table('Users'), insert('Users', 1), insert('Users', 2)], []));
  await bench.migrate('up');
  const nick = bench.engine === 'kuzu' ? 'MATCH (u:Users) SET u.nick = u.id * 10' : 'UPDATE Users SET nick = id * 10';
  await bench.run(addColumn('Users', 'nick'), nick);
  await bench.run(table('Notes'), insert('Notes', 7));
  await cp(bench.dir, `${bench.dir}.origin`, { recursive: true });
}

async function again(bench: MigrationBench): Promise<void> {
  await rm(bench.dir, { recursive: true });
  await cp(`${bench.dir}.origin`, bench.dir, { recursive: true });
}

/** What was made by hand, as the engine alone finds it. */
async function handiwork(bench: MigrationBench): Promise<'there' | 'gone'> {
  const tables = await bench.tables();
  assert.equal(await bench.count('Users'), 2);
  const [columns = []] = await bench.ask(
    bench.engine === 'kuzu'
      ? "CALL table_info('Users') RETURN name"
      : "SELECT column_name AS name FROM duckdb_columns() WHERE table_name = 'Users' ORDER BY column_index",
  );
  const names = columns.map(({ name }) => name);
  if (!tables.includes('Notes')) {
    assert.deepEqual([tables, names], [['Users'], ['id', 'name']]);
    return 'gone';
  }
  assert.deepEqual(
    [tables, names],
    [
      ['Notes', 'Users'],
      ['id', 'name', 'nick'],
    ],
  );
  const sum = bench.engine === 'kuzu' ? 'MATCH (u:Users) RETURN sum(u.nick) AS n' : 'SELECT sum(nick) AS n FROM Users';
  assert.equal(Number((await bench.rows(sum))[0]?.n), 30);
  assert.equal(await bench.count('Notes'), 1);
  return 'there';
}

async function driftCode(bench: MigrationBench): Promise<number | null> {
  const { code, stdout, stderr } = await bench.cli(['drift']);
  assert.ok(code === 0 || code === 3, stdout + stderr);
  return code;
}

function adoptionSights(bench: MigrationBench): readonly { what: string; seen: () => boolean }[] {
  const folder = path.join(bench.dir, 'migrations');
  const names = () => readdirSync(folder).filter((name) => name.includes('by_hand'));
  return [
    { what: 'the lock', seen: () => existsSync(`${bench.file}.migrate.lock`) },
    { what: 'the text beside its name', seen: () => names().some((name) => !name.endsWith(bench.words.ending)) },
    { what: 'the migration', seen: () => names().some((name) => name.endsWith(bench.words.ending)) },
  ];
}

/** Kills a command at seeded moments; half of them right after something shows on the disk. */
async function killAt(
  bench: MigrationBench,
  args: readonly string[],
  sights: () => ReturnType<typeof adoptionSights>,
  look: () => Promise<void>,
): Promise<void> {
  const random = seeded(seed);
  const full = (await runAndKill(bench.dir, args, undefined)).ms;
  let hit = 0;
  for (let at = 0; at < kills; at++) {
    await again(bench);
    const all = sights();
    const sight = all[at % all.length];
    const moment: Moment =
      at % 2 === 0 || !sight
        ? { kind: 'time', ms: full * (0.3 + 0.7 * random()) }
        : { kind: 'sight', ...sight, thenMs: random() < 0.5 ? 0 : random() * 4 };
    const who: Victim = random() < 0.3 ? 'cli' : 'all';
    const { killed } = await runAndKill(bench.dir, args, moment, who);
    if (killed) hit++;
    try {
      await look();
    } catch (error) {
      throw new Error(`seed ${seed}, kill ${at} of ${who} at ${JSON.stringify(moment)}: ${String(error)}`, {
        cause: error,
      });
    }
  }
  assert.ok(hit >= kills / 3, `only ${hit} of ${kills} kills met a running command`);
}

for (const engine of ENGINES) {
  describe(`drift that is killed while it is mended, on ${engine} (${kills} kills each)`, function () {
    this.timeout(120_000 + kills * 20_000);

    it('was taken back as a whole or not at all, and the next command finishes', () =>
      withMigrations(engine, async (bench) => {
        await drifted(bench);
        const backups = path.join(bench.dir, 'backups');
        await killAt(
          bench,
          ['drift', '--revert', '--yes'],
          () => importSights(bench.file, backups),
          async () => {
            const state = await handiwork(bench);
            // A command that only reads tells the same, whatever lies beside the file.
            assert.equal(await driftCode(bench), state === 'there' ? 3 : 0);
            await runAndKill(bench.dir, ['drift', '--revert', '--yes'], undefined);
            assert.equal(await handiwork(bench), 'gone');
            assert.equal(await driftCode(bench), 0);
            assert.deepEqual(await bench.states(), ['1 applied']);
            assert.deepEqual(await bench.events(), ['up 1 success']);
            assert.deepEqual(await readdir(path.dirname(bench.file)), [path.basename(bench.file)]);
          },
        );
      }));

    it('was adopted with its history or not at all, and no text is lost', () =>
      withMigrations(engine, async (bench) => {
        await drifted(bench);
        const args = ['drift', '--adopt', 'by hand', '--yes'];
        await killAt(
          bench,
          args,
          () => adoptionSights(bench),
          async () => {
            assert.equal(await handiwork(bench), 'there');
            const adopted = (await bench.history()).find(({ version }) => version !== '1');
            // Under its temporary name it may still be there besides.
            const names = readdirSync(path.join(bench.dir, 'migrations'));
            const isWritten = names.some((name) => name.includes('by_hand') && name.endsWith(bench.words.ending));
            if (adopted && !isWritten) {
              // The history keeps the text: only its file is missing.
              const { code } = await bench.cli(['check']);
              assert.equal(code, 3);
              await runAndKill(bench.dir, ['repair', '--rewrite', adopted.version, '--yes'], undefined);
            } else if (!adopted) {
              await runAndKill(bench.dir, args, undefined);
            }
            assert.equal(await driftCode(bench), 0);
            assert.deepEqual(
              (await bench.status()).migrations.map(({ state }) => state),
              ['applied', 'applied'],
            );
            // Whoever makes a database of the files gets what was made by hand.
            await rm(path.dirname(bench.file), { recursive: true });
            await bench.migrate('up');
            assert.deepEqual(await bench.tables(), ['Notes', 'Users']);
          },
        );
      }));
  });
}
