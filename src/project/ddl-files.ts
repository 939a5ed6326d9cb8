import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Dialect } from '../core/dialect/dialect';
import { MigrateError, systemCode } from '../core/errors';
import type { DdlFile } from '../core/schema/build/types';
import { fileError } from './file-error';
import { isInside, shownPath } from './inside';
import { decodeScript, readScriptBytes } from './script-file';

export interface ReadDdl {
  /** By path. */
  readonly files: readonly DdlFile[];
  /** Nothing should be made of the files while there are any. */
  readonly problems: readonly MigrateError[];
}

export interface DdlPlace {
  /** Paths are told from here. */
  readonly dir: string;
  /** Links may lead anywhere in these and in the folder itself. */
  readonly roots: readonly string[];
  readonly dialect: Dialect;
  /** Folders to leave out, absolute. */
  readonly except?: readonly string[];
}

/**
 * Reads the `.cypher` or `.sql` files of a folder and of those in it; names that begin with a dot are passed over. A
 * folder that isn't there holds nothing. Synchronous, for the reason of `readMigrations`.
 * @returns problems, all at once: SCRIPT_ENCODING, SCRIPT_TOO_LARGE, PATH_OUTSIDE_PROJECT, NO_PERMISSION, FILE_FAILED
 */
export function readDdl(folder: string, place: DdlPlace): ReadDdl {
  const files: DdlFile[] = [];
  const problems: MigrateError[] = [];
  const seen = new Set<string>();
  const ending = place.dialect === 'sql' ? /\.sql$/i : /\.cypher$/i;
  const roots = [...place.roots, folder].flatMap((root) => realPath(root) ?? []);
  const attempt = (absolute: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      const told = fileError(error, shownPath(place.dir, absolute));
      // Removed since its folder was listed: as if it had been removed before.
      if (systemCode(error) === 'ENOENT' && !isLink(absolute)) return;
      if (!MigrateError.is(told)) throw told;
      problems.push(told.where.file === undefined ? placed(told, shownPath(place.dir, absolute)) : told);
    }
  };
  const visit = (dir: string) => {
    const real = realPath(dir);
    // A link may lead back to a folder above it.
    if (real === undefined || seen.has(real) || place.except?.includes(dir)) return;
    seen.add(real);
    for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const absolute = path.join(dir, entry.name);
      attempt(absolute, () => {
        const isFolder = entry.isSymbolicLink() ? leadsToFolder(absolute) : entry.isDirectory();
        if (!isFolder && !ending.test(entry.name)) return;
        const file = shownPath(place.dir, absolute);
        if (entry.isSymbolicLink() && !roots.some((root) => isInside(root, realpathSync(absolute)))) {
          throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: file }, { where: { file } });
        }
        if (isFolder) visit(absolute);
        else files.push({ file, text: decodeScript(readScriptBytes(absolute, file), file), dialect: place.dialect });
      });
    }
  };
  attempt(folder, () => visit(folder));
  return { files, problems };
}

function placed({ code, params, cause }: MigrateError, file: string): MigrateError {
  return new MigrateError(code, params, { where: { file }, cause });
}

/** Undefined where nothing is there. */
function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

function leadsToFolder(link: string): boolean {
  return statSync(link).isDirectory();
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
