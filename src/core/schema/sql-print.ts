import { foldName } from '../dialect/kuzu-names';
import type { Index, Schema, SqlTable } from './model';
import { joinNames } from './order';
import type { PrintedObject } from './print';
import { type SqlObject, sqlOrder } from './sql-order';
import {
  commentTarget,
  createSqlMacro,
  createSqlSchema,
  createSqlSequence,
  createSqlTable,
  createSqlType,
  type SqlCommented,
  sqlComment,
} from './sql-statements';

/** DuckDB's schemas say that they are by what the Kùzu family has not. */
export function isSqlSchema(schema: Schema): boolean {
  return schema.views !== undefined;
}

/** The text in blocks: what needs nothing first, then each thing behind what it needs, indexes last. */
export function sqlBlocks(schema: Schema): string[] {
  const blocks = [
    (schema.schemas ?? []).map((name) => sqlStatement(createSqlSchema(name))).join(''),
    typesText(schema),
    sequencesText(schema),
    ...sqlOrder(schema).map(objectText),
    schema.indexes.map(indexText).join(''),
  ];
  return blocks.filter((block) => block !== '');
}

/** The same in pieces, one a table or view. */
export function sqlPieces(schema: Schema): PrintedObject[] {
  const objects = sqlOrder(schema);
  const macros = objects.flatMap((object) => (object.kind === 'macro' ? objectText(object) : []));
  const groups: PrintedObject[] = [
    {
      kind: 'schemas',
      name: 'schemas',
      text: (schema.schemas ?? []).map((name) => sqlStatement(createSqlSchema(name))).join(''),
    },
    { kind: 'types', name: 'types', text: typesText(schema) },
    { kind: 'sequences', name: 'sequences', text: sequencesText(schema) },
    { kind: 'macros', name: 'macros', text: macros.join('') },
  ];
  const indexes = new Map<string, Index[]>();
  for (const index of schema.indexes) {
    const key = foldName(joinNames(index.schema ?? 'main', index.table));
    indexes.set(key, [...(indexes.get(key) ?? []), index]);
  }
  return [
    ...groups.filter(({ text }) => text !== ''),
    ...objects.flatMap((object): PrintedObject[] => {
      if (object.kind === 'macro') return [];
      const { schema: place, name } = object.item;
      const own = object.kind === 'table' ? (indexes.get(foldName(joinNames(place, name))) ?? []) : [];
      const text = objectText(object) + own.map(indexText).join('');
      return [{ kind: object.kind, name: place === 'main' ? name : `${place}.${name}`, text }];
    }),
  ];
}

/** A table with the comments on it and on its columns. */
export function sqlTableText(table: SqlTable): string {
  return [
    sqlStatement(createSqlTable(table, 'lines')),
    commentText({ kind: 'table', item: table }),
    ...table.columns.map((item) => commentText({ kind: 'column', table, item })),
  ].join('');
}

function objectText(object: SqlObject): string {
  switch (object.kind) {
    case 'table':
      return sqlTableText(object.item);
    case 'macro':
      return sqlStatement(createSqlMacro(object.item)) + commentText(object);
    case 'view':
      return [
        sqlStatement(object.item.definition),
        commentText(object),
        ...(object.item.columnComments ?? []).map((item) => commentText({ kind: 'column', table: object.item, item })),
      ].join('');
  }
}

function typesText({ types }: Schema): string {
  return types.map((item) => sqlStatement(createSqlType(item)) + commentText({ kind: 'type', item })).join('');
}

function sequencesText({ sequences }: Schema): string {
  return sequences
    .map((item) => sqlStatement(createSqlSequence(item)) + commentText({ kind: 'sequence', item }))
    .join('');
}

function indexText(item: Index): string {
  return sqlStatement(item.definition) + commentText({ kind: 'index', item });
}

function commentText(object: SqlCommented): string {
  const { comment } = object.item;
  return comment === undefined ? '' : sqlStatement(sqlComment(commentTarget(object), comment));
}

/** The engine's own words hold no comments. */
function sqlStatement(text: string): string {
  return `${text};\n`;
}
