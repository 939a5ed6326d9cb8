import { foldName, quoteString, sameName, writeName } from '../../dialect/kuzu-names';
import type { Column, Connection, NodeTable, RelTable } from '../model';
import { createTable } from '../statements';
import { castColumn, stored } from './cypher-cast';
import { isNode, isRel, keyOfPair, originOf, type SharedTable, serialSequence } from './cypher-tables';
import { copyInto, type Work } from './cypher-work';

/**
 * Moves those tables out of the way that are made anew under a name which is theirs now. Before anything else, so that
 * every name of the newer schema is free.
 */
export function makeRoom(work: Work): void {
  const names = new Set([...work.tables.shared, ...work.tables.added.map((after) => ({ after }))].map(newName));
  for (const { before } of work.rebuilds) {
    if (names.has(foldName(before.name))) work.rename(before, work.temporary(`${before.name}_old`));
  }
}

/** Makes the new node tables and then the new rel tables, each with the rows of its old one, which go at the end. */
export function rebuildTables(work: Work): void {
  const nodes = [...work.rebuilds].filter(isNode);
  const rels = [...work.rebuilds].filter(isRel);
  for (const table of nodes) rebuildNode(work, table);
  for (const table of rels) rebuildRel(work, table);
  for (const { before } of [...rels, ...nodes]) work.add(`DROP TABLE ${writeName(work.nameOf(before))}`);
}

function rebuildNode(work: Work, table: SharedTable<NodeTable>): void {
  const { before, after } = table;
  const sequence = giveKeys(work, table);
  work.add(createTable(after, 'line'));
  const values = valuesOf(work, table, 'o');
  if (!values.has(primaryKey(after))) values.set(primaryKey(after), keyOf(work, table, 'o'));
  const from = `MATCH (o:${writeName(work.nameOf(before))})`;
  work.add(copyInto(after.name, [...values.keys()], `${from} RETURN ${[...values.values()].join(', ')}`));
  advance(work, table, from, values);
  if (sequence !== undefined) work.add(`DROP SEQUENCE ${writeName(sequence)}`);
  work.comment(after);
}

/** A key that no column held before is given to the old rows first, so that their relationships find it there. */
function giveKeys(work: Work, table: SharedTable<NodeTable>): string | undefined {
  const { before, after } = table;
  const key = after.columns.find(({ name }) => sameName(name, after.primaryKey));
  const origin = originOf(table, after.primaryKey);
  if (key === undefined || origin !== undefined) return undefined;
  const isSerial = key.type === 'SERIAL';
  const sequence = isSerial ? work.temporary(`${after.name}_${key.name}_keys`) : undefined;
  if (sequence !== undefined) work.add(`CREATE SEQUENCE ${writeName(sequence)} START 0 MINVALUE 0`);
  const value = sequence === undefined ? key.default : `nextval(${quoteString(sequence)})`;
  const kind = isSerial ? 'numbers' : work.defaults.kindOf(key);
  if (value === undefined || kind === 'mixed') return undefined;
  const names = new Set(before.columns.map(({ name }) => foldName(name)));
  const column = names.has(foldName(key.name)) ? work.temporary(`${key.name}_new`) : key.name;
  const type = stored(key.type);
  const old = writeName(work.nameOf(before));
  const text = `ALTER TABLE ${old} ADD ${writeName(column)} ${type}`;
  if (kind !== 'random') work.add(`${text} DEFAULT ${value}`);
  else work.add(text, `MATCH (o:${old}) SET o.${writeName(column)} = CAST(${value} AS ${type})`);
  work.newKeys.set(table, column);
  return sequence;
}

function rebuildRel(work: Work, table: SharedTable<RelTable>): void {
  const { before, after } = table;
  const kept = keptPairs(table);
  // No query reads such a table, not even the engine's own export (measured).
  const isReadable = before.storageDirection !== 'bwd';
  if (!isReadable && kept.length > 0) work.left.push({ key: 'plan.left.unreadable', params: { table: after.name } });
  const numbered = numberedEnd(table);
  if (numbered !== undefined)
    work.left.push({ key: 'plan.left.ends', params: { table: after.name, column: numbered } });
  if (isReadable && numbered === undefined && kept.length > 0) moveRelationships(work, table, kept);
  else work.add(createTable(after, 'line'));
  work.comment(after);
}

function moveRelationships(work: Work, table: SharedTable<RelTable>, pairs: readonly Connection[]): void {
  const { before, after } = table;
  const hidden = hiddenNames(work, after);
  const nameOf = (column: string) => hidden.get(column) ?? column;
  const columns = after.columns.map((column) => ({ ...column, name: nameOf(column.name) }));
  work.add(createTable({ ...after, columns }, 'line'));
  const values = valuesOf(work, table, 'r');
  const old = writeName(work.nameOf(before));
  for (const pair of pairs) {
    const [from, to] = [work.node(pair.from), work.node(pair.to)];
    if (from === undefined || to === undefined) continue;
    const label = (node: SharedTable) => writeName(work.nameOf(node.before));
    const results = [keyOf(work, from, 'a'), keyOf(work, to, 'b'), ...values.values()];
    const query = `MATCH (a:${label(from)})-[r:${old}]->(b:${label(to)}) RETURN ${results.join(', ')}`;
    const ends = [from, to].map((node) => (work.rebuilds.has(node) ? node.after.name : work.nameOf(node.before)));
    work.add(copyInto(after.name, [...values.keys()].map(nameOf), query, [ends[0] ?? '', ends[1] ?? '']));
  }
  for (const [name, until] of hidden) {
    work.add(`ALTER TABLE ${writeName(after.name)} RENAME ${writeName(until)} TO ${writeName(name)}`);
  }
  advance(work, table, `MATCH ()-[r:${old}]->()`, values);
}

