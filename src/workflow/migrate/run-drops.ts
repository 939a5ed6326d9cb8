import { chmod, constants, copyFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { MigrateError } from '../../core/errors';
import type { Schema } from '../../core/schema/model';
import { type DropObject, dropObject } from '../../core/statement/dropped-object';
import { failureParams } from '../../core/statement/failure';
import type { DropPlan, Session, Statement } from '../../engine/driver';
import { realFile } from '../../engine/real-file';
import { withSession } from '../../engine/with-session';
import { fsyncFile, renameDurable } from '../../project/durable';
import { fileError } from '../../project/file-error';
import { databaseIdentity } from '../../project/identity';
import { freshFile } from '../import/recover';
import { refuseCompanions, removeFresh } from '../import/swap';
import { explainFullDisk } from '../no-space';
import { whereOf } from './placed';
import type { MigrationStatement } from './prepared';
import { type Run, runOptions } from './run';

/** A statement that the engine doesn't know and that is carried out on its closed file. */
export interface FileDrop {
  readonly statement: MigrationStatement;
  readonly object: DropObject;
}

/** The drops that stand one after the other from a place on: one copy of the database serves them all. */
export function dropsAt(run: Run, statements: readonly MigrationStatement[], from: number): readonly FileDrop[] {
  const drops: FileDrop[] = [];
  for (const statement of statements.slice(from)) {
    const drop = fileDrop(run, statement);
    if (!drop) break;
    drops.push(drop);
  }
  return drops;
}

export function fileDrop({ target }: Run, statement: MigrationStatement): FileDrop | undefined {
  const { kind } = statement.facts;
  if (target.driver.planDrop === undefined || (kind !== 'drop-macro' && kind !== 'drop-type')) return undefined;
  const object = dropObject(statement.text);
  return object && { statement, object };
}

/**
 * Drops objects from the database's file, for which its engine has no statement: on a copy beside it, which is looked at
 * and then takes its place in one rename. A kill leaves the old file or the new one, and the next operation removes a
 * copy that has not reached its place.
 * @param noted what has to be written into the new file, so that it comes with the change or not at all
 * @throws MigrateError STATEMENT_FAILED with file and line for an object that is not there, or is not the user's to drop;
 *   DROP_UNPROVEN, DATABASE_HAS_WAL, DATABASE_CHANGING, NO_SPACE, NO_PERMISSION, and what opening can throw
 */
export async function runDrops(
  run: Run,
  file: string | null,
  drops: readonly FileDrop[],
  noted: readonly Statement[],
): Promise<void> {
  const { target } = run;
  const database = await realFile(target.path);
  await target.close();
  // A handle for reading keeps other programs from writing until the new file is in its place; and its own closing, unlike
  // that of one for writing, makes no checkpoint, which would leave its pages to whatever file is there by then.
  const guard = await target.driver.open(target.opening(database, true));
  const closeGuard = once(() => guard.close());
  const fresh = freshFile(database);
  try {
    await refuseCompanions(database);
    const objects = drops.map(({ object }) => object);
    const plan = await target.driver.planDrop?.(database, objects);
    if (!plan) throw new TypeError('an engine that drops nothing from its file');
    requireFound(file, drops, plan);
    if (plan.outcomes.includes('removed')) {
      const basedOn = await databaseIdentity(database);
      await copyFile(database, fresh, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
      await plan.apply(fresh);
      await proveAndNote(run, guard, fresh, noted);
      await refuseCompanions(fresh);
      if (!(await plan.isProven(fresh))) throw unproven(database, '@drop.catalog');
      await chmod(fresh, (await stat(database)).mode);
      await fsyncFile(fresh);
      if (basedOn !== (await databaseIdentity(database))) {
        throw new MigrateError('DATABASE_CHANGING', { path: database });
      }
      // Windows replaces no file that is open.
      if (process.platform === 'win32') await closeGuard();
      await renameDurable(fresh, database);
      await closeGuard();
      return;
    }
  } catch (error) {
    await closeGuard().catch((second: unknown) => run.log(`closing ${database}: ${String(second)}`));
    await removeFresh(fresh);
    throw fileError(await explainFullDisk(error, path.dirname(database)), database);
  }
  await closeGuard();
  if (noted.length > 0) await target.run(noted, runOptions(run));
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}

const NOT_DROPPED = {
  macro: { missing: '@drop.noMacro', foreign: '@drop.helperMacro' },
  type: { missing: '@drop.noType', foreign: '@drop.extensionType' },
} as const;

function requireFound(file: string | null, drops: readonly FileDrop[], { outcomes }: DropPlan): void {
  for (const [at, { statement, object }] of drops.entries()) {
    const outcome = outcomes[at];
    if (outcome === 'removed' || (outcome === 'missing' && object.ifExists)) continue;
    const detail = `${NOT_DROPPED[object.kind][outcome === 'foreign' ? 'foreign' : 'missing']}:${object.name}`;
    const params = failureParams(detail, statement.text);
    throw new MigrateError('STATEMENT_FAILED', params, { where: whereOf(statement, file, {}) });
  }
}

/** The engine itself opens the copy: its tables are the same, each has as many rows, and it can be written to. */
async function proveAndNote(run: Run, guard: Session, fresh: string, noted: readonly Statement[]): Promise<void> {
  const { target } = run;
  const { driver } = target;
  const options = runOptions(run);
  const before = await driver.introspect(guard, options);
  const rows = await driver.countRows(guard, before.tables, options);
  await withSession(driver, target.opening(fresh, false), async (session) => {
    const after = await driver.introspect(session, options);
    if (!isDeepStrictEqual(besides(after), besides(before))) throw unproven(target.path, '@drop.schema');
    if (!isDeepStrictEqual(await driver.countRows(session, before.tables, options), rows)) {
      throw unproven(target.path, '@drop.rows');
    }
    if (noted.length > 0) {
      await session.run([{ text: driver.begin }, ...noted, { text: driver.commit }], options);
      await driver.checkpoint(session);
    }
  });
}

/** What no drop of these touches; macros and types are compared entry by entry. */
function besides({ tables, sequences, indexes }: Schema): Partial<Schema> {
  return { tables, sequences, indexes };
}

function unproven(database: string, detail: string): MigrateError {
  return new MigrateError('DROP_UNPROVEN', { path: database, detail });
}
