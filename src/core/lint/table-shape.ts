import type { Dialect } from '../dialect/dialect';
import { foldName, sameName } from '../dialect/kuzu-names';
import { sqlKey, sqlKeyParts } from '../dialect/sql-names';
import { tableKey } from '../loss/lost';
import type { Range } from '../schema/build/read-items';
import type { Column, RelTable, SqlConstraint, SqlTable, Table } from '../schema/model';
import { constraintText } from '../schema/sql-statements';
import { connectionText } from '../schema/statements';
import { sqlName } from '../statement/sql-names';
import type { Tokens } from '../statement/tokens';
import { columnClauses, defaultsDiffer } from './column-clauses';
import { MULTIPLICITY, type WrittenTable } from './create-table';
import { typesDiffer } from './same-type';
import { rawOf } from './spots';

/**
 * What a table that is there has in another way than a CREATE TABLE asks for, as a text of its own. Only what is surely
 * different: the engines write expressions in words of their own.
 */
export function tableDifference(
  tokens: Tokens,
  created: WrittenTable,
  table: Table,
  dialect: Dialect,
): string | undefined {
  if (created.kind !== table.kind) return `@lint.shape.kind:${table.kind}`;
  for (const column of created.columns) {
    const there = table.columns.find(({ name }) => sameName(name, column.name));
    if (!there) return `@lint.shape.missing:${column.name}`;
    if (typesDiffer(column.type, there.type, dialect)) return `@lint.shape.type:${column.name} ${there.type}`;
    const other = defaultDifference(tokens, column, there);
    if (other !== undefined) return other;
  }
  const more = table.columns.find(({ name }) => !created.columns.some((column) => sameName(column.name, name)));
  if (more) return `@lint.shape.more:${more.name}`;
  if (table.kind === 'rel') return relDifference(tokens, created, table);
  if (table.kind === 'table') return sqlDifference(tokens, created, table);
  const key = keyOf(tokens, created)[0];
  return key === undefined || sameName(key, table.primaryKey) ? undefined : `@lint.shape.key:${table.primaryKey}`;
}

/** The same of the default of a column alone. */
export function defaultDifference(
  tokens: Tokens,
  { name, behind }: { readonly name: string; readonly behind: Range },
  there: Column,
): string | undefined {
  const { default: asked, generated } = columnClauses(tokens, behind);
  if (generated || 'generated' in there) return undefined;
  const text = asked ? rawOf(tokens, asked) : undefined;
  if (!defaultsDiffer(text, there.default)) return undefined;
  return `@lint.shape.default:${name} DEFAULT ${there.default ?? 'NULL'}`;
}

function relDifference(tokens: Tokens, created: WrittenTable, table: RelTable): string | undefined {
  const pairs = created.items.filter(({ from, to }) => tokens.word(from) === 'from' && to > from + 2);
  const isPlain = pairs.every(({ from, to }) => to === from + 4 && tokens.word(from + 2) === 'to');
  if (isPlain) {
    const pair = (from: string, to: string) => JSON.stringify([foldName(from), foldName(to)]);
    const asked = new Set(pairs.map(({ from }) => pair(tokens.name(from + 1), tokens.name(from + 3))));
    const has = new Set(table.connections.map(({ from, to }) => pair(from, to)));
    const isSame = asked.size === has.size && [...asked].every((one) => has.has(one));
    if (!isSame) return `@lint.shape.setting:${table.connections.map(connectionText).join(', ')}`;
  }
  const said = created.items.find(({ from, to }) => to === from + 1 && MULTIPLICITY.has(tokens.word(from)));
  const multiplicity = said ? tokens.word(said.from).toUpperCase() : 'MANY_MANY';
  if (multiplicity !== table.multiplicity) return `@lint.shape.setting:${table.multiplicity}`;
  const direction = storageDirection(tokens, created.end);
  return direction === table.storageDirection
    ? undefined
    : `@lint.shape.setting:storage_direction = '${table.storageDirection}'`;
}

