import type { Manifest, ManifestFile } from './manifest';

/** `CHANGELOG.md` is for people to write in, and the manifest can't hold its own hash. */
const FREE = new Set(['CHANGELOG.md', 'manifest.json']);

export interface Integrity {
  readonly missing: readonly ManifestFile[];
  readonly changed: readonly { readonly file: ManifestFile; readonly actual: string }[];
  /** Files of statements that somebody edited: allowed on request, since people do so on purpose. */
  readonly edited: readonly string[];
  /** Files that no manifest entry explains. */
  readonly unexpected: readonly string[];
}

/** Whether a file of a version is read as statements rather than as data. */
export function isScript(file: string): boolean {
  return file.endsWith('.cypher') || file.endsWith('.sql');
}

/** Whether the manifest leaves a file out on purpose: ours to ignore, or a hidden file of some tool. */
export function isFree(file: string): boolean {
  return FREE.has(file) || file.split('/').some((part) => part.startsWith('.'));
}

/** @param found sha256 by path, for every file of the version that was looked at. */
export function compareFiles(manifest: Manifest, found: ReadonlyMap<string, string>): Integrity {
  const known = new Set(manifest.files.map(({ path }) => path));
  const differing = manifest.files.flatMap((file) => {
    const actual = found.get(file.path);
    return actual === undefined || actual === file.sha256 ? [] : [{ file, actual }];
  });
  return {
    missing: manifest.files.filter(({ path }) => !found.has(path)),
    changed: differing.filter(({ file }) => !isScript(file.path)),
    edited: differing.filter(({ file }) => isScript(file.path)).map(({ file }) => file.path),
    unexpected: [...found.keys()].filter((path) => !known.has(path) && !isFree(path)),
  };
}
