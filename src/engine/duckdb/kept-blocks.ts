import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * A checkpoint of DuckDB writes the blocks with its metadata where they lie: a kill in the middle of one leaves a block
 * whose checksum is wrong, and neither the old header nor the new one leads to a database that opens. Like a double-write
 * buffer, `<db>.migrate.blocks` holds these blocks as they were, until the checkpoint is done.
 *
 * The file: `KMBLOCKS`, then as little-endian u64 the size of a block and the number of blocks, then the database's three
 * pages of headers, then of each block its number (u64) and its bytes, then the SHA-256 of all that.
 */

const MAGIC = Buffer.from('KMBLOCKS');
/** A main header and two database headers, of which a checkpoint writes the one that is not in use (`storage_info.hpp`). */
export const HEADERS = 3 * 4096;
const DIGEST = 32;

export interface KeptBlocks {
  readonly blockSize: number;
  /** The first pages of the database that the blocks belong to. */
  readonly headers: Buffer;
  readonly blocks: readonly { readonly id: number; readonly bytes: Buffer }[];
}

export function keptBlocksFile(database: string): string {
  return `${database}.migrate.blocks`;
}

/** Where a block of this number begins in the database's file. */
export function placeOfBlock(id: number, blockSize: number): number {
  return HEADERS + id * blockSize;
}

export function encodeBlocks({ blockSize, headers, blocks }: KeptBlocks): Buffer {
  const parts = [MAGIC, u64(blockSize), u64(blocks.length), headers];
  for (const { id, bytes } of blocks) parts.push(u64(id), bytes);
  const content = Buffer.concat(parts);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/** @returns undefined for what {@link encodeBlocks} has not written */
export function decodeBlocks(bytes: Buffer): KeptBlocks | undefined {
  const content = bytes.subarray(0, -DIGEST);
  const start = MAGIC.length + 16 + HEADERS;
  if (content.length < start || !content.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(-DIGEST))) return undefined;
  const blockSize = Number(content.readBigUInt64LE(MAGIC.length));
  const count = Number(content.readBigUInt64LE(MAGIC.length + 8));
  if (content.length !== start + count * (8 + blockSize)) return undefined;
  const blocks = Array.from({ length: count }, (_, at) => {
    const from = start + at * (8 + blockSize);
    return { id: Number(content.readBigUInt64LE(from)), bytes: content.subarray(from + 8, from + 8 + blockSize) };
  });
  return { blockSize, headers: content.subarray(MAGIC.length + 16, start), blocks };
}

/**
 * Keeps the blocks of a database that is open for writing, inside of the engine's process. Its handle on the file outlives
 * the engine's: closing any handle of a process gives up the locks that the process has on the file (POSIX).
 */
export class BlockKeeper {
  readonly #handle: number;
  readonly #file: string;
  #headers: Buffer = Buffer.alloc(0);

  /**
   * @param askBlocks the numbers of the blocks with metadata, and the size of a block, as the engine tells
   * @param disconnect ends the asking, before the engine closes the database
   */
  constructor(
    private readonly database: string,
    private readonly askBlocks: () => Promise<{ readonly ids: readonly number[]; readonly blockSize: number }>,
    readonly disconnect: () => void,
  ) {
    this.#file = keptBlocksFile(database);
    this.#handle = openSync(database, 'r');
  }

  /** To be called before whatever may make a checkpoint: after one, other blocks are what the headers lead to. */
  async keep(): Promise<void> {
    const headers = this.#read(0, HEADERS);
    if (headers.equals(this.#headers)) return;
    const { ids, blockSize } = await this.askBlocks();
    // One that was added in memory since, and lies behind the file's end, is nothing that a header leads to.
    const { size } = fstatSync(this.#handle);
    const there = ids.filter((id) => placeOfBlock(id, blockSize) + blockSize <= size);
    const blocks = there.map((id) => ({ id, bytes: this.#read(placeOfBlock(id, blockSize), blockSize) }));
    if (blocks.length > 0) writeDurable(this.#file, encodeBlocks({ blockSize, headers, blocks }));
    this.#headers = headers;
  }

  /** Once the engine has closed the database. @param isDone without an error: nothing is to be put back */
  close(isDone: boolean): void {
    closeSync(this.#handle);
    if (isDone) rmSync(this.#file, { force: true });
  }

  #read(from: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    const read = readSync(this.#handle, buffer, 0, length, from);
    if (read !== length) throw new Error(`${this.database} ends at ${from + read}`);
    return buffer;
  }
}

/** Whether a checkpoint may have been interrupted, or is under way. */
export function hasKeptBlocks(database: string): boolean {
  return existsSync(keptBlocksFile(database));
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** Synchronous, since nothing else happens in the engine's process between two statements. */
function writeDurable(file: string, bytes: Buffer): void {
  const temporary = `${file}.new`;
  // Not through a link that somebody left there.
  rmSync(temporary, { force: true });
  const handle = openSync(temporary, 'wx');
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  const dir = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(dir);
  } finally {
    closeSync(dir);
  }
}
