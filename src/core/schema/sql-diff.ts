import { foldName } from '../dialect/kuzu-names';
import type { Change } from './change';
import { diffColumns, diffComment } from './diff-columns';
import { match } from './match';
import type { Schema, SqlColumn, SqlTable, View, ViewColumn } from './model';
import { indexByName, joinNames, keyOf } from './order';
import { commentTarget, constraintText, type SqlCommented } from './sql-statements';

/** Constraints have no names that last, so one that changed is one that went and one that came. */
export function diffSqlTable(a: SqlTable, b: SqlTable, changes: Change[]): void {
  const table = { table: a.name, sqlSchema: a.schema };
  diffColumns(a, b, changes);
  const newer = indexByName(b.columns, ({ name }) => name);
  for (const before of a.columns) {
    const after = newer.get(foldName(before.name));
    if (!after) continue;
    if (before.generated !== after.generated) changes.push({ kind: 'change-generated', ...table, before, after });
    if (before.notNull !== after.notNull) changes.push({ kind: 'change-not-null', ...table, before, after });
  }
  const had = new Set(a.constraints.map(constraintText));
  const has = new Set(b.constraints.map(constraintText));
  for (const constraint of a.constraints) {
    if (!has.has(constraintText(constraint))) changes.push({ kind: 'drop-constraint', ...table, constraint });
  }
  for (const constraint of b.constraints) {
    if (!had.has(constraintText(constraint))) changes.push({ kind: 'add-constraint', ...table, constraint });
  }
  diffComment(a, b, changes);
}

/** The comments of SQL objects that are on both sides, tables left out. A new object brings its own. */
export function diffComments(before: Schema, after: Schema, changes: Change[]): void {
  const compare = (at: Commented, was: string | undefined, is: string | undefined) => {
    if (was === is) return;
    changes.push({
      kind: 'change-object-comment',
      object: at.label,
      target: commentTarget(at.object),
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    });
  };
  match(commented(before), commented(after), ({ key }) => key, {
    // In the newer spelling, which is the one that COMMENT ON meets.
    both: (a, b) => compare(b, a.object.item.comment, b.object.item.comment),
  });
  match(before.views ?? [], after.views ?? [], keyOf, {
    both: (a, b) => {
      const of = (item: ViewColumn) => columnOf(b, item);
      match(a.columnComments ?? [], b.columnComments ?? [], ({ name }) => name, {
        dropped: (column) => compare(of(column), column.comment, undefined),
        added: (column) => compare(of(column), undefined, column.comment),
        both: (was, is) => compare(of(is), was.comment, is.comment),
      });
    },
  });
}

interface Commented {
  readonly key: string;
  readonly label: string;
  readonly object: SqlCommented;
}

function commented({ types, sequences, macros, tables, views = [], indexes }: Schema): Commented[] {
  const entry = (object: Exclude<SqlCommented, { kind: 'column' }>): Commented[] => {
    const { schema, name } = object.item;
    if (schema === undefined) return [];
    return [{ key: joinNames(object.kind, keyOf({ schema, name })), label: sqlLabel(schema, name), object }];
  };
  return [
    ...types.flatMap((item) => entry({ kind: 'type', item })),
    ...sequences.flatMap((item) => entry({ kind: 'sequence', item })),
    ...macros.flatMap((item) => entry({ kind: 'macro', item })),
    ...tables.flatMap((table) => (table.kind === 'table' ? columnsOf(table) : [])),
    ...views.flatMap((item) => entry({ kind: 'view', item })),
    ...indexes.flatMap((item) => entry({ kind: 'index', item })),
  ];
}

function columnsOf(table: SqlTable): Commented[] {
  return table.columns.map((item) => columnOf(table, item));
}

function columnOf(table: SqlTable | View, item: SqlColumn | ViewColumn): Commented {
  return {
    key: joinNames('column', keyOf(table), item.name),
    label: sqlLabel(table.schema, table.name, item.name),
    object: { kind: 'column', table, item },
  };
}

/** `User.email`, `app.User.email`: names for people, unquoted, without `main`. */
export function sqlLabel(schema: string, ...names: readonly string[]): string {
  return (schema === 'main' ? names : [schema, ...names]).join('.');
}
