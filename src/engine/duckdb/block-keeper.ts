import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { encodeHead, HEADERS, headSize, keptBlocksFile, placeOfBlock } from './block-file';

export interface MetadataBlocks {
  readonly ids: readonly number[];
  /** Bytes. */
  readonly blockSize: number;
}

/**
 * Keeps the blocks that a checkpoint writes in their place (see `block-file.ts`) of a database that is open for writing,
 * inside of the engine's process. Its handle on the database outlives the engine's: closing any handle of a process gives
 * up the locks that the process has on the file (POSIX).
 */
export class BlockKeeper {
  readonly #file: string;
  readonly #database: number;
  readonly #kept: number;
  #headers: Buffer = Buffer.alloc(0);
  #places = 0;

  /** @param askBlocks which blocks hold metadata, as the engine tells; of a new database none */
  constructor(
    database: string,
    private readonly askBlocks: () => Promise<MetadataBlocks>,
  ) {
    this.#file = keptBlocksFile(database);
    this.#database = openSync(database, 'r');
    try {
      // Not through a link that somebody left there, and for nobody who may not read the database.
      rmSync(this.#file, { force: true });
      this.#kept = openSync(this.#file, 'wx+', fstatSync(this.#database).mode & 0o777);
      syncFolder(path.dirname(this.#file));
    } catch (error) {
      closeSync(this.#database);
      throw error;
    }
  }

  /** To be called before whatever may make a checkpoint: after one, other blocks are what the headers lead to. */
  async keep(): Promise<void> {
    const headers = this.#read(this.#database, 0, HEADERS);
    if (headers.equals(this.#headers)) return;
    const { ids: all, blockSize } = await this.askBlocks();
    if (all.length === 0) {
      ftruncateSync(this.#kept, 0);
      this.#places = 0;
      this.#headers = headers;
      return;
    }
    // One behind the end of the file is nothing that a header leads to.
    const { size } = fstatSync(this.#database);
    const ids = all.filter((id) => placeOfBlock(id, blockSize) + blockSize <= size);
    try {
      const start = headSize(ids.length);
      // Moved by a longer or shorter head, nothing stands where it did.
      if (start !== headSize(this.#places)) ftruncateSync(this.#kept, 0);
      const end = fstatSync(this.#kept).size;
      for (const [at, id] of ids.entries()) {
        const block = this.#read(this.#database, placeOfBlock(id, blockSize), blockSize);
        const place = start + at * blockSize;
        if (place + blockSize <= end && this.#read(this.#kept, place, blockSize).equals(block)) continue;
        this.#write(block, place);
      }
      this.#write(encodeHead({ blockSize, headers, ids }), 0);
      fsyncSync(this.#kept);
    } catch (error) {
      // A disk that is full with it would be full for the engine as well.
      ftruncateSync(this.#kept, 0);
      this.#headers = Buffer.alloc(0);
      throw error;
    }
    this.#places = ids.length;
    this.#headers = headers;
  }

  /** Once the engine has closed the database. @param isDone without an error: nothing is to be put back */
  close(isDone: boolean): void {
    closeSync(this.#kept);
    closeSync(this.#database);
    if (isDone) rmSync(this.#file, { force: true });
  }

  #read(handle: number, from: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    const read = readSync(handle, buffer, 0, length, from);
    if (read !== length) throw new Error(`only ${read} bytes of ${length} at ${from} beside ${this.#file}`);
    return buffer;
  }

  #write(bytes: Buffer, to: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#kept, bytes, done, bytes.length - done, to + done);
    }
  }
}

function syncFolder(dir: string): void {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
