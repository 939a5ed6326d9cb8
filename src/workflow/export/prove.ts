import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { printSchema } from '../../core/schema/print';
import type { BesideFile } from '../../core/version/beside';
import { type Content, type Difference, firstDifference } from '../../core/version/content';
import type { ManifestProof } from '../../core/version/manifest';
import { OTHER_CATALOG } from '../../core/version/sql/catalog';
import type { Driver, Session } from '../../engine/driver';
import { withSession } from '../../engine/with-session';
import type { Database } from '../../project/project';
import type { Running } from '../context';
import { loadStatements, runLoad } from '../import/load';
import { isCatalogTaken } from '../import/load-sql';
import { sha256 } from '../migrate/checksum';
import { readStatements } from '../version-source';

/** A version that is written and not yet published. */
export interface Unproven {
  readonly dir: string;
  readonly database: Database;
  readonly version: string;
  readonly schemaOnly: boolean;
  readonly beside: readonly BesideFile[];
  /** Of the database's file. */
  readonly storageVersion?: number;
}

/**
 * Imports a version into a scratch database beside it, while the source is fingerprinted, and compares: schemas, where
 * sequences stand, rows and contents of all tables.
 * @param source the database that the version was made of, read-only
 * @throws MigrateError EXPORT_NOT_PROVEN naming what differs, CANCELLED, ENGINE_CRASHED
 */
export async function prove(driver: Driver, source: Session, made: Unproven, running: Running): Promise<ManifestProof> {
  const dir = `${made.dir}.proof`;
  const signal = running.signal ? { signal: running.signal } : {};
  const expected = driver.contentOf(source, signal);
  // Awaited below; until then its failure is not unhandled.
  expected.catch(() => undefined);
  try {
    await mkdir(dir);
    const scratch = path.join(dir, await scratchName(driver, made));
    const storage = made.storageVersion === undefined ? {} : { storageVersion: made.storageVersion };
    const { memoryMB } = made.database;
    const memory = memoryMB === undefined ? {} : { memoryMB };
    await withSession(driver, { path: scratch, readOnly: false, ...storage, ...memory }, async (session) => {
      await restore(session, driver, made, running);
      const found = await driver.contentOf(session, signal);
      const difference = firstDifference(of(made, await expected), of(made, found));
      if (difference) throw notProven(made, await named(driver, source, session, difference));
    });
    const { schema, tables } = of(made, await expected);
    return { schema: sha256(printSchema(schema)), tables };
  } catch (error) {
    // The engine's process ends with a cancel; what it was at is nobody's business any more.
    await expected.catch(() => undefined);
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** As the database, since views may name it; unless a schema of it is called the same. */
async function scratchName(driver: Driver, { dir, version, database }: Unproven): Promise<string> {
  const name = path.basename(database.path);
  if (driver.dialect === 'cypher') return name;
  const { schema } = await readStatements(dir, version, driver.dialect);
  return isCatalogTaken(schema, name) ? `${OTHER_CATALOG}.${name}` : name;
}

/** Of a version without data no table is compared. */
function of({ schemaOnly }: Unproven, content: Content): Content {
  return schemaOnly ? { ...content, tables: [] } : content;
}

async function restore(session: Session, driver: Driver, made: Unproven, running: Running): Promise<void> {
  const stored = { version: made.version, dir: made.dir, createdAt: '', engine: driver.engine };
  const statements = await readStatements(made.dir, made.version, driver.dialect);
  const load = await loadStatements(stored, statements, { schema: true, data: undefined }, made.beside);
  try {
    await runLoad(driver, session, stored, load, running);
  } catch (error) {
    if (!MigrateError.is(error, 'IMPORT_FAILED') && !MigrateError.is(error, 'VALUES_UNREADABLE')) throw error;
    const { object = made.version, detail = '' } = error.params;
    const params = { database: made.database.name, object, detail: `@proof.import:${detail}` };
    throw new MigrateError('EXPORT_NOT_PROVEN', params, { where: error.where, cause: error });
  } finally {
    await load.release();
  }
}

/** The column that differs, where values of a table do. */
async function named(driver: Driver, source: Session, copy: Session, difference: Difference): Promise<Difference> {
  if (difference.what !== 'values') return difference;
  const [before, after] = await Promise.all(
    [source, copy].map((session) => driver.columnsOf(session, difference.object)),
  );
  const columns = [...(before ?? [])].filter(([column, sum]) => after?.get(column) !== sum).map(([column]) => column);
  return columns.length === 0 ? difference : { ...difference, object: columns.join(', ') };
}

function notProven(made: Unproven, { object, what, expected, actual }: Difference): MigrateError {
  const detail = what === 'schema' ? actual : `${expected} ≠ ${actual}`;
  return new MigrateError('EXPORT_NOT_PROVEN', {
    database: made.database.name,
    object,
    detail: `@proof.${what}:${detail}`,
  });
}
