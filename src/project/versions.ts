import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError, systemCode } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import { type Manifest, parseManifest } from '../core/version/manifest';
import { compareVersions } from '../core/version/name';
import { isVersion, namesIn } from './contents';
import { readCurrent } from './current';

/** A version's folder and, where it has one, its manifest. An export of the engine alone has none. */
export interface StoredVersion {
  readonly version: string;
  readonly dir: string;
  readonly createdAt: string;
  /** As its manifest has it; without one, as its files look. */
  readonly engine: EngineName;
  readonly manifest?: Manifest;
  /** Set where there is a manifest that can't be read: the version is listed, and can't be imported. */
  readonly broken?: MigrateError;
}

/** All versions of a folder, in the order of the design: semantic versions, then labels by time. */
export async function listVersions(versionsDir: string): Promise<StoredVersion[]> {
  const found: StoredVersion[] = [];
  for (const name of await namesIn(versionsDir)) {
    if (name.startsWith('.') || name === 'current') continue;
    const dir = path.join(versionsDir, name);
    if (await isVersion(dir)) found.push(await readVersion(name, dir));
  }
  return found.sort(compareVersions);
}

/** @throws MigrateError VERSION_NOT_FOUND, naming what there is. */
export async function findVersion(versionsDir: string, version: string): Promise<StoredVersion> {
  const name = version === 'current' ? ((await readCurrent(versionsDir))?.version ?? version) : version;
  const dir = path.join(versionsDir, name);
  if (name !== 'current' && !/[/\\]/.test(name) && !name.startsWith('.') && (await isVersion(dir)))
    return readVersion(name, dir);
  const known = (await listVersions(versionsDir)).map((one) => one.version).join(', ') || '-';
  throw new MigrateError('VERSION_NOT_FOUND', { version, dir: versionsDir, known });
}

export async function readVersion(version: string, dir: string): Promise<StoredVersion> {
  const file = path.join(dir, 'manifest.json');
  const createdAt = (await stat(dir)).mtime.toISOString();
  const engine = await engineByFiles(dir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { version, dir, createdAt, engine };
    // One version that can't be read must not hide the others.
    const detail = systemCode(error) ?? String(error);
    return {
      version,
      dir,
      createdAt,
      engine,
      broken: new MigrateError('MANIFEST_INVALID', { file, detail }, { cause: error }),
    };
  }
  try {
    const manifest = parseManifest(text, file);
    return { version, dir, createdAt: manifest.createdAt, engine: manifest.engine, manifest };
  } catch (error) {
    if (!MigrateError.is(error, 'MANIFEST_INVALID')) throw error;
    return { version, dir, createdAt, engine, broken: error };
  }
}

async function engineByFiles(dir: string): Promise<EngineName> {
  const names = await namesIn(dir);
  return names.includes('schema.sql') && !names.includes('schema.cypher') ? 'duckdb' : 'kuzu';
}

/** Every regular file of a version, relative with forward slashes; links are named and not followed. */
export async function versionFiles(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true });
  const files: string[] = [];
  for (const name of names.sort()) {
    const info = await lstat(path.join(dir, name));
    if (info.isDirectory()) continue;
    if (!info.isFile()) throw new MigrateError('PATH_OUTSIDE_PROJECT', { path: path.join(dir, name) });
    files.push(name.split(path.sep).join('/'));
  }
  return files;
}
