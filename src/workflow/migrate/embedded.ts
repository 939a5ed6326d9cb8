import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import { compareIds, idIdentity, idKey, parseId } from '../../core/migration/id';
import type { KindInput, MigrationKind, ParsedMigration } from '../../core/migration/kind';
import type { MigrationFile } from '../../core/migration/types';
import type { MigrationFunction } from '../../core/migration/user-code';
import { parseScript } from '../../core/script/parse';
import type { Script } from '../../core/script/script';
import { sha256 } from './checksum';
import { functionRunner } from './embedded-function';
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
 * @throws MigrateError OPTION_INVALID, MIGRATION_DUPLICATE_ID
 */
export function embeddedMigrations(migrations: readonly EmbeddedMigration[], dialect: Dialect): Embedded {
  const byFile = new Map<string, EmbeddedMigration>();
  const files = migrations.map((migration, at) => {
    const file = fileOf(migration, at, dialect);
    const other = byFile.get(file.file);
    if (other) {
      throw new MigrateError('MIGRATION_DUPLICATE_ID', { id: file.key, file: other.name, other: migration.name });
    }
    byFile.set(file.file, migration);
    return file;
  });
  const kind: MigrationKind<RunCode> = {
    name: 'embedded',
    endings: [],
    parse: async (input) => parsed(input, byFile.get(input.file)),
  };
  return { files: files.sort((a, b) => compareIds(a.id, b.id)), kind };
}

function fileOf(migration: EmbeddedMigration, at: number, dialect: Dialect): MigrationFile {
  const { name, up, down } = migration;
  const id = parseId(migration.id);
  if (!id) throw new MigrateError('OPTION_INVALID', { option: `migrations[${at}].id`, detail: '@option.id' });
  const file = EMBEDDED_PREFIX + idIdentity(id);
  // A function's text changes with every bundler: only what is text can be told to have changed.
  const texts = [up, down].map((part) => (typeof part === 'string' ? part : ''));
  const checksum = sha256([idIdentity(id), ...texts].join('\0'));
  const base = { id, key: idKey(id), name, file, checksum };
  if (typeof up !== 'string' || typeof down === 'function') {
    return { ...base, language: 'embedded', upText: texts.join('') };
  }
  return { ...base, language: dialect, upText: up, ...(down === undefined ? {} : { down: { file, text: down } }) };
}

/**
 * @param migration undefined for a way down that the history brings, which says itself how it runs
 * @throws MigrateError MIGRATION_EMBEDDED for a function that the application has no more
 */
function parsed(input: KindInput, migration: EmbeddedMigration | undefined): ParsedMigration<RunCode> {
  const { file, text, dialect, role } = input;
  if (role === 'down') {
    const script = parseScript(text, dialect, 'down');
    return { up: statements(script.down ?? script.up, migration), ...restOf([script]) };
  }
  if (!migration) throw embeddedElsewhere(file);
  const scripts: Script[] = [];
  const body = (part: string | MigrationFunction) => {
    if (typeof part !== 'string') {
      return { kind: 'code' as const, transaction: migration.transaction ?? 'auto', run: functionRunner(part, file) };
    }
    const script = parseScript(part, dialect, 'up');
    scripts.push(script);
    return statements(script.up, migration);
  };
  const up = body(migration.up);
  return { up, ...(migration.down === undefined ? {} : { down: body(migration.down) }), ...restOf(scripts) };
}

function statements(section: Script['up'], migration: EmbeddedMigration | undefined) {
  const { transaction = 'auto' } = migration ?? {};
  return { kind: 'statements' as const, section: transaction === 'none' ? { ...section, transaction } : section };
}

function restOf(scripts: readonly Script[]) {
  return {
    problems: scripts.flatMap(({ problems }) => problems),
    requires: scripts.flatMap(({ requires }) => requires),
    ignores: scripts.flatMap(({ ignores }) => ignores),
    close: async () => undefined,
  };
}

/** The error of a function that whoever rolls back does not have. */
export function embeddedElsewhere(file: string): MigrateError {
  return new MigrateError('MIGRATION_EMBEDDED', { id: file.slice(EMBEDDED_PREFIX.length) }, { where: { file } });
}
