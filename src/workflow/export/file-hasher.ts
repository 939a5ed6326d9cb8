import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestFile } from '../../core/version/manifest';
import { namesIn } from '../../project/contents';
import { GrowingHash } from './growing-hash';

const POLL_MS = 20;
const CHUNK = 1 << 20;

interface Hashed extends ManifestFile {
  readonly mtimeMs: number;
}

/**
 * Hashes and flushes the files of a folder while the engine still writes into it: the engine writes one file after
 * the other, so all but the newest are done, and of a CSV file all but its end is. `finish` hashes the rest, and again
 * whatever changed after its turn.
 */
export class FileHasher {
  readonly #dir: string;
  readonly #done = new Map<string, Hashed>();
  readonly #growing = new Map<string, GrowingHash>();
  #stop = false;
  #loop: Promise<void> | undefined;

  constructor(
    dir: string,
    readonly onFile?: (file: string) => void,
  ) {
    this.#dir = dir;
  }

  start(): void {
    this.#loop = this.#watch();
    // `finish` awaits it and reports; a failure before that must not end the process.
    this.#loop.catch(() => undefined);
  }

  /** Ends the watching without a result, after a failed export. */
  async abandon(): Promise<void> {
    this.#stop = true;
    await this.#loop?.catch(() => undefined);
  }

  /** Every file of the folder, by path. */
  async finish(): Promise<ManifestFile[]> {
    this.#stop = true;
    await this.#loop;
    const files: ManifestFile[] = [];
    for (const name of (await readdir(this.#dir)).sort()) {
      const file = path.join(this.#dir, name);
      const info = await stat(file);
      const known = this.#done.get(name);
      const fresh = known?.bytes === info.size && known.mtimeMs === info.mtimeMs ? known : await this.#hash(name);
      files.push({ path: fresh.path, bytes: fresh.bytes, sha256: fresh.sha256 });
    }
    return files;
  }

  async #watch(): Promise<void> {
    while (!this.#stop) {
      const { settled, newest } = await this.#look();
      for (const name of settled) {
        if (this.#stop) return;
        this.onFile?.(name);
        await this.#hash(name);
      }
      if (newest?.endsWith('.csv')) await this.#growingHash(newest).advance();
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Files that are not hashed yet and that a later one follows; and the one that the engine writes. */
  async #look(): Promise<{ settled: string[]; newest?: string }> {
    // None while the engine has not made the folder yet.
    const names = await namesIn(this.#dir);
    const born = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(path.join(this.#dir, name))).birthtimeMs })),
    );
    const latest = Math.max(...born.map(({ at }) => at));
    const newest = born.find(({ at }) => at === latest)?.name;
    const settled = born.filter(({ name, at }) => at < latest && !this.#done.has(name)).map(({ name }) => name);
    return { settled, ...(newest === undefined ? {} : { newest }) };
  }

  #growingHash(name: string): GrowingHash {
    const known = this.#growing.get(name) ?? new GrowingHash(path.join(this.#dir, name));
    this.#growing.set(name, known);
    return known;
  }

  async #hash(name: string): Promise<Hashed> {
    const growing = this.#growing.get(name);
    this.#growing.delete(name);
    const hash = growing ? await growing.finish() : await hashFile(path.join(this.#dir, name), { flush: true });
    const result = { path: name, ...hash };
    this.#done.set(name, result);
    return result;
  }
}

export interface FileHash {
  readonly bytes: number;
  readonly sha256: string;
  readonly mtimeMs: number;
}

/** @param options.flush also bring the file to the disk, for a file that is to become part of a version. */
export async function hashFile(
  file: string,
  options: { flush?: boolean; signal?: AbortSignal } = {},
): Promise<FileHash> {
  const handle = await open(file, options.flush ? 'r+' : 'r');
  try {
    const info = await handle.stat();
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, CHUNK);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    if (options.flush) await handle.sync();
    return { bytes, sha256: hash.digest('hex'), mtimeMs: info.mtimeMs };
  } finally {
    await handle.close();
  }
}
