// What a database holds, told by the engine alone and outside of our code. Statements run one after another on one
// connection, and at some positions all that is in the database is printed, one line of JSON each.
// stdin: {"engine", "module", "path", "steps": ["statement" | "reopen", …], "tellAt": [how many steps were run]}
import { createHash } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { engine, module, path, steps, tellAt } = JSON.parse(readFileSync(0, 'utf8'));
const load = createRequire(import.meta.url);
const OURS = ['migration_history', 'schema_version', 'migration_event'];
const plain = (value) => JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner));

async function openKuzu() {
  const kuzu = load(module);
  const database = new kuzu.Database(path, 256 << 20, true, false, 1 << 30);
  database.initSync();
  const connection = new kuzu.Connection(database);
  const run = async (text) => {
    const results = [connection.querySync(text)].flat();
    const rows = results.at(-1).getAllSync();
    for (const result of results) result.close();
    return rows;
  };
  return {
    run,
    tell: () => tellKuzu(run),
    close() {
      connection.closeSync();
      database.closeSync();
    },
  };
}

async function tellKuzu(run) {
  const tables = (await run('CALL show_tables() RETURN name, type, comment')).filter(
    ({ name }) => !OURS.includes(name),
  );
  const names = new Set((await run('CALL show_tables() RETURN name')).map(({ name }) => name));
  const schema = [
    ...tables,
    ...(await run('CALL show_indexes() RETURN *')).filter(({ table_name: t }) => !OURS.includes(t)),
  ];
  const content = {};
  for (const { name, type } of tables) {
    const columns = await run(`CALL table_info('${name}') RETURN *`);
    // The number of a column is the engine's own, and grows with each that was ever there.
    schema.push({ name, columns: columns.map(({ 'property id': _id, ...column }) => column) });
    const pairs = type === 'REL' ? await run(`CALL show_connection('${name}') RETURN *`) : [];
    if (type === 'REL') schema.push({ name, pairs });
    // Without columns r.* is the relationship itself, with its place in the file.
    const values = columns.length > 0 ? ', r.*' : '';
    const rows = [];
    // Pair by pair: where no checkpoint has been yet, Kùzu reads wrong keys of nodes without a label.
    for (const { 'source table name': from, 'destination table name': to } of pairs) {
      const match = `MATCH (a:${from})-[r:${name}]->(b:${to})`;
      rows.push(...(await run(`${match} RETURN label(a) AS la, a.id AS ia, label(b) AS lb, b.id AS ib${values}`)));
    }
    if (type === 'NODE') rows.push(...(await run(`MATCH (n:${name}) RETURN n.*`)));
    content[name] = summary(rows);
    // What the index of the primary key finds, row by row, and one that is not there.
    if (type !== 'NODE') continue;
    const ids = rows.map((row) => Number(row['n.id'])).sort((a, b) => a - b);
    const some = [ids[0], ids[ids.length >> 1], ids.at(-1), 987_654].filter((id) => id !== undefined);
    const found = await run(
      `UNWIND [${some.join(', ')}] AS i MATCH (n:${name}) WHERE n.id = i RETURN n.id ORDER BY n.id`,
    );
    content[`${name} by id`] = found.map((row) => String(row['n.id'])).join();
  }
  for (const { table_name: table, index_name: index, index_type: type } of await run('CALL show_indexes() RETURN *')) {
    if (type !== 'FTS') continue;
    const found = await run(`CALL QUERY_FTS_INDEX('${table}', '${index}', 'number') RETURN node.id ORDER BY node.id`);
    content[`${table} by ${index}`] = summary(found);
  }
  for (const { name } of await run('CALL show_sequences() RETURN name')) {
    // Refused as long as nothing was taken from it.
    const at = await run(`RETURN currval('${name}') AS v`).then(
      ([row]) => row.v,
      (error) => error.message,
    );
    schema.push({ sequence: name, at });
  }
  const all = (table, order) =>
    names.has(table)
      ? run(`MATCH (n:${table}) RETURN n.* ORDER BY n.${order}`).then((rows) => rows.map(withoutPrefix))
      : null;
  return {
    schema: schema.map(plain).sort(),
    content,
    history: await all(OURS[0], 'version'),
    version: await all(OURS[1], 'version'),
    events: await all(OURS[2], 'seq'),
  };
}

