import { entriesOf } from '../danger/spans';
import type { Dialect } from '../dialect/dialect';
import { sqlKeyParts } from '../dialect/sql-names';
import { type Lost, tableKey } from '../loss/lost';
import { lostInChange } from '../loss/lost-in-change';
import { diffSchemas } from '../schema/diff';
import type { Schema, SqlColumn, Table } from '../schema/model';
import { renamesBetween } from '../schema/recorded-renames';
import type { Tokens } from '../statement/tokens';
import { alteredTable } from './alter-table';
import { columnClauses } from './column-clauses';
import { createdTable, type WrittenTable } from './create-table';
import { writtenRenames } from './written-renames';

interface Made {
  readonly kind: WrittenTable['kind'];
  columns: SqlColumn[];
}

/** The tables that statements make with a list of columns, and the names that others bore before them. */
export interface RebuiltTables {
  readonly made: ReadonlyMap<string, Made>;
  readonly gone: ReadonlySet<string>;
}

/**
 * What statements make in the place of what they drop or put aside; empty where they make nothing anew.
 * @returns by the keys that the engine finds the tables by after the last statement
 */
export function rebuiltTables(statements: readonly { readonly text: string }[], dialect: Dialect): RebuiltTables {
  const made = new Map<string, Made>();
  const gone = new Set<string>();
  for (const { effects, facts, tokens } of entriesOf(statements, dialect)) {
    for (const effect of effects) {
      if (effect.does === 'create-table') {
        const isMaybeOlder = facts.repeatable === 'yes' && !effect.replaces && !gone.has(effect.table);
        const created = isMaybeOlder ? undefined : madeBy(tokens, dialect);
        if (created) made.set(effect.table, created);
        if (effect.replaces) gone.add(effect.table);
      } else if (effect.does === 'drop-table' && !made.delete(effect.table)) {
        gone.add(effect.table);
      } else if (effect.does === 'rename-table') {
        const moved = made.get(effect.table);
        if (moved && made.delete(effect.table)) made.set(effect.to, moved);
        else gone.add(effect.table);
      }
    }
    alter(made, tokens, dialect);
  }
  return { made: gone.size > 0 ? made : new Map(), gone };
}

function madeBy(tokens: Tokens, dialect: Dialect): Made | undefined {
  const created = createdTable(tokens, dialect);
  if (!created) return undefined;
  const columns = created.columns.map(({ name, type, behind }): SqlColumn => {
    const isComputed = dialect === 'sql' && columnClauses(tokens, behind).generated;
    return { name, type, ...(isComputed ? { generated: '' } : {}) };
  });
  return { kind: created.kind, columns };
}

function alter(made: ReadonlyMap<string, Made>, tokens: Tokens, dialect: Dialect): void {
  const altered = alteredTable(tokens, dialect);
  const table = altered && made.get(altered.table);
  if (!table) return;
  const name = tokens.name(altered.subjectAt);
  if (altered.action === 'add') table.columns.push({ name, type: '' });
  if (altered.action === 'drop') table.columns = table.columns.filter((column) => column.name !== name);
  if (altered.action !== 'rename' || tokens.word(altered.subjectAt + 1) !== 'to') return;
  const to = tokens.name(altered.subjectAt + 2);
  table.columns = table.columns.map((column) => (column.name === name ? { ...column, name: to } : column));
}

/**
 * The columns of a database that tables made anew have not, or compute. Where the rows of a table are not carried over, this
 * is not all that is lost.
 * @param renames what the headers of the migrations record
 * @param schema that of the database
 */
export function lostInRebuilds(
  { made, gone }: RebuiltTables,
  statements: readonly { readonly text: string }[],
  renames: readonly string[],
  schema: Schema,
  dialect: Dialect,
): Lost[] {
  const rest = schema.tables.filter((table) => !gone.has(tableKey(table)));
  const after = { ...schema, tables: [...rest, ...[...made].map(([key, table]) => asTable(key, table))] };
  const between = renamesBetween([...renames, ...writtenRenames(statements, dialect)], schema, after);
  return diffSchemas(schema, after, between).flatMap((change) =>
    change.kind === 'drop-column' || change.kind === 'change-generated' ? (lostInChange(change, between) ?? []) : [],
  );
}

/** As much of it as a comparison of columns needs. */
function asTable(key: string, { kind, columns }: Made): Table {
  switch (kind) {
    case 'node':
      return { kind, name: key, columns, primaryKey: '' };
    case 'rel':
      return { kind, name: key, columns, connections: [], multiplicity: 'MANY_MANY', storageDirection: 'both' };
    case 'table': {
      const [name = '', schema = 'main'] = sqlKeyParts(key).reverse();
      return { kind, schema, name, columns, constraints: [] };
    }
  }
}
