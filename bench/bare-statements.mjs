// A bare process that runs a list of statements on Kùzu: bare-statements.mjs DATABASE FILE
import { readFileSync } from 'node:fs';
import kuzu from 'kuzu';

const [path, file] = process.argv.slice(2);
const database = new kuzu.Database(path, 0, true, false, 2 ** 40);
const connection = new kuzu.Connection(database);
const t0=performance.now(); const by={}; for (const text of JSON.parse(readFileSync(file, "utf8"))) { const t=performance.now(); (await connection.query(text)).close(); const k=text.slice(0,12); by[k]=(by[k]??0)+performance.now()-t}; if(process.env.BY) console.log(performance.now()-t0, by);
await connection.close();
await database.close();
process.exit(0);
