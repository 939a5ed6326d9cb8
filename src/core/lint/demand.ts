import { failingCast } from '../hazard/failing-cast';
import { violatingRows } from '../hazard/violating-rows';
import type { Change, Rename } from '../schema/change';
import type { SqlColumn, SqlConstraint, SqlTable } from '../schema/model';
import { applyRenames, invertRenames } from '../schema/rename';
import { constraintText } from '../schema/sql-statements';

/** What a table of DuckDB asks of its rows from now on, so that those that don't meet it can be counted. */
export interface Demand {
  readonly schema: string;
  readonly table: string;
  readonly of: /** A new column that has to have a value and gets none. */
    | { readonly what: 'no-rows' }
    | { readonly what: 'not-null'; readonly column: string }
    | { readonly what: 'cast'; readonly column: string; readonly type: string }
    | { readonly what: 'constraint'; readonly constraint: SqlConstraint };
}

/** A demand as people read it, and by the names that the rows have before it. */
export interface Demanded {
  readonly detail: string;
  readonly demand: Demand;
}

/** @param renames of the same comparison, which a database that is counted in has not seen */
export function demandIn(change: Change, renames: readonly Rename[]): Demanded | undefined {
  if (change.kind === 'rename-table' || change.kind === 'rename-column') return undefined;
  if (!('sqlSchema' in change) || change.sqlSchema === undefined) return undefined;
  const { sqlSchema: schema, table } = change;
  const before = (columns: readonly SqlColumn[], constraints: readonly SqlConstraint[] = []) =>
    named({ kind: 'table', schema, name: table, columns, constraints }, renames);
  switch (change.kind) {
    case 'add-constraint': {
      const { name, constraints } = before([], [change.constraint]);
      const [constraint = change.constraint] = constraints;
      const detail = constraintText(change.constraint);
      return { detail, demand: { schema, table: name, of: { what: 'constraint', constraint } } };
    }
    case 'add-column': {
      if (!violatingRows.applies(change)) return undefined;
      return { detail: 'NOT NULL', demand: { schema, table: before([]).name, of: { what: 'no-rows' } } };
    }
    case 'change-not-null': {
      const { name, columns } = before([change.after]);
      const of = { what: 'not-null', column: columns[0]?.name ?? change.after.name } as const;
      return { detail: 'NOT NULL', demand: { schema, table: name, of } };
    }
    case 'change-column-type': {
      if (!failingCast.applies(change)) return undefined;
      const { type } = change.after;
      const { name, columns } = before([change.after]);
      const of = { what: 'cast', column: columns[0]?.name ?? change.after.name, type } as const;
      return { detail: type, demand: { schema, table: name, of } };
    }
    default:
      return undefined;
  }
}

/** A table by the names of before the renames. */
function named(table: SqlTable, renames: readonly Rename[]): SqlTable {
  const schema = { tables: [table], sequences: [], macros: [], indexes: [], types: [] };
  const [before] = applyRenames(schema, invertRenames(renames)).tables;
  return before?.kind === 'table' ? before : table;
}
