import { foldName } from '../../core/dialect/kuzu-names';
import { MigrateError } from '../../core/errors';
import type { View, ViewColumn } from '../../core/schema/model';
import { sqlTokens } from '../../core/schema/sql-tokens';
import type { Cell, RunOptions, Session } from '../driver';

type Rows = readonly (readonly Cell[])[];

/**
 * The view with the comments on its columns. The catalog tells those under the names that the view shows, and COMMENT ON
 * finds columns by the names that the view's query gives them: of two that are called the same it finds the first.
 * @param rows those of QUERIES.columns that are the view's, in order
 */
export async function withColumnComments(
  session: Session,
  view: View,
  rows: Rows,
  options: RunOptions | undefined,
): Promise<View> {
  if (rows.every((row) => commentOf(row) === undefined)) return view;
  const shown = rows.map(([, , name]) => String(name));
  const names = mayDiffer(view, shown) ? await namesInQuery(session, view, shown, options) : shown;
  const found = new Map<string, ViewColumn>();
  rows.forEach((row, at) => {
    const comment = commentOf(row);
    const name = names[at] ?? '';
    if (comment !== undefined && !found.has(foldName(name))) found.set(foldName(name), { name, comment });
  });
  return { ...view, columnComments: [...found.values()] };
}

function commentOf(row: readonly Cell[]): string | undefined {
  const comment = row[6];
  return comment === null || comment === undefined ? undefined : String(comment);
}

/** A list of names behind the view's own, or a number that the engine puts behind the second of a name. */
function mayDiffer(view: View, shown: readonly string[]): boolean {
  return hasNameList(view) || shown.some((name) => /_\d+$/.test(name));
}

function hasNameList({ definition }: View): boolean {
  return sqlTokens(definition.slice(0, queryStart(definition))).some(
    ({ kind, text }) => kind === 'other' && text === '(',
  );
}

/** Behind the AS of `CREATE VIEW s.v (a, b) AS`. */
function queryStart(definition: string): number {
  const isAs = ({ start, end }: { readonly start: number; readonly end: number }) =>
    definition.slice(start, end) === 'AS';
  return sqlTokens(definition).find(isAs)?.end ?? 0;
}

async function namesInQuery(
  session: Session,
  view: View,
  shown: readonly string[],
  options: RunOptions | undefined,
): Promise<readonly string[]> {
  const query = view.definition.slice(queryStart(view.definition));
  try {
    const [result] = await session.run([{ text: `DESCRIBE ${query}`, rows: shown.length + 1 }], options);
    const names = (result?.rows ?? []).map(([name]) => String(name));
    return names.length === shown.length ? names : shown;
  } catch (error) {
    // What the query reads is no longer there, or is another: then no statement makes the view again either.
    if (MigrateError.is(error, 'STATEMENT_FAILED')) return shown;
    throw error;
  }
}
