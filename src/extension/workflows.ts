import { orderNotes } from '../core/schema/diff';
import { outline } from '../core/schema/outline';
import { changedObjects, printObjects, printSchema } from '../core/schema/print';
import { isSqlSchema } from '../core/schema/sql-print';
import { createCodeHost } from '../engine/code/host';
import { createDrivers } from '../engine/drivers';
import { commitOf, listRefs } from '../project/git';
import { parseSource, sourceSchema } from '../workflow/compare/source';
import { definitionsOf } from '../workflow/definitions';
import { adoptDrift } from '../workflow/drift/adopt';
import { findDrift } from '../workflow/drift/drift';
import { revertDrift } from '../workflow/drift/revert';
import { exportVersion } from '../workflow/export/export';
import { makeMigration } from '../workflow/generate/make';
import { writeMigration } from '../workflow/generate/write';
import { importVersion } from '../workflow/import/import';
import { lint } from '../workflow/lint/lint';
import { baseline } from '../workflow/migrate/baseline';
import { checkMigrations } from '../workflow/migrate/check';
import { listHistory } from '../workflow/migrate/history-list';
import { migrate } from '../workflow/migrate/migrate';
import { repair } from '../workflow/migrate/repair';
import { migrationStatus } from '../workflow/migrate/status';
import { openForReading } from '../workflow/reading';
import { buildSchemaFile } from '../workflow/schema-build';
import { appliedText } from './documents/applied-text';

/** All that needs an engine, and what is done with schemas, which come from one. The build makes a file of its own of this, which is read when something asks for it. */
export const workflows = {
  createCodeHost,
  createDrivers,
  parseSource,
  sourceSchema,
  commitOf,
  listRefs,
  definitionsOf,
  makeMigration,
  writeMigration,
  findDrift,
  adoptDrift,
  revertDrift,
  outline,
  isSqlSchema,
  buildSchemaFile,
  exportVersion,
  importVersion,
  openForReading,
  migrate,
  migrationStatus,
  listHistory,
  checkMigrations,
  lint,
  repair,
  baseline,
  appliedText,
  changedObjects,
  orderNotes,
  printObjects,
  printSchema,
};

export type Workflows = typeof workflows;
