import type { MigrationFile } from '../../core/migration/types';
import { TOOL_VERSION } from '../../core/tool';
import type { Change } from './ledger';
import { type FileReader, readFileOf, recordOfFile } from './read-file';
import { appliedBy } from './records';

/** A version that is said to be applied, with its file where there is one. */
export interface Adopted {
  readonly key: string;
  readonly name: string;
  readonly file?: MigrationFile;
}

/**
 * The rows and events that record migrations as applied without running them.
 * @throws MigrateError SCRIPT_INVALID and what loading code can throw
 */
export async function adoptions(
  reader: FileReader,
  adopted: readonly Adopted[],
  engineVersion: string,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const one of adopted) changes.push(await adoption(reader, one, engineVersion));
  return changes;
}

async function adoption(reader: FileReader, { key, name, file }: Adopted, engineVersion: string): Promise<Change> {
  const { count, ...record } = file ? await recordOf(reader, file) : NO_FILE;
  const row = {
    version: key,
    name,
    appliedAt: new Date().toISOString(),
    executionMs: 0,
    ...record,
    status: 'success',
    errorMessage: null,
    appliedStatements: count,
    totalStatements: count,
    toolVersion: TOOL_VERSION,
    engineVersion,
    appliedBy: appliedBy(),
  } as const;
  return { action: 'baseline', row };
}

/** Tells a row that never had a file from one whose file is gone. */
const NO_FILE = { checksum: '', semanticChecksum: '', upScript: '', downScript: null, count: 0 };

async function recordOf(reader: FileReader, file: MigrationFile) {
  const found = await readFileOf(reader, file);
  try {
    const { up } = found.whole;
    return { ...recordOfFile(file, found), count: up.kind === 'statements' ? up.section.statements.length : 0 };
  } finally {
    for (const one of found.parsed) await one.close();
  }
}
