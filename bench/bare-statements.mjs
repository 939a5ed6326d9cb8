// A bare process that runs a list of statements on Kùzu: bare-statements.mjs DATABASE FILE
import { readFileSync } from 'node:fs';
import kuzu from 'kuzu';

const [path, file] = process.argv.slice(2);
const database = new kuzu.Database(path, 0, true, false, 2 ** 40);
const connection = new kuzu.Connection(database);
for (const text of JSON.parse(readFileSync(file, 'utf8'))) (await connection.query(text)).close();
await connection.close();
await database.close();
process.exit(0);
