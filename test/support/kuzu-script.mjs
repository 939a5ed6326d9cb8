// Runs statements on real Kùzu databases and prints what each answered. The engine never runs in the test process:
// valid Cypher can end it with SIGSEGV.
//
// stdin:  one session or a list of them, each {"path": string, "statements": [string], "readOnly"?: boolean,
//         "move"?: [from, to]}; `move` renames a folder before the database is opened
// stdout: for a session one entry a statement, {"rows": [object]} or {"error": string}; for a list, a list of these.
// A session whose database does not open is one entry, {"error": string, "opened": false}. A statement that ends the process leaves stdout
// empty, and the exit says so.
import { readFileSync, renameSync } from 'node:fs';
import kuzu from 'kuzu';

/** Numbers beyond JSON as text, bytes as hex. */
function toJson(value) {
  if (typeof value === 'bigint') return value.toString();
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
  }
  return value;
}

/** One statement; its result is closed whatever happens, since an open one crashes the process at its end. */
function run(connection, statement) {
  let result;
  try {
    result = connection.querySync(statement);
    return { rows: result.getAllSync().map(toJson) };
  } catch (error) {
    return { error: String(error.message ?? error) };
  } finally {
    result?.close();
  }
}

function runSession({ path, readOnly = false, move, statements }) {
  if (move) renameSync(move[0], move[1]);
  // Without a bound every database reserves 8 TiB of addresses, and the tenth one in a process fails.
  const database = new kuzu.Database(path, 128 << 20, true, readOnly, 1 << 30);
  try {
    database.initSync();
  } catch (error) {
    return [{ error: String(error.message ?? error), opened: false }];
  }
  const connection = new kuzu.Connection(database);
  try {
    return statements.map((statement) => run(connection, statement));
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

const input = JSON.parse(readFileSync(0, 'utf8'));
const output = Array.isArray(input) ? input.map(runSession) : runSession(input);
process.stdout.write(JSON.stringify(output), () => process.exit(0));
