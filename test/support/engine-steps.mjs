// Runs statements of one connection of an engine, one after another, and goes on after an error; for tests of what an
// engine does by itself. One line of JSON a statement, written at once, so that a crash loses none of them.
// Argument: {"engine": "kuzu" | "duckdb", "module": …, "path": …}
// stdin: ["statement", "reopen", "kill", …]
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { engine, module, path } = JSON.parse(process.argv[2] ?? '');
const steps = JSON.parse(readFileSync(0, 'utf8'));
const load = createRequire(import.meta.url);
const say = (line) =>
  writeSync(1, `${JSON.stringify(line, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}\n`);

/** @returns {Promise<{run: (text: string) => Promise<unknown[]>, close: () => Promise<void>}>} */
async function openKuzu() {
  const kuzu = load(module);
  const database = new kuzu.Database(path, 256 << 20, true, false, 1 << 30);
  const connection = new kuzu.Connection(database);
  await connection.init();
  return {
    async run(text) {
      const results = [await connection.query(text)].flat();
      const rows = await results.at(-1).getAll();
      for (const result of results) result.close();
      return rows;
    },
    async close() {
      await connection.close();
      await database.close();
    },
  };
}

async function openDuckdb() {
  const { DuckDBInstance } = load(module);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  return {
    run: async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson(),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const open = engine === 'kuzu' ? openKuzu : openDuckdb;
let session = await open();
for (const step of steps) {
  if (step === 'kill') process.kill(process.pid, 'SIGKILL');
  try {
    if (step === 'reopen') {
      await session.close();
      session = await open();
      say({ rows: [] });
    } else say({ rows: await session.run(step) });
  } catch (error) {
    say({ error: error.message });
  }
}
await session.close();
// The engine may still tear down threads that would keep the process, and its end is part of what is measured.
process.exit(0);
