import { MigrateError } from '../core/errors';
import { lostInRebuilds, rebuiltTables } from '../core/lint/lost-in-rebuilds';
import { lostInStatements } from '../core/lint/lost-in-statements';
import { countQuery } from '../core/loss/count-query';
import { type CountedLoss, includesLoss, type Lost } from '../core/loss/lost';
import { lostInChange } from '../core/loss/lost-in-change';
import type { TextOf } from '../core/migration/check-types';
import { withoutHistory } from '../core/migration/hide';
import { changeRows } from '../core/report/changes';
import { type CountedRow, countedRows } from '../core/report/counted-rows';
import type { Change, Rename } from '../core/schema/change';
import { diffSchemas } from '../core/schema/diff';
import type { Schema } from '../core/schema/model';
import { lostBy } from '../core/schema/plan/lost';
import type { ScriptStatement } from '../core/script/script';
import type { LostData } from '../core/text/data-losses';
import { formatTime } from '../core/text/format';
import type { Driver, RunOptions, Session } from '../engine/driver';
import type { Database } from '../project/project';
import type { Context, Running } from './context';
import { isNewDatabase } from './migrate/situation';
import type { Note } from './migrate/types';
import { openForReading } from './reading';

/** How much of what would be lost a database holds. */
export interface Losses {
  /** The database's name. */
  readonly database: string;
  /** Of each that was asked for, in order; undefined where the database has none of it, or nothing was counted. */
  readonly counted: readonly (CountedLoss | undefined)[];
  /** As of when it was counted, in what state, or why it was not. */
  readonly notes: readonly Note[];
}

/**
 * Counts what would be lost in a database as it is now. It takes no lock and writes nothing; a database that is missing or
 * can't be read fails nothing: the notes say that it was not counted.
 * @param asked undefined where there is nothing to count; or what tells it of the database's schema
 * @param state the schema that the database should have by then: a note says where it hasn't
 * @throws MigrateError CANCELLED
 */
export async function countLosses(
  context: Context,
  database: Database,
  asked: readonly (Lost | undefined)[] | ((schema: Schema) => readonly Lost[]),
  { signal, state }: Pick<Running, 'signal'> & { readonly state?: { readonly label: string; readonly schema: Schema } },
): Promise<Losses> {
  const { name } = database;
  const known = typeof asked === 'function' ? [] : asked;
  const nothing = (notes: readonly Note[]): Losses => ({ database: name, counted: known.map(() => undefined), notes });
  if (typeof asked !== 'function' && asked.every((one) => one === undefined)) return nothing([]);
  try {
    if (await isNewDatabase(database.path)) return nothing([{ key: 'gone.noDatabase', params: { database: name } }]);
    const driver = context.driver(database.engine);
    const options = signal ? { signal } : {};
    const reading = await openForReading(driver, database);
    try {
      const { session, fromCopy } = reading;
      const schema = withoutHistory(await driver.introspect(session, options), context.project.historyTables);
      const lost = typeof asked === 'function' ? asked(schema) : asked;
      const counted = await countIn(driver, session, schema, lost, options);
      const notes: Note[] = [];
      if (state && diffSchemas(state.schema, schema).length > 0) {
        notes.push({ key: 'gone.otherState', params: { database: name, state: state.label } });
      }
      if (fromCopy) notes.push({ key: 'gone.fromCopy', params: { ...fromCopy, asOf: formatTime(fromCopy.asOf) } });
      return { database: name, counted, notes };
    } finally {
      await reading.close();
    }
  } catch (error) {
    if (!MigrateError.is(error) || error.code === 'CANCELLED') throw error;
    return nothing([
      { key: 'gone.notCounted', params: { database: name } },
      { key: `error.${error.code}`, params: error.params },
    ]);
  }
}

/** Data that will be gone, as both faces tell it. */
export interface DataLosses {
  readonly database: string;
  readonly lost: readonly LostData[];
  /** As of when it was counted, in what state, or why it was not. */
  readonly notes: readonly Note[];
}

/**
 * What the changes of a comparison take, counted in a database.
 * @param isTaken of what can be counted: false where its data is somewhere else by then
 * @throws MigrateError CANCELLED
 */
export async function lossesOfChanges(
  context: Context,
  database: Database,
  { changes, renames }: { readonly changes: readonly Change[]; readonly renames: readonly Rename[] },
  options: Parameters<typeof countLosses>[3] & { readonly isTaken?: (lost: Lost) => boolean },
): Promise<{ readonly changes: readonly CountedRow[]; readonly losses: DataLosses }> {
  const { isTaken = () => true } = options;
  const countable = changes.map((change) => lostInChange(change, renames));
  const asked = countable.map((lost) => (lost && isTaken(lost) ? lost : undefined));
  const { counted, notes } = await countLosses(context, database, asked, options);
  const lost = changes.flatMap((change, at) =>
    countable[at] === asked[at] ? lostBy([change]).map((text) => dataOf(text, counted[at])) : [],
  );
  return {
    changes: countedRows(changeRows(changes), counted, database.name),
    losses: { database: database.name, lost, notes },
  };
}

/**
 * What statements that run next take of what a database holds.
 * @param renames what the headers of their migrations record
 * @throws MigrateError CANCELLED
 */
export async function lossesOfStatements(
  context: Context,
  database: Database,
  { statements, renames }: { readonly statements: readonly ScriptStatement[]; readonly renames: readonly string[] },
  running: Pick<Running, 'signal'>,
): Promise<DataLosses> {
  // What is not there yet has nothing to lose.
  if (await isNewDatabase(database.path)) return { database: database.name, lost: [], notes: [] };
  const { dialect } = context.driver(database.engine);
  const told = lostInStatements(statements, dialect);
  const rebuilt = rebuiltTables(statements, dialect);
  if (told.length === 0 && rebuilt.made.size === 0) return { database: database.name, lost: [], notes: [] };
  const asked = (schema: Schema) => {
    const more = lostInRebuilds(rebuilt, statements, renames, schema, dialect);
    return [...told, ...more.filter((lost) => !told.some((one) => includesLoss(one, lost)))];
  };
  const { counted, notes } = await countLosses(context, database, asked, running);
  const lost = counted.flatMap((one) =>
    one ? [dataOf({ key: `gone.${one.what}`, params: { object: one.object } }, one)] : [],
  );
  return { database: database.name, lost, notes };
}

function dataOf(text: TextOf, counted: CountedLoss | undefined): LostData {
  return { text, ...(counted ? { counted } : {}) };
}

/** The same in a database that is open, in one request. */
export async function countIn(
  driver: Driver,
  session: Session,
  schema: Schema,
  lost: readonly (Lost | undefined)[],
  options: RunOptions = {},
): Promise<readonly (CountedLoss | undefined)[]> {
  const queries = lost.map((one) => one && countQuery(one, schema, driver.dialect));
  const asked = queries.flatMap((one) => (one ? [{ text: one.query, rows: 1 }] : []));
  if (asked.length === 0) return queries.map(() => undefined);
  const results = (await session.run(asked, options)).values();
  return queries.map((one) => {
    if (!one) return undefined;
    const { what, object } = one;
    return { what, object, count: Number(results.next().value?.rows[0]?.[0] ?? 0) };
  });
}
