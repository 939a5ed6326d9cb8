// A bare process that does what a user's own script would: bare.mjs export|import|load|empty DATABASE FOLDER [FORMAT]
import kuzu from 'kuzu';

const [action, path, folder, format] = process.argv.slice(2);
const database = new kuzu.Database(path, 0, true, action === 'export', 2 ** 40);
const connection = new kuzu.Connection(database);
const statements = {
  export: [
    format === 'csv'
      ? `EXPORT DATABASE '${folder}' (format='csv', header=true)`
      : `EXPORT DATABASE '${folder}' (format='parquet')`,
  ],
  empty: ['CREATE NODE TABLE N(id INT64 PRIMARY KEY)'],
  import: [`IMPORT DATABASE '${folder}'`],
  load: [
    'CREATE NODE TABLE N(id INT64 PRIMARY KEY, a STRING, b DOUBLE, c INT64, d DATE)',
    'CREATE REL TABLE R(FROM N TO N, w INT64)',
    `COPY N FROM '${folder}/n.csv' (auto_detect=false)`,
    `COPY R FROM '${folder}/r.csv' (auto_detect=false)`,
  ],
}[action];
let ms = 0;
for (const text of statements) {
  const started = performance.now();
  const result = await connection.query(text);
  ms += performance.now() - started;
  result.close();
}
await connection.close();
await database.close();
console.log(JSON.stringify({ ms }));
process.exit(0);
