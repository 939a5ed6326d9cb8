import { appendFile } from 'node:fs/promises';
import { withTempDir } from '../support/kuzu-script';
import { MODES, type Mode } from '../support/migrate-kill-project';
import { KillRun } from '../support/migrate-kill-run';
import { ENGINES, type TestEngine } from '../support/migrations';

/** Moments for each engine and way of committing; without a wish, 25 over all of them. */
const wanted = process.env.KUZU_MIGRATE_MIGRATE_KILLS;
const seed = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
/** Where the torture run collects its figures. */
const record = process.env.KUZU_MIGRATE_KILL_RECORD;

const momentsOf = (engine: TestEngine, mode: Mode): number => {
  if (wanted !== undefined) return Number(wanted);
  return engine === 'duckdb' && mode === 'mixed' ? 5 : 4;
};

describe('kill -9 at any moment while 50 migrations run', function () {
  for (const engine of ENGINES) {
    for (const mode of MODES) {
      const kills = momentsOf(engine, mode);
      this.timeout(120_000 + kills * 60_000);
      it(`leaves what the history tells exactly, and the next run finishes: ${engine}, ${mode} (${kills} kills)`, () =>
        withTempDir(async (dir) => {
          const run = await KillRun.prepare(dir, { engine, mode, seed, large: wanted !== undefined });
          const figures = await run.go(kills);
          if (record) await appendFile(record, `${JSON.stringify({ engine, mode, ...figures })}\n`);
        }));
    }
  }
});