function storageDirection(tokens: Tokens, from: number): string {
  for (let at = from; at < tokens.length; at++) {
    if (tokens.name(at) === 'storage_direction') return (tokens.string(at + 2) ?? '').toLowerCase();
  }
  return 'both';
}

function sqlDifference(tokens: Tokens, created: WrittenTable, table: SqlTable): string | undefined {
  const key = new Set(
    table.constraints.flatMap((one) => (one.kind === 'primary-key' ? one.columns.map(foldName) : [])),
  );
  for (const { name, isKey, behind } of created.columns) {
    const there = table.columns.find((column) => sameName(column.name, name));
    // A key has it anyway.
    if (isKey || key.has(name) || created.key.some((at) => tokens.name(at) === name)) continue;
    const isAsked = columnClauses(tokens, behind).notNull;
    if (isAsked !== (there?.notNull === true)) return `@lint.shape.setting:${name} ${isAsked ? 'NULL' : 'NOT NULL'}`;
  }
  const asked = writtenConstraints(tokens, created);
  const has = table.constraints.map(constraintKey);
  const more = table.constraints.find((one) => !asked.includes(constraintKey(one)));
  if (more) return `@lint.shape.constraint:${constraintText(more)}`;
  if (asked.every((one) => has.includes(one)) && asked.length === has.length) return undefined;
  return `@lint.shape.constraints:${table.constraints.map(constraintText).join(', ') || '-'}`;
}

/** Which columns it binds, and to what table: what is said about it is the engine's own text. */
function constraintKey(constraint: SqlConstraint): string {
  switch (constraint.kind) {
    case 'check':
      return 'check';
    case 'foreign-key':
      return JSON.stringify([
        constraint.kind,
        constraint.columns.map(foldName),
        tableKey({ schema: constraint.schema, name: constraint.table }),
      ]);
    default:
      return JSON.stringify([constraint.kind, constraint.columns.map(foldName)]);
  }
}

function writtenConstraints(tokens: Tokens, created: WrittenTable): string[] {
  const found: string[] = [];
  const referenced = (at: number) => {
    const { name } = sqlName(tokens, at);
    const own = sqlKeyParts(created.name).slice(0, -1);
    const parts = sqlKeyParts(name);
    return parts.length > 1 ? name : sqlKey([...own, ...parts]);
  };
  for (const { name, behind } of created.columns) {
    const { unique, checks, references } = columnClauses(tokens, behind);
    if (unique) found.push(JSON.stringify(['unique', [name]]));
    for (let at = 0; at < checks; at++) found.push('check');
    if (references !== undefined) found.push(JSON.stringify(['foreign-key', [name], referenced(references)]));
  }
  for (const { from } of created.items) {
    const at = tokens.word(from) === 'constraint' ? from + 2 : from;
    if (created.columns.some((column) => column.at === from)) continue;
    const word = tokens.word(at);
    if (word === 'check') found.push('check');
    if (word === 'unique') found.push(JSON.stringify(['unique', namesIn(tokens, at + 1)]));
    if (word !== 'foreign') continue;
    const columns = namesIn(tokens, at + 2);
    // `FOREIGN KEY (a, b) REFERENCES t`
    const references = at + 4 + 2 * columns.length;
    found.push(JSON.stringify(['foreign-key', columns, referenced(references)]));
  }
  const key = keyOf(tokens, created);
  if (key.length > 0) found.push(JSON.stringify(['primary-key', key]));
  return found;
}

function keyOf(tokens: Tokens, { columns, key, items }: WrittenTable): string[] {
  const own = columns.filter(({ isKey }) => isKey).map(({ name }) => name);
  if (own.length > 0) return own;
  if (key.length > 0) return key.map((at) => tokens.name(at));
  const named = items.find(({ from }) => tokens.word(from) === 'constraint' && tokens.word(from + 2) === 'primary');
  return named ? namesIn(tokens, named.from + 4) : [];
}

/** `(a, b)` */
function namesIn(tokens: Tokens, open: number): string[] {
  const names: string[] = [];
  for (let at = open + 1; at === open + 1 || tokens.word(at - 1) === ','; at += 2) names.push(tokens.name(at));
  return names;
}