function withoutPrefix(row) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/^n\./, ''), value]));
}

async function openDuckdb() {
  const { DuckDBInstance } = load(module);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const run = async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson();
  return {
    run,
    tell: () => tellDuckdb(run),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function tellDuckdb(run) {
  const notOurs = (column) => `${column} NOT IN (${OURS.map((name) => `'${name}'`).join(', ')})`;
  const schema = [];
  for (const query of [
    `SELECT table_name, sql, comment, estimated_size FROM duckdb_tables() WHERE ${notOurs('table_name')}`,
    `SELECT table_name, column_name, column_default, comment FROM duckdb_columns() WHERE NOT internal AND ${notOurs('table_name')}`,
    'SELECT view_name, sql FROM duckdb_views() WHERE NOT internal',
    'SELECT index_name, sql FROM duckdb_indexes()',
    // Where a sequence stands is in the START of its text.
    'SELECT sequence_name, sql FROM duckdb_sequences()',
    'SELECT type_name, labels FROM duckdb_types() WHERE NOT internal',
    'SELECT function_name, macro_definition FROM duckdb_functions() WHERE NOT internal',
  ]) {
    // The number of rows that the catalog estimates is no part of the schema.
    schema.push(...(await run(query)).map(({ estimated_size: _rows, ...row }) => row));
  }
  const tables = await run(`SELECT table_name AS name FROM duckdb_tables() WHERE ${notOurs('table_name')} ORDER BY 1`);
  const content = {};
  for (const { name } of tables) {
    content[name] = plain(
      await run(`SELECT count(*) AS n, bit_xor(hash(t)) AS x, sum(hash(t) % 1000003) AS s FROM "${name}" AS t`),
    );
  }
  // One row at a time is found through the index, where there is one.
  const columns = await run(
    `SELECT table_name AS t, column_name AS c FROM duckdb_columns() WHERE column_name IN ('id', 'name') AND ${notOurs('table_name')} AND table_name IN (SELECT table_name FROM duckdb_tables())`,
  );
  for (const { t, c } of columns) {
    const some = await run(
      `SELECT v FROM (SELECT min("${c}") AS v FROM "${t}" UNION SELECT max("${c}") FROM "${t}") WHERE v IS NOT NULL ORDER BY 1`,
    );
    for (const { v } of some) {
      content[`${t}.${c} = ${v}`] = plain(await run(`SELECT count(*) AS n FROM "${t}" WHERE "${c}" = '${v}'`));
    }
  }
  const names = new Set((await run('SELECT table_name AS name FROM duckdb_tables()')).map(({ name }) => name));
  const all = (table, order) => (names.has(table) ? run(`FROM "${table}" ORDER BY ${order}`) : null);
  return {
    schema: schema.map(plain).sort(),
    content,
    history: await all(OURS[0], 'version'),
    version: await all(OURS[1], 'version'),
    events: await all(OURS[2], 'seq'),
  };
}

/** Rows in any order. */
function summary(rows) {
  const lines = rows.map(plain).sort();
  // Few rows are told as they are, so that a failure shows what it is.
  if (lines.length <= 50) return lines.join('\n');
  return `${lines.length} ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`;
}

const open = engine === 'kuzu' ? openKuzu : openDuckdb;
let session = await open();
for (let at = 0; at <= steps.length; at++) {
  if (tellAt.includes(at)) {
    // A database that was just opened tells more than the one that was changed: where DuckDB's sequences stand.
    if (at > 0) await reopen();
    writeSync(1, `${plain(await session.tell())}\n`);
  }
  if (at === steps.length) break;
  if (steps[at] === 'reopen') {
    await reopen();
    continue;
  }
  try {
    await session.run(steps[at]);
  } catch (error) {
    throw new Error(`${steps[at]}: ${error.message}`);
  }
}
session.close();
process.exit(0);

async function reopen() {
  session.close();
  session = await open();
}
