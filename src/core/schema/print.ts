import { foldName } from '../dialect/kuzu-names';
import { alignSchema, alignTable } from './align';
import { newSchemaOf, type Rename } from './change';
import type { Index, Schema, Table } from './model';
import { normaliseSchema } from './normalise';
import { applyRenames } from './rename';
import { sqlLabel } from './sql-diff';
import { isSqlSchema, sqlBlocks, sqlPieces, sqlTableText } from './sql-print';
import { statement } from './statement-end';
import { commentOnTable, createMacro, createSequence, createTable, createType } from './statements';

/** A piece of a schema that is compared on its own: a table with its comment and indexes, or all objects of one kind. */
export interface PrintedObject {
  readonly kind: 'schemas' | 'types' | 'sequences' | 'macros' | 'table' | 'view';
  /** The name of the table or view, unquoted, behind its schema if that is not `main`; for the other kinds the kind itself. */
  readonly name: string;
  readonly text: string;
}

/** The two texts of an object that differs; a side without it is empty. */
export interface ChangedObject {
  readonly kind: PrintedObject['kind'];
  /** That of the older side, where it has the object. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Of a table that was renamed. */
  readonly newName?: string;
}

/**
 * The schema as one DDL text that runs as it stands, statement by statement, on an empty database. Macros come before tables, since a DEFAULT may
 * call one; indexes come last. Columns stand in definition order, or in that of `orderOf`, the older schema: only with it
 * equal schemas are equal text (see {@link printPair}). A rel table without a connection, which only the engine's own
 * ALTER can make, prints as what no engine accepts.
 */
export function printSchema(schema: Schema, options: { readonly orderOf?: Schema } = {}): string {
  const inOrder = ordered(schema, options.orderOf);
  if (isSqlSchema(inOrder)) return sqlBlocks(inOrder).join('\n');
  const { types, sequences, macros, tables, indexes } = inOrder;
  const blocks = [
    types.map((type) => statement(createType(type))).join(''),
    sequences.map((sequence) => statement(createSequence(sequence))).join(''),
    macros.map((macro) => statement(createMacro(macro))).join(''),
    ...tables.map((table) => printTable(table)),
    indexes.map((index) => statement(index.definition)).join(''),
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

/**
 * Both schemas in the older one's order and spelling: equal texts exactly when the schemas are equal. Renamed columns stand
 * in their old place.
 */
export function printPair(
  before: Schema,
  after: Schema,
  renames: readonly Rename[] = [],
): { readonly before: string; readonly after: string } {
  const printed = printSchema(before);
  if (after === before) return { before: printed, after: printed };
  return { before: printed, after: printSchema(after, { orderOf: applyRenames(before, renames) }) };
}

/** A table with its comment. */
export function printTable(table: Table, orderOf?: Table): string {
  const aligned = alignTable(table, orderOf);
  if (aligned.kind === 'table') return sqlTableText(aligned);
  const created = statement(createTable(aligned));
  return aligned.comment ? created + statement(commentOnTable(aligned.name, aligned.comment)) : created;
}

/** The schema in pieces, in the order of {@link printSchema}; a kind without objects has no piece. */
export function printObjects(schema: Schema, options: { readonly orderOf?: Schema } = {}): PrintedObject[] {
  const inOrder = ordered(schema, options.orderOf);
  if (isSqlSchema(inOrder)) return sqlPieces(inOrder);
  const { types, sequences, macros, tables, indexes } = inOrder;
  const byTable = new Map<string, Index[]>();
  for (const index of indexes) {
    const key = foldName(index.table);
    const known = byTable.get(key);
    if (known) known.push(index);
    else byTable.set(key, [index]);
  }
  const group = (kind: 'types' | 'sequences' | 'macros', texts: string[]): PrintedObject[] =>
    texts.length === 0 ? [] : [{ kind, name: kind, text: texts.map(statement).join('') }];
  return [
    ...group('types', types.map(createType)),
    ...group('sequences', sequences.map(createSequence)),
    ...group('macros', macros.map(createMacro)),
    ...tables.map((table): PrintedObject => {
      const own = byTable.get(foldName(table.name)) ?? [];
      const text = [printTable(table), ...own.map((index) => statement(index.definition))].join('');
      return { kind: 'table', name: table.name, text };
    }),
  ];
}

/** The objects whose texts differ, for a comparison with one entry each: those of the older side first, then new ones. */
export function changedObjects(before: Schema, after: Schema, renames: readonly Rename[] = []): ChangedObject[] {
  const orderOf = applyRenames(before, renames);
  const newer = new Map(printObjects(after, { orderOf }).map((object) => [objectKey(object), object]));
  const newNames = new Map<string, string>();
  for (const rename of renames) {
    if (rename.kind !== 'rename-table') continue;
    const older = sqlLabel(rename.sqlSchema ?? 'main', rename.from);
    newNames.set(foldName(older), sqlLabel(newSchemaOf(rename) ?? 'main', rename.to));
  }
  const changed: ChangedObject[] = [];
  for (const { kind, name, text: old } of printObjects(before)) {
    const newName = kind === 'table' ? newNames.get(foldName(name)) : undefined;
    const key = objectKey({ kind, name: newName ?? name });
    const text = newer.get(key)?.text ?? '';
    newer.delete(key);
    if (text === old) continue;
    changed.push({ kind, name, before: old, after: text, ...(newName === undefined ? {} : { newName }) });
  }
  for (const { kind, name, text } of newer.values()) changed.push({ kind, name, before: '', after: text });
  return changed;
}

function ordered(schema: Schema, older: Schema | undefined): Schema {
  return normaliseSchema(older && older !== schema ? alignSchema(schema, older) : schema);
}

function objectKey(object: Pick<PrintedObject, 'kind' | 'name'>): string {
  return `${object.kind}\0${foldName(object.name)}`;
}
