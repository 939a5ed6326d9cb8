import path from 'node:path';
import type { Dialect } from '../../core/dialect/dialect';
import type { MigrationBody, MigrationKind, ParsedMigration } from '../../core/migration/kind';
import { isPair } from '../../core/migration/pair';
import type { MigrationFile } from '../../core/migration/types';
import { scriptError } from '../../core/script/problem';
import { semanticChecksum } from './checksum';
import { EMBEDDED_PREFIX } from './embedded';
import { kindFor, type RunCode } from './kinds';
import type { Prepared } from './prepared';
import { storedScript } from './stored-script';

export interface FileReader {
  readonly projectDir: string;
  readonly dialect: Dialect;
  readonly kinds: readonly MigrationKind<RunCode>[];
}

/** Both ways of a migration, as its files have them. */
export interface ReadFile {
  readonly whole: ParsedMigration<RunCode>;
  readonly down?: MigrationBody<RunCode>;
  /** Whoever read it closes each of them. */
  readonly parsed: readonly ParsedMigration<RunCode>[];
}

/**
 * Reads one script by the kind that its name tells.
 * @throws MigrateError SCRIPT_INVALID, MIGRATION_KIND_UNKNOWN, and what loading code can throw
 */
export async function readScript(
  { projectDir, dialect, kinds }: FileReader,
  file: string,
  text: string,
  role: 'single' | 'up' | 'down',
): Promise<ParsedMigration<RunCode>> {
  const absolute = file.startsWith(EMBEDDED_PREFIX) ? file : path.resolve(projectDir, file);
  const found = await kindFor(kinds, file).parse({ file: absolute, text, dialect, role });
  const [problem] = found.problems;
  if (problem) {
    await found.close();
    throw scriptError(problem, file);
  }
  return found;
}

/** @throws as readScript */
export async function readFileOf(reader: FileReader, file: MigrationFile): Promise<ReadFile> {
  const whole = await readScript(reader, file.file, file.upText, isPair(file) ? 'up' : 'single');
  if (!file.down) return { whole, parsed: [whole], ...(whole.down ? { down: whole.down } : {}) };
  try {
    const below = await readScript(reader, file.down.file, file.down.text, 'down');
    return { whole, down: below.up, parsed: [whole, below] };
  } catch (error) {
    await whole.close();
    throw error;
  }
}

/** What the history keeps of a migration that is run, or said to have been run, as its file is now. */
export function recordOfFile(file: MigrationFile, { whole, down }: ReadFile): Prepared['record'] {
  return {
    checksum: file.checksum,
    semanticChecksum: semanticChecksum(file),
    upScript: storedScript(whole.up, file.file, file.upText),
    downScript: down ? storedScript(down, file.file, file.upText) : null,
  };
}
