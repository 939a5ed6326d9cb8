import { quoteSqlString } from '../../core/dialect/sql-names';
import type { Index, Macro, Schema, Sequence, SqlTable, UserType, View } from '../../core/schema/model';
import { normaliseSchema } from '../../core/schema/normalise';
import { firstBracket, itemEnd } from '../../core/schema/sql-tokens';
import type { Cell, RunOptions, Session, StatementResult } from '../driver';
import { fullName } from './full-name';
import { parameterTexts } from './macro-text';
import { plainTypes } from './plain-types';
import { byTable, tableKey, tablesOf } from './tables';
import { withColumnComments } from './view-columns';

const ALL = Number.MAX_SAFE_INTEGER;
const OWN = 'database_name = current_database()';

/** What the catalog's functions are asked; temporary objects are in a database of their own. */
const QUERIES = {
  database: 'SELECT current_database()',
  schemas: `SELECT schema_name FROM duckdb_schemas() WHERE ${OWN} AND NOT internal`,
  tables: `SELECT schema_name, table_name, comment, sql FROM duckdb_tables() WHERE ${OWN} AND NOT internal`,
  columns:
    'SELECT schema_name, table_name, column_name, data_type, column_default, is_nullable, comment ' +
    `FROM duckdb_columns() WHERE ${OWN} AND NOT internal ORDER BY schema_name, table_name, column_index`,
  constraints:
    'SELECT schema_name, table_name, constraint_type, expression, constraint_column_names, referenced_table, ' +
    `referenced_column_names FROM duckdb_constraints() WHERE ${OWN} ORDER BY constraint_index`,
  views: `SELECT schema_name, view_name, comment, sql FROM duckdb_views() WHERE ${OWN} AND NOT internal`,
  indexes: `SELECT schema_name, index_name, table_name, comment, sql FROM duckdb_indexes() WHERE ${OWN}`,
  sequences:
    'SELECT schema_name, sequence_name, comment, start_value, increment_by, min_value, max_value, cycle ' +
    `FROM duckdb_sequences() WHERE ${OWN} AND NOT temporary`,
  types: `SELECT schema_name, type_name, comment FROM duckdb_types() WHERE ${OWN} AND NOT internal`,
  macros:
    'SELECT schema_name, function_name, comment, function_type, parameters, parameter_types, macro_definition ' +
    `FROM duckdb_functions() WHERE ${OWN} AND NOT internal AND function_type IN ('macro', 'table_macro')`,
} as const;

export type Rows = readonly (readonly Cell[])[];

/** The schema of an open database, whole, and nothing else: two requests, and one for each view whose columns have comments; they change nothing. */
export async function introspect(session: Session, options?: RunOptions): Promise<Schema> {
  const names = Object.keys(QUERIES) as (keyof typeof QUERIES)[];
  const ask = async (texts: readonly string[]) =>
    (await session.run(
      texts.map((text) => ({ text, rows: ALL })),
      options,
    )) as readonly StatementResult[];
  const answers = await ask(names.map((name) => QUERIES[name]));
  const rows = (name: keyof typeof QUERIES): Rows => answers[names.indexOf(name)]?.rows ?? [];
  const macros = groupMacros(rows('macros'));
  const types = rows('types');
  const [more] =
    types.length + macros.length === 0
      ? []
      : await ask([definitionsQuery(types, macros, String(rows('database')[0]?.[0]))]);
  const texts = (more?.rows[0] ?? []).map(String);
  const columns = byTable(rows('columns'));
  const views: View[] = [];
  for (const view of rows('views').map(viewOf)) {
    views.push(await withColumnComments(session, view, columns.get(tableKey(view.schema, view.name)) ?? [], options));
  }
  return normaliseSchema({
    schemas: rows('schemas').map(([name]) => String(name)),
    tables: tablesOf(rows('tables'), columns, rows('constraints')),
    views,
    indexes: rows('indexes').map(indexOf),
    sequences: rows('sequences').map(sequenceOf),
    types: types.map((row, at) => typeOf(row, texts[at] ?? '')),
    macros: macros.map((macro, at) => macroOf(macro, texts[types.length + at] ?? '')),
  });
}

