import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { parseFileName } from '../core/migration/name';

/** Folders are recognised by what they hold, not by their name. */

const VERSION_FILES = ['manifest.json', 'schema.cypher', 'schema.sql'];

export async function isVersion(dir: string): Promise<boolean> {
  const names = await namesIn(dir);
  return VERSION_FILES.some((file) => names.includes(file));
}

export async function holdsVersions(dir: string): Promise<boolean> {
  for (const name of await namesIn(dir)) {
    if (!name.startsWith('.') && name !== 'current' && (await isVersion(path.join(dir, name)))) return true;
  }
  return false;
}

/** Whether a file is a migration, or one with a name that has to be corrected. */
function isScriptName(name: string): boolean {
  return parseFileName(name) !== undefined;
}

export async function holdsScripts(dir: string): Promise<boolean> {
  return (await namesIn(dir)).some(isScriptName);
}

/** First-level migration scripts, by name. */
export async function listScripts(dir: string): Promise<string[]> {
  return (await namesIn(dir)).filter(isScriptName).sort();
}

/** Folders of the DDL that hold something else, by the names that the design gives them. */
export const NO_DDL: readonly string[] = ['migrations', 'snapshots', 'checks', 'dql'];

/** The folders of DDL that hold statements, the one itself and those in it; absolute. */
export async function listDdlFolders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isUnreadable(error)) return [];
    throw error;
  });
  const holding = entries.filter((entry) => entry.isFile() && /\.(cypher|sql)$/i.test(entry.name));
  const folders = new Set(holding.map(({ parentPath }) => parentPath));
  return [...folders].filter((one) => !NO_DDL.includes(path.relative(dir, one).split(path.sep)[0] ?? '')).sort();
}

function isUnreadable(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(systemCode(error) ?? '');
}

export async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
}
