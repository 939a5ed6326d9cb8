// The peer: npm umzug on the same DuckDB, its storage a table, its migrations the same files. Usage: umzug.mjs DATABASE FOLDER
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Umzug } from 'umzug';

const [database, folder] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run('CREATE TABLE IF NOT EXISTS migrations(name VARCHAR PRIMARY KEY)');
const umzug = new Umzug({
  migrations: {
    glob: ['*.sql', { cwd: folder }],
    resolve: ({ name, path: file }) => ({
      name,
      up: async () => connection.run(await readFile(file, 'utf8')),
    }),
  },
  storage: {
    logMigration: ({ name }) => connection.run('INSERT INTO migrations VALUES ($1)', [path.basename(name)]),
    unlogMigration: ({ name }) => connection.run('DELETE FROM migrations WHERE name = $1', [path.basename(name)]),
    executed: async () =>
      (await connection.runAndReadAll('SELECT name FROM migrations')).getRows().map(([name]) => name),
  },
  logger: undefined,
});
const done = await umzug.up();
connection.closeSync();
instance.closeSync();
console.log(JSON.stringify({ applied: done.length }));
