import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { FileHash } from './file-hasher';

const CHUNK = 1 << 20;
/** How far to stay behind the end of a file that is being written. */
const MARGIN = 2 << 20;
const FLUSH = 8 << 20;

/**
 * Hashes a file that is only appended to while it still grows. The engine writes CSV that way: every block goes behind
 * the one before (`export_csv_function.cpp` of Kùzu 0.11.3).
 */
export class GrowingHash {
  readonly #file: string;
  readonly #hash: Hash = createHash('sha256');
  #offset = 0;
  #flushed = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Hashes what is sure to be written. */
  async advance(): Promise<void> {
    const handle = await open(this.#file, 'r');
    try {
      await this.#read(handle, (await handle.stat()).size - MARGIN);
      // A little at a time, while the engine works: all at once at the end would be waited for.
      if (this.#offset - this.#flushed > FLUSH) {
        this.#flushed = this.#offset;
        await handle.datasync();
      }
    } finally {
      await handle.close();
    }
  }

  /** Hashes the rest of a file that is complete, and brings it to the disk. */
  async finish(): Promise<FileHash> {
    const handle = await open(this.#file, 'r+');
    try {
      const { mtimeMs } = await handle.stat();
      await this.#read(handle, Number.POSITIVE_INFINITY);
      await handle.sync();
      return { bytes: this.#offset, sha256: this.#hash.digest('hex'), mtimeMs };
    } finally {
      await handle.close();
    }
  }

  async #read(handle: FileHandle, end: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(CHUNK);
    while (this.#offset < end) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK, end - this.#offset), this.#offset);
      if (bytesRead === 0) return;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#offset += bytesRead;
    }
  }
}
