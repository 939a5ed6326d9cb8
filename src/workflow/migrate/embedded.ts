import { fillParameters } from '../../core/dialect/parameters';
import { MigrateError } from '../../core/errors';
import { compareIds, idIdentity, idKey, parseId } from '../../core/migration/id';
import type { MigrationKind, ParsedMigration } from '../../core/migration/kind';
import type { MigrationFile } from '../../core/migration/types';
import type { MigrationDatabase, MigrationFunction } from '../../core/migration/user-code';
import { parseScript } from '../../core/script/parse';
import { DatabaseGate } from '../../engine/code/database-gate';
import type { CodeDatabase } from '../../engine/code/types';
import { sha256 } from './checksum';
import type { RunCode } from './kinds';

/** A migration that an application brings with it: statements as in a script, or functions. */
export interface EmbeddedMigration {
  /** As in file names: `001`, `20250801_120000`, `3.1.0`. */
  readonly id: string;
  readonly name: string;
  readonly up: string | MigrationFunction;
  readonly down?: string | MigrationFunction;
  /** `none`: each statement is committed by itself. */
  readonly transaction?: 'auto' | 'none';
}

export interface Embedded {
  readonly files: readonly MigrationFile[];
  readonly kind: MigrationKind<RunCode>;
}

export const EMBEDDED_PREFIX = 'embedded:';

/**
 * Migrations of an application in the shape of files, and the kind that reads them.
 * @throws MigrateError MIGRATION_NAME_INVALID, MIGRATION_DUPLICATE_ID
 */
export function embeddedMigrations(migrations: readonly EmbeddedMigration[]): Embedded {
  const byFile = new Map<string, EmbeddedMigration>();
  const files = migrations.map((migration) => {
    const file = fileOf(migration);
    const other = byFile.get(EMBEDDED_PREFIX + idIdentity(file.id));
    if (other) {
      throw new MigrateError('MIGRATION_DUPLICATE_ID', { id: file.key, file: migration.name, other: other.name });
    }
    byFile.set(EMBEDDED_PREFIX + idIdentity(file.id), migration);
    return file;
  });
  const kind: MigrationKind<RunCode> = {
    name: 'embedded',
    endings: [],
    parse: async ({ file, dialect }) => {
      const migration = byFile.get(file);
      if (!migration) throw new MigrateError('MIGRATION_KIND_UNKNOWN', { file });
      return parsed(migration, dialect);
    },
  };
  return { files: files.sort((a, b) => compareIds(a.id, b.id)), kind };
}

function fileOf(migration: EmbeddedMigration): MigrationFile {
  const { name } = migration;
  const id = parseId(migration.id);
  if (!id) throw new MigrateError('MIGRATION_NAME_INVALID', { name: migration.id, reason: '@migrationName.noId' });
  // A function's text changes with every bundler: only what is text can be told to have changed.
  const text = [migration.up, migration.down].map((part) => (typeof part === 'string' ? part : '')).join('\0');
  const checksum = sha256(`${idIdentity(id)}\0${text}`);
  const file = EMBEDDED_PREFIX + idIdentity(id);
  return { id, key: idKey(id), name, language: 'embedded', file, upText: text, checksum };
}

function parsed(migration: EmbeddedMigration, dialect: 'cypher' | 'sql'): ParsedMigration<RunCode> {
  const body = (part: string | MigrationFunction) => {
    const transaction = migration.transaction ?? 'auto';
    if (typeof part !== 'string') return { kind: 'code' as const, transaction, run: runner(part) };
    const script = parseScript(part, dialect, 'up');
    problems.push(...script.problems);
    const section = transaction === 'none' ? { ...script.up, transaction } : script.up;
    return { kind: 'statements' as const, section };
  };
  const problems: ParsedMigration<RunCode>['problems'][number][] = [];
  return {
    up: body(migration.up),
    ...(migration.down === undefined ? {} : { down: body(migration.down) }),
    problems,
    close: async () => undefined,
  };
}

/** Runs a function of the application itself: its calls go one by one, and none after one has failed. */
function runner(call: MigrationFunction): RunCode {
  return async (database) => {
    const gate = new DatabaseGate(0, database);
    const ask = async <T>(work: (database: CodeDatabase) => Promise<T>): Promise<T> => {
      const answer = await gate.ask(() => work(database));
      if (answer instanceof Error)
        throw gate.failure?.error ?? new MigrateError('CODE_MIGRATION_FAILED', { file: '', detail: '@code.refused' });
      return answer;
    };
    const db: MigrationDatabase = {
      dialect: database.dialect,
      run: (text, values) => ask((one) => one.run(fillParameters(text, values ?? {}, database.dialect))),
      rows: (text, values) => ask((one) => one.rows(fillParameters(text, values ?? {}, database.dialect))),
    };
    try {
      await call(db);
    } catch (error) {
      if (gate.failure) throw gate.failure.error;
      if (MigrateError.is(error)) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      throw new MigrateError('CODE_MIGRATION_FAILED', { file: call.name || 'up', detail }, { cause: error });
    } finally {
      await gate.close();
    }
    // Caught or not, a failed statement has ended the transaction.
    if (gate.failure) throw gate.failure.error;
  };
}