/** One row: the text of each type, then what the engine says against a call of each macro. */
function definitionsQuery(types: Rows, macros: readonly MacroRows[], catalog: string): string {
  const full = ([schema, name]: readonly Cell[]) => fullName({ schema: String(schema), name: String(name) }, catalog);
  const values = [
    ...types.map((row) => `typeof(CAST(NULL AS ${full(row)}))`),
    ...macros.map((rows) => {
      // More arguments than any overload has: planned, not run, and the complaint comes as a value.
      const most = Math.max(...rows.map((row) => listOf(row[4]).length));
      const call = `${full(rows[0])}(${Array.from({ length: most + 1 }, () => 'NULL').join(', ')})`;
      const query = rows[0][3] === 'macro' ? `SELECT ${call}` : `FROM ${call}`;
      return `json_extract_string(json_serialize_plan(${quoteSqlString(query)}), '$.error_message')`;
    }),
  ];
  return `SELECT ${values.join(', ')}`;
}

type MacroRows = readonly [readonly Cell[], ...(readonly Cell[])[]];

function groupMacros(rows: Rows): MacroRows[] {
  const groups = new Map<string, [readonly Cell[], ...(readonly Cell[])[]]>();
  for (const row of rows) {
    const key = JSON.stringify([row[0], row[1], row[3]]);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function macroOf(rows: MacroRows, complaint: string): Macro {
  const [schema, name, comment, kind] = rows[0];
  const overloads = rows.map((row) => ({
    names: listOf(row[4]).map(String),
    types: listOf(row[5]).map((type) => (type === null ? null : String(type))),
  }));
  const [first = '', ...others] = parameterTexts(String(name), overloads, complaint).map(plainTypes);
  const bodies = rows.map((row) => `${kind === 'macro' ? '' : 'TABLE '}${plainTypes(String(row[6]))}`);
  const more = others.map((parameters, at) => `, (${parameters}) AS ${bodies[at + 1]}`).join('');
  return { ...place(schema, name, comment), parameters: first, body: `${bodies[0]}${more}` };
}

function typeOf([schema, name, comment]: readonly Cell[], definition: string): UserType {
  return { ...place(schema, name, comment), definition };
}

function viewOf([schema, name, comment, sql]: readonly Cell[]): View {
  return { ...place(schema, name, comment), definition: definitionOf(sql) };
}

function indexOf([schema, name, table, comment, sql]: readonly Cell[]): Index {
  const definition = definitionOf(sql);
  const columns: string[] = [];
  let at = firstBracket(definition);
  while (at < definition.length && definition[at] !== ')') {
    const end = itemEnd(definition, at + 1);
    columns.push(definition.slice(at + 1, end).trim());
    at = end;
  }
  return { ...place(schema, name, comment), table: String(table), type: 'ART', columns, definition };
}

function sequenceOf([schema, name, comment, start, increment, min, max, cycle]: readonly Cell[]): Sequence {
  return {
    ...place(schema, name, comment),
    start: String(start),
    increment: String(increment),
    min: String(min),
    max: String(max),
    cycle: cycle === true,
  };
}

function place(schema: Cell | undefined, name: Cell | undefined, comment: Cell | undefined) {
  const text = comment === null || comment === undefined ? {} : { comment: String(comment) };
  return { schema: String(schema), name: String(name), ...text };
}

function definitionOf(sql: Cell | undefined): string {
  return plainTypes(String(sql).replace(/;\s*$/, ''));
}

export function listOf(cell: Cell | undefined): readonly Cell[] {
  return Array.isArray(cell) ? cell : [];
}

export type Tables = readonly SqlTable[];
