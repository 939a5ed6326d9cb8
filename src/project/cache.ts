import { createHash } from 'node:crypto';
import { constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { systemCode } from '../core/errors';
import { beside } from './durable';

/** What a cached value is of, and of which state of it: one file a `slot`, which another `key` overwrites. */
export interface CacheKey {
  /** What does not change, such as the real path of a database. */
  readonly slot: string;
  /** What the value stands or falls with, such as the identity of the database's files. */
  readonly key: string;
}

/** Changes with the shape of the file; an older one is as if it weren't there. */
const FORMAT = 1;
/** More slots than anybody has databases: tests and copies leave theirs behind. */
const SLOTS = 200;

interface Header {
  readonly format: number;
  readonly slot: string;
  readonly key: string;
  readonly sha256: string;
}

/**
 * Our folder in the place that the platform has for caches: `$XDG_CACHE_HOME` or `~/.cache` (XDG Base Directory
 * Specification, which ignores relative paths), `~/Library/Caches`, `%LOCALAPPDATA%`.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = os.homedir(),
): string {
  const at = platform === 'win32' ? path.win32 : path.posix;
  const asked = platform === 'win32' ? env.LOCALAPPDATA : platform === 'darwin' ? undefined : env.XDG_CACHE_HOME;
  const usual = { win32: ['AppData', 'Local'], darwin: ['Library', 'Caches'] }[platform as string] ?? ['.cache'];
  const base = asked !== undefined && at.isAbsolute(asked) ? asked : at.join(home, ...usual);
  return at.join(base, 'kuzu-migrate');
}

/**
 * What was last written for this slot and key. Whatever is odd about the file (another owner, rights for others, another
 * format, key or checksum) makes it as if it weren't there: a cache is never trusted blindly, and nothing depends on it.
 */
export async function readCache(folder: string, wanted: CacheKey): Promise<unknown> {
  const bytes = await readOwn(fileOf(folder, wanted));
  const end = bytes?.indexOf(10) ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const body = bytes.subarray(end + 1);
  const header = parse(bytes.subarray(0, end).toString('utf8')) as Partial<Header> | null | undefined;
  const fits =
    header?.format === FORMAT &&
    header.slot === wanted.slot &&
    header.key === wanted.key &&
    header.sha256 === sha256(body);
  return fits ? parse(body.toString('utf8')) : undefined;
}

/** Writes a value that JSON can hold. A failure is no error, since nothing depends on it: `log` is told. */
export async function writeCache(
  folder: string,
  { slot, key }: CacheKey,
  value: unknown,
  log: (line: string) => void,
): Promise<void> {
  const file = fileOf(folder, { slot });
  try {
    const body = JSON.stringify(value);
    const header: Header = { format: FORMAT, slot, key, sha256: sha256(body) };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replace(file, `${JSON.stringify(header)}\n${body}`);
    await forgetOldest(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    log(`cache ${file}: ${systemCode(error)}`);
  }
}

function fileOf(folder: string, { slot }: Pick<CacheKey, 'slot'>): string {
  return path.join(folder, `${sha256(slot).slice(0, 32)}.json`);
}

/** Not flushed: what a power cut leaves half done has another checksum. */
async function replace(file: string, text: string): Promise<void> {
  const temporary = beside(file);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text).finally(() => handle.close());
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function readOwn(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      const uid = process.getuid?.();
      // Windows has neither owners nor rights in these numbers.
      const isOwn = uid === undefined || (info.uid === uid && (info.mode & 0o077) === 0);
      return info.isFile() && isOwn ? await handle.readFile() : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') || name.endsWith('.tmp'));
  if (names.length <= SLOTS) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      return { file, at: (await stat(file)).mtimeMs };
    }),
  );
  files.sort((a, b) => a.at - b.at);
  for (const { file } of files.slice(0, names.length - SLOTS / 2)) await rm(file, { force: true });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