function keptPairs({ renamed, after }: SharedTable<RelTable>): Connection[] {
  const known = new Set(renamed.connections.map(keyOfPair));
  return after.connections.filter((pair) => known.has(keyOfPair(pair)));
}

/**
 * The SERIAL column that a COPY would fill with keys: its sequence keeps it from having another name meanwhile, so that
 * nothing moves the relationships. None where there is nothing to move.
 */
export function numberedEnd(table: SharedTable<RelTable>): string | undefined {
  if (table.before.storageDirection === 'bwd' || keptPairs(table).length === 0) return undefined;
  return table.after.columns.find(({ name, type }) => isEnd(name) && type === 'SERIAL')?.name;
}

const isEnd = (name: string) => name === 'from' || name === 'to';

/**
 * What columns are called while rows are copied. A COPY fills `from` and `to` with the keys of both ends, whatever its query
 * gives for them, and whether it names them or not.
 * @source measured on Kùzu 0.11.3, in this case of letters only
 */
function hiddenNames(work: Work, { columns }: RelTable): ReadonlyMap<string, string> {
  const ends = columns.filter(({ name }) => isEnd(name));
  return new Map(ends.map(({ name }) => [name, work.temporary(`${name}_value`)]));
}

/**
 * By the new columns, the values that they take from the old ones, or from their defaults. A column that is missing is left
 * to the engine: its COPY gives it a default as it stands, without a cast to the column's type.
 * @source measured on Kùzu 0.11.3: `INT32 DEFAULT 7` becomes 7, 0, 7, 0, …, and `DECIMAL(9, 2) DEFAULT 1.5` 10732175.36
 */
function valuesOf(work: Work, table: SharedTable, variable: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const column of table.after.columns) {
    const { name, type } = column;
    const origin = originOf(table, name);
    const value = origin && castColumn(variable, origin, type);
    if (value !== undefined) {
      values.set(name, value);
      continue;
    }
    if (origin) {
      const params = { table: table.after.name, column: name, before: origin.type, after: type };
      work.left.push({ key: 'plan.left.cast', params });
    }
    const isKey = table.after.kind === 'node' && sameName(name, table.after.primaryKey);
    const given = isKey ? undefined : newValue(work, table.after.name, column);
    // Two columns of one default would be two results of one name.
    if (given !== undefined) values.set(name, `${given} AS new${values.size}`);
  }
  return values;
}

/** What a column that no row had gets in each; undefined where the engine's own default is right, and where it is NULL. */
function newValue(work: Work, table: string, column: Column): string | undefined {
  const { name, type, default: text } = column;
  if (type === 'SERIAL' || text === undefined) return undefined;
  const kind = work.defaults.kindOf(column);
  if (kind === 'numbers') return undefined;
  if (kind !== 'mixed') return `CAST(${text} AS ${type})`;
  work.left.push({ key: 'plan.left.default', params: { table, column: name } });
  return `CAST(NULL AS ${type})`;
}

/** The value that a node is found by in its new table. */
function keyOf(work: Work, table: SharedTable, variable: string): string {
  const node = table.after.kind === 'node' ? table.after : undefined;
  const name = node ? primaryKey(node) : '';
  const origin = originOf(table, name);
  if (!work.rebuilds.has(table)) {
    const { renamed } = table;
    return `${variable}.${writeName(renamed.kind === 'node' ? primaryKey(renamed) : '')}`;
  }
  const type = table.after.columns.find((column) => column.name === name)?.type ?? '';
  const value = origin && castColumn(variable, origin, type);
  if (value !== undefined) return value;
  const given = work.newKeys.get(table);
  if (given !== undefined) return `${variable}.${writeName(given)}`;
  const params = { table: table.after.name, column: name };
  if (!work.left.some(({ key, params: other }) => key === 'plan.left.key' && other.table === params.table)) {
    work.left.push({ key: 'plan.left.key', params });
  }
  // The copy of an empty table goes through; any row ends it with an error instead of going missing.
  return `CAST(NULL AS ${stored(type)}) AS ${variable}Key`;
}

/**
 * Takes the numbers that are in use from the sequence of a new SERIAL column, which starts at 0: one a row of a table
 * whose default they are, since `nextval` in a query gives one number to all of its rows.
 * @source measured on Kùzu 0.11.3
 */
function advance(work: Work, { after }: SharedTable, match: string, values: ReadonlyMap<string, string>): void {
  for (const { name, type } of after.columns) {
    const value = values.get(name);
    if (type !== 'SERIAL' || value === undefined) continue;
    const numbers = writeName(work.temporary(`${after.name}_numbers`));
    const next = `nextval(${quoteString(serialSequence(after.name, name))})`;
    work.add(
      `CREATE NODE TABLE ${numbers} (i INT64, n INT64 DEFAULT ${next}, PRIMARY KEY (i))`,
      `COPY ${numbers}(i) FROM (${match} WITH max(${value}) AS last UNWIND range(0, last) AS i RETURN i)`,
      `DROP TABLE ${numbers}`,
    );
  }
}

/** In the case of its column, which the engine wants in DDL. */
function primaryKey({ columns, primaryKey: key }: NodeTable): string {
  return columns.find(({ name }) => sameName(name, key))?.name ?? key;
}

function newName({ after }: { readonly after: { readonly name: string } }): string {
  return foldName(after.name);
}
