// Runs scripts on a real engine, each as the engine reads it and as pieces one by one: node scan-child.mjs kuzu|duckdb
//
// stdin:  {"setup": [string], "scripts": [[[string]]]}: for each script its readings, each a list of texts to run in turn
// stdout: for each script, for each reading, its results: {"columns", "rows"} or {"error": string}
import { readFileSync } from 'node:fs';

const plain = (_key, value) => (typeof value === 'bigint' ? value.toString() : value);

async function answer(run, texts) {
  const results = [];
  for (const text of texts) {
    try {
      results.push(...(await run(text)));
    } catch (error) {
      results.push({ error: String(error.message ?? error) });
    }
  }
  return results;
}

async function openKuzu() {
  const { default: kuzu } = await import('kuzu');
  const connection = new kuzu.Connection(new kuzu.Database(':memory:', 128 << 20, true, false, 1 << 30));
  return (text) => {
    const found = connection.querySync(text);
    const results = Array.isArray(found) ? found : [found];
    // All are read before the first is closed: the engine crashes otherwise.
    const read = results.map((result) => ({ columns: result.getColumnNamesSync(), rows: result.getAllSync() }));
    for (const result of results) result.close();
    return read;
  };
}

async function openDuckDb() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  return async (text) => {
    const extracted = await connection.extractStatements(text);
    const read = [];
    for (let index = 0; index < extracted.count; index++) {
      const prepared = await extracted.prepare(index);
      const reader = await prepared.runAndReadAll();
      read.push({ columns: reader.columnNames(), rows: reader.getRowsJson() });
      prepared.destroySync();
    }
    return read;
  };
}

const run = await (process.argv[2] === 'kuzu' ? openKuzu() : openDuckDb());
const { setup, scripts } = JSON.parse(readFileSync(0, 'utf8'));
for (const statement of setup) await run(statement);
const answers = [];
for (const readings of scripts) {
  const results = [];
  for (const texts of readings) results.push(await answer(run, texts));
  answers.push(results);
}
process.stdout.write(JSON.stringify(answers, plain), () => process.exit(0));
