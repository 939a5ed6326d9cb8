import { createHash } from 'node:crypto';

/**
 * A checkpoint of DuckDB writes the blocks with its metadata where they lie: a kill in the middle of such a write leaves a
 * block whose checksum is wrong, and neither the old header nor the new one leads to a database that opens. Like a
 * double-write buffer, `<db>.migrate.blocks` holds these blocks as they are before the checkpoint.
 *
 * The file: a head of `KMBLOCKS`, as little-endian u64 the size of a block and the number of places, the database's three
 * pages of headers, of each place the number of its block (u64), the SHA-256 of all that, and zeros up to {@link headSize};
 * then the blocks. Blocks bear their own checksums. One that is overwritten in its place while a kill comes needs no care:
 * it is written before a checkpoint begins, when nothing can be torn in the database itself.
 */

const MAGIC = Buffer.from('KMBLOCKS');
const PAGE = 4096;
/** A main header and two database headers, of which a checkpoint writes the one that is not in use (`storage_info.hpp`). */
export const HEADERS = 3 * PAGE;
/** What of a head is there whatever is kept. */
export const FIXED = MAGIC.length + 16 + HEADERS;
const DIGEST = 32;
/** Bytes that BLOCK_SIZE of ATTACH may be, and unasked is (`storage_info.hpp`). */
const SMALLEST_BLOCK = 16_384;
const LARGEST_BLOCK = 262_144;
/** 256 GiB of metadata. */
const MOST_PLACES = 2 ** 20;

export interface BlockHead {
  /** Bytes. */
  readonly blockSize: number;
  /** The first pages of the database at the time. They identify no database: two small ones may have the same. */
  readonly headers: Buffer;
  /** The block of each place. */
  readonly ids: readonly number[];
}

export function keptBlocksFile(database: string): string {
  return `${database}.migrate.blocks`;
}

/** Where a block begins in the database's file. */
export function placeOfBlock(id: number, blockSize: number): number {
  return HEADERS + id * blockSize;
}

/** Where the blocks begin, for so many places. */
export function headSize(places: number): number {
  return Math.ceil((FIXED + places * 8 + DIGEST) / PAGE) * PAGE;
}

export function encodeHead({ blockSize, headers, ids }: BlockHead): Buffer {
  const content = Buffer.concat([MAGIC, u64(blockSize), u64(ids.length), headers, ...ids.map(u64)]);
  const head = Buffer.alloc(headSize(ids.length));
  content.copy(head);
  createHash('sha256').update(content).digest().copy(head, content.length);
  return head;
}

/** How many bytes {@link decodeHead} wants, told by the {@link FIXED} first ones; undefined for what is not ours. */
export function headSizeOf(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const places = Number(bytes.readBigUInt64LE(MAGIC.length + 8));
  return places <= MOST_PLACES ? headSize(places) : undefined;
}

/** @param bytes from the beginning of the file @returns undefined for what is not whole, or not ours */
export function decodeHead(bytes: Buffer): BlockHead | undefined {
  if (bytes.length < (headSizeOf(bytes) ?? Number.POSITIVE_INFINITY)) return undefined;
  const blockSize = Number(bytes.readBigUInt64LE(MAGIC.length));
  if (blockSize < SMALLEST_BLOCK || blockSize > LARGEST_BLOCK) return undefined;
  const places = Number(bytes.readBigUInt64LE(MAGIC.length + 8));
  const end = FIXED + places * 8;
  const digest = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!digest.equals(bytes.subarray(end, end + DIGEST))) return undefined;
  const ids = Array.from({ length: places }, (_, at) => Number(bytes.readBigUInt64LE(FIXED + at * 8)));
  if (!ids.every((id) => Number.isSafeInteger(placeOfBlock(id + 1, blockSize)))) return undefined;
  return { blockSize, headers: bytes.subarray(MAGIC.length + 16, FIXED), ids };
}

const SEED = 5381n;
const FACTOR = 0xbf58476d1ce4e5b9n;

/** Whether a block bears the checksum of what is in it: its first 64 bits, from all the others (`checksum.cpp`). */
export function isWhole(block: Buffer): boolean {
  if (block.length < 8) return false;
  let sum = SEED;
  for (let at = 8; at + 8 <= block.length; at += 8) {
    sum ^= BigInt.asUintN(64, block.readBigUInt64LE(at) * FACTOR);
  }
  return sum === block.readBigUInt64LE(0);
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
