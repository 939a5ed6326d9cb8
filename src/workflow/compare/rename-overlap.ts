import { foldName, quoteName, sameName } from '../../core/dialect/kuzu-names';
import { quoteSqlName } from '../../core/dialect/sql-names';
import { newSchemaOf, type Rename } from '../../core/schema/change';
import type { Schema, Table } from '../../core/schema/model';
import { applyRenames } from '../../core/schema/rename';
import { findTable } from '../../core/schema/rename-answer';
import type { ScoredRename } from '../../core/schema/rename-candidate';
import type { Session } from '../../engine/driver';
import { fullName, ownCatalog } from '../../engine/duckdb/full-name';
import type { Context, Running } from '../context';
import { openForReading } from '../reading';
import type { SourceSchema } from './source';

/** How many values of a column are compared, and among how many rows they are looked for. */
const VALUES = 1000;
const ROWS = 100_000;
/** So many pairs are looked at, the best first, and so many columns of two tables. */
const PAIRS = 50;
const COLUMNS = 4;
/** The part of a score that the data decides, and from how many values on: two columns of true and false say little. */
const WEIGHT = 0.4;
const ENOUGH = 20;

/** A column where it lies: in one database and table, under the name that it has there. */
interface Place {
  readonly table: Table;
  readonly column: string;
}

/**
 * Moves the scores of what may have been renamed by the values that both sides share. Without two databases, and for columns
 * without values, they stay as they are.
 * @param request `decided` are those renames that the scored ones come after
 */
export async function withOverlap(
  context: Context,
  request: {
    readonly from: SourceSchema;
    readonly to: SourceSchema;
    readonly scored: readonly ScoredRename[];
    readonly decided: readonly Rename[];
  },
  running: Running = {},
): Promise<readonly ScoredRename[]> {
  const { from, to, scored, decided } = request;
  if (!from.database || !to.database) return scored;
  const asked = [...scored].sort((a, b) => b.score - a.score).slice(0, PAIRS);
  const pairs = asked.map((one) => ({ one, columns: columnsOf(one, from.schema, to.schema, decided) }));
  if (pairs.every(({ columns }) => columns.length === 0)) return scored;
  const old = await samples(
    context,
    from.database,
    pairs.flatMap(({ columns }) => columns.map(([place]) => place)),
    running,
  );
  const renamed = await samples(
    context,
    to.database,
    pairs.flatMap(({ columns }) => columns.map(([, place]) => place)),
    running,
  );
  let at = 0;
  const moved = new Map(
    pairs.map(({ one, columns }) => {
      const found = columns.flatMap(() => overlapOf(old[at] ?? [], renamed[at++] ?? []) ?? []);
      return [one, rescored(one, found)];
    }),
  );
  return scored.map((one) => moved.get(one) ?? one);
}

interface Overlap {
  readonly share: number;
  readonly values: number;
}

/**
 * Which part of the values of the smaller one both columns have. The samples are the lowest of all their values' hashes, in
 * order: below the end of the shorter range both are whole. (The idea of a bottom-k sketch.)
 */
export function overlapOf(a: readonly string[], b: readonly string[]): Overlap | undefined {
  const end = [a, b].flatMap((list) => (list.length < VALUES ? [] : list.slice(-1))).sort()[0];
  const within = (list: readonly string[]) => (end === undefined ? list : list.filter((hash) => hash <= end));
  const [x, y] = [within(a), new Set(within(b))];
  const values = Math.min(x.length, y.size);
  return values === 0 ? undefined : { share: x.filter((hash) => y.has(hash)).length / values, values };
}

function rescored(one: ScoredRename, found: readonly Overlap[]): ScoredRename {
  if (found.length === 0) return one;
  const share = found.reduce((sum, overlap) => sum + overlap.share, 0) / found.length;
  const weight = WEIGHT * Math.min(1, Math.max(...found.map(({ values }) => values)) / ENOUGH);
  const percent = String(Math.round(share * 100));
  return {
    ...one,
    score: one.score * (1 - weight) + share * weight,
    evidence: [...one.evidence, { key: 'rename.evidence.overlap', params: { percent } }],
  };
}

/** The columns whose values are compared: of two tables the key and what else both have. */
function columnsOf(
  { rename, under }: ScoredRename,
  before: Schema,
  after: Schema,
  decided: readonly Rename[],
): (readonly [old: Place, renamed: Place])[] {
  const now = applyRenames(before, under ? [...decided, under] : decided);
  const isColumn = rename.kind === 'rename-column';
  const older = findTable(now, rename.sqlSchema, isColumn ? rename.table : rename.from);
  const newer = findTable(after, newSchemaOf(rename), isColumn ? rename.table : rename.to);
  // A rename keeps every table and column in its place, and the data lies under the names from before.
  const table = older && before.tables[now.tables.indexOf(older)];
  if (!older || !newer || !table || !hasRows(table) || !hasRows(newer)) return [];
  const key = older.kind === 'node' ? foldName(older.primaryKey) : undefined;
  const pairs = older.columns.flatMap(({ name }, at) => {
    const wanted = !isColumn ? name : sameName(name, rename.from) ? rename.to : undefined;
    const other = newer.columns.find((column) => wanted !== undefined && sameName(column.name, wanted));
    const column = table.columns[at]?.name;
    if (!other || column === undefined) return [];
    return [
      {
        isKey: foldName(name) === key,
        pair: [
          { table, column },
          { table: newer, column: other.name },
        ] as const,
      },
    ];
  });
  return [...pairs.filter(({ isKey }) => isKey), ...pairs.filter(({ isKey }) => !isKey)]
    .slice(0, COLUMNS)
    .map(({ pair }) => pair);
}

/** A rel table that connects nothing can't be asked for anything. */
function hasRows(table: Table): boolean {
  return table.kind !== 'rel' || table.connections.length > 0;
}

/** The lowest hashes of each column's values, in order. */
async function samples(
  context: Context,
  database: NonNullable<SourceSchema['database']>,
  places: readonly Place[],
  running: Running,
): Promise<string[][]> {
  const options = running.signal ? { signal: running.signal } : {};
  const reading = await openForReading(context.driver(database.engine), database, { catalog: false });
  try {
    const texts = await statementsOf(reading.session, places);
    const results = await reading.session.run(
      texts.map((text) => ({ text, rows: VALUES })),
      options,
    );
    return results.map(({ rows }) => rows.map(([hash]) => String(hash)));
  } finally {
    await reading.close();
  }
}

async function statementsOf(session: Session, places: readonly Place[]): Promise<string[]> {
  const tables = places.flatMap(({ table }) => (table.kind === 'table' ? [table] : []));
  const catalog = await ownCatalog(session, tables);
  return places.map(({ table, column }) => {
    if (table.kind === 'table') {
      const rows = `SELECT ${quoteSqlName(column)} AS v FROM ${fullName(table, catalog)} WHERE v IS NOT NULL LIMIT ${ROWS}`;
      return `SELECT DISTINCT md5(CAST(v AS VARCHAR)) AS h FROM (${rows}) ORDER BY h LIMIT ${VALUES}`;
    }
    const name = quoteName(table.name);
    const pattern = table.kind === 'node' ? `(n:${name})` : `()-[n:${name}]->()`;
    const rows = `MATCH ${pattern} WITH n.${quoteName(column)} AS v WHERE v IS NOT NULL WITH v LIMIT ${ROWS}`;
    return `${rows} WITH DISTINCT md5(CAST(v AS STRING)) AS h RETURN h ORDER BY h LIMIT ${VALUES}`;
  });
}
