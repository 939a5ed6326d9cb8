import { writeSqlName } from '../../src/core/dialect/sql-names';
import { column, fullName, isDistinct, type Spec, type SpecColumn, type SpecTable } from './random-duckdb-spec';

export const ROWS = 3;

/** Inserts of rows that both schemas take, one a statement: a row may refer to the one before it. */
export function inserts(before: Spec, after: Spec): string[] {
  const filled = filledTables(before, after);
  return before.tables.flatMap((table) => {
    const newer = after.tables.find(({ id }) => id === table.id);
    if (!filled.has(table.id)) return [];
    const columns = table.columns.filter(({ generated }) => !generated);
    const names = columns.map(({ name }) => writeSqlName(name)).join(', ');
    return Array.from({ length: ROWS }, (_, i) => {
      const values = columns.map((one) => {
        const up = [table, newer].some((side) => side && refersToItself(side, one.id));
        return literalOf(one, up ? i : i + 1);
      });
      return `INSERT INTO ${fullName(table)} (${names}) VALUES (${values.join(', ')})`;
    });
  });
}

/** The value of a column in a row; the 0th row is none. */
function literalOf({ type }: SpecColumn, row: number): string {
  if (row === 0) return 'NULL';
  const label = row % 2 ? "'a'" : "'b'";
  if (type === 'pair0' || type === 'STRUCT(m mood0, l mood0[])') return `{'m': ${label}, 'l': ['b', ${label}, NULL]}`;
  if (type.startsWith('STRUCT(p')) return `{'p': ${row}, 'q r': 'r${row}'}`;
  if (type.startsWith('STRUCT')) return `{'m': ${label}, 'n': ${row}}`;
  if (type.startsWith('MAP')) return `MAP {'k': ${label}, 'l': NULL}`;
  if (type.startsWith('UNION(s') || type.startsWith('UNION(n BIGINT, s'))
    return `[union_value(${row % 2 ? `n := ${row}` : `s := '${row}'`})]`;
  if (type.startsWith('UNION')) return row % 2 ? "union_value(m := 'a'::mood0)" : `union_value(n := ${row})`;
  if (type === 'moods0' || /^(mood0|ENUM.*|VARCHAR)\[2?\]$/.test(type)) return `[${label}, 'a']`;
  if (type.endsWith('[]')) return `[${row}, ${row}]`;
  if (/ENUM|mood/.test(type)) return label;
  if (type.startsWith('TIMESTAMP')) return `'2021-01-0${row} 10:00:00'`;
  return type.startsWith('VARCHAR') ? `'${row}'` : String(row);
}

/** The tables that can have rows: those of both schemas, unless a column that comes and goes can't be empty there. */
export function filledTables(before: Spec, after: Spec): ReadonlySet<number> {
  const filled = new Set<number>();
  for (const table of before.tables) {
    const newer = after.tables.find(({ id }) => id === table.id);
    if (newer === undefined) filled.add(table.id);
    else if (takesRows(table, newer, before) && takesRows(newer, table, after)) filled.add(table.id);
  }
  for (let size = -1; size !== filled.size; ) {
    size = filled.size;
    for (const { tables } of [before, after]) {
      for (const { id, foreign } of tables) {
        if (foreign.some(({ table }) => !filled.has(table))) filled.delete(id);
        const gone = (target: number, one: number) =>
          [before, after].some((side) => {
            const there = side.tables.find((other) => other.id === target);
            const own = there && column(there, one);
            return there !== undefined && (own === undefined || own.generated !== undefined);
          });
        if (foreign.some(({ table, referenced }) => referenced.some((one) => gone(table, one)))) filled.delete(id);
        // What goes away and comes back does so without its rows.
        if (foreign.some(({ table }) => isLost(table, before, after)) && !isLost(id, before, after)) filled.delete(id);
      }
    }
  }
  return filled;
}

function isLost(table: number, before: Spec, after: Spec): boolean {
  const [a, b] = [before, after].map(({ tables }) => tables.find(({ id }) => id === table));
  return !a || !b;
}

function takesRows(table: SpecTable, other: SpecTable, spec: Spec): boolean {
  const unique = [
    ...table.uniques,
    ...spec.indexes.flatMap((index) => (index.table === table.id && index.unique ? [index.columns] : [])),
  ].flat();
  const foreign = table.foreign.flatMap(({ columns }) => columns);
  return table.columns.every((one) => {
    const { id, notNull, generated } = one;
    if (generated) return true;
    const value = one.default;
    const there = column(other, id);
    const isKey = table.key.includes(id) || unique.includes(id);
    const up = refersToItself(table, id) || refersToItself(other, id);
    if (up && (notNull || isKey)) return false;
    if (there === undefined) {
      if (notNull && value === undefined) return false;
      return !table.key.includes(id) && !(value !== undefined && (unique.includes(id) || foreign.includes(id)));
    }
    if ((isKey || foreign.includes(id)) && !isDistinct(there.type)) return false;
    if (there.generated) return !isKey && !foreign.includes(id) && !notNull;
    if (foreign.includes(id) && (other.key.includes(id) || other.uniques.flat().includes(id))) return false;
    // A key of several columns refers to one row only while all of them mean the same row.
    return !(up && table.foreign.some(({ columns, table: target }) => target !== table.id && columns.includes(id)));
  });
}

function refersToItself(table: SpecTable, id: number): boolean {
  return table.foreign.some((one) => one.table === table.id && one.columns.includes(id));
}
