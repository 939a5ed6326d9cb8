// Opens a database for writing and holds it until stdin ends: hold.mjs PATH [STATEMENT] [STATEMENT TO REPEAT]
import kuzu from 'kuzu';

const [path, once, repeated] = process.argv.slice(2);
const database = new kuzu.Database(path, 256 << 20, true, false, 2 ** 34, false);
const connection = new kuzu.Connection(database);
const run = (text) => connection.querySync(text).close();
run('RETURN 1');
if (once) run(once);
console.log('held');
const timer = repeated ? setInterval(() => run(repeated), 30) : undefined;
process.stdin.resume().on('end', async () => {
  clearInterval(timer);
  await connection.close();
  await database.close();
  process.exit(0);
});
