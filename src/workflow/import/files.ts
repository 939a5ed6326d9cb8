import { access, readFile, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { unifiedDiff } from '../../core/report/unified';
import { type CopyStatement, printCopy } from '../../core/version/copy-statement';
import { compareFiles, isScript } from '../../core/version/integrity';
import type { Manifest } from '../../core/version/manifest';
import { temporaryFolder } from '../../engine/temporary';
import { type StoredVersion, versionFiles } from '../../project/versions';
import { hashFile } from '../export/file-hasher';

/**
 * Looks at the statement files of a version and at what files there are; the data itself is for {@link verifyData}.
 * @returns whether the statements are no longer those that were exported
 * @throws MigrateError VERSION_FILE_MISSING, VERSION_FILE_UNEXPECTED, VERSION_EDITED (with `params.diff`)
 */
export async function verifyScripts(stored: StoredVersion, acceptEdits: boolean): Promise<boolean> {
  const { manifest, version, dir } = stored;
  if (!manifest) return false;
  const names = await versionFiles(dir);
  const found = new Map<string, string>();
  for (const name of names) {
    const known = manifest.files.find((file) => file.path === name);
    // Data files count as unchanged here; their turn comes while the engine loads them.
    found.set(name, isScript(name) ? (await hashFile(path.join(dir, name))).sha256 : (known?.sha256 ?? ''));
  }
  const { missing, edited, unexpected } = compareFiles(manifest, found);
  const [lost] = missing;
  if (lost) throw new MigrateError('VERSION_FILE_MISSING', { version, file: lost.path, expected: lost.sha256 });
  const strange = unexpected.filter((file) => isScript(file) && !acceptEdits);
  if (strange[0] !== undefined) throw new MigrateError('VERSION_FILE_UNEXPECTED', { version, file: strange[0] });
  if (edited.length > 0 && !acceptEdits) {
    const diff = (await Promise.all(edited.map((file) => editOf(dir, file, manifest)))).join('');
    throw new MigrateError(
      'VERSION_EDITED',
      { version, files: edited.join(', '), diff },
      { where: { file: path.join(dir, edited[0] ?? '') } },
    );
  }
  return edited.length + unexpected.filter(isScript).length > 0;
}

async function editOf(dir: string, file: string, manifest: Manifest): Promise<string> {
  return unifiedDiff(
    `${file} (exported)`,
    file,
    manifest.originals[file] ?? '',
    await readFile(path.join(dir, file), 'utf8'),
  );
}

/**
 * Hashes data files against the manifest; runs beside the import, which is thrown away if this fails.
 * @throws MigrateError VERSION_FILE_CHANGED with both hashes
 */
export async function verifyData(stored: StoredVersion, files: readonly string[], signal: AbortSignal): Promise<void> {
  const known = new Map(stored.manifest?.files.map((file) => [file.path, file]));
  for (const name of files) {
    const expected = known.get(name);
    if (!expected) continue;
    const { sha256 } = await hashFile(path.join(stored.dir, name), { signal });
    if (sha256 === expected.sha256) continue;
    throw new MigrateError('VERSION_FILE_CHANGED', {
      version: stored.version,
      file: name,
      expected: expected.sha256,
      actual: sha256,
    });
  }
}

/**
 * Where a file of a COPY lies now. Old engines wrote absolute paths, and directories move: the name inside the version
 * is what counts, and nothing outside of it is read.
 * @throws MigrateError PATH_OUTSIDE_PROJECT, VERSION_INCOMPLETE
 */
export async function locateData(stored: StoredVersion, written: string): Promise<string> {
  const plain = written.replace(/\\/g, '/');
  const { dir, version } = stored;
  if (!path.isAbsolute(written)) {
    const file = path.resolve(dir, plain);
    if (path.relative(dir, file).startsWith('..')) throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: file });
    if (await isThere(file)) return path.relative(dir, file);
  }
  const name = path.posix.basename(plain);
  if (await isThere(path.join(dir, name))) return name;
  throw new MigrateError('VERSION_INCOMPLETE', { version, file: written });
}

/** The COPY statement with its files as seen through `view`, and the paths of these files in the version. */
export async function resolveCopy(
  stored: StoredVersion,
  view: string,
  copy: CopyStatement,
): Promise<{ text: string; files: string[] }> {
  const files = await Promise.all(copy.files.map((written) => locateData(stored, written)));
  return {
    text: printCopy(
      copy,
      files.map((file) => path.join(view, file)),
    ),
    files,
  };
}

/**
 * A path to a folder without the characters that the engine takes for patterns in the path of a COPY: the folder itself,
 * or a link to it.
 */
export async function patternFree(dir: string): Promise<{ view: string; release(): Promise<void> }> {
  if (!/[*?[\]{}]/.test(dir)) return { view: dir, release: async () => undefined };
  const folder = await temporaryFolder('link');
  const view = path.join(folder, 'version');
  await symlink(dir, view, 'dir');
  return { view, release: () => rm(folder, { recursive: true, force: true }) };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

export async function fileExists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
