import { CatalogFormatError } from './errors';

/** Deeper nesting than any engine writes; a limit, so that damaged bytes end in an error and not in a full stack. */
const MAX_DEPTH = 2000;

/** Reads the primitives of the engine's serializer in sequence: little-endian, no padding, no field names. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly text = new TextDecoder('utf-8', { ignoreBOM: true });
  private at = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes were read. */
  get position(): number {
    return this.at;
  }

  /** @throws CatalogFormatError MALFORMED, always; returns `never` so that callers need no value after it. */
  fail(detail: string): never {
    throw new CatalogFormatError('MALFORMED', { offset: this.at, detail });
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  i8(): number {
    return this.view.getInt8(this.take(1));
  }

  i16(): number {
    return this.view.getInt16(this.take(2), true);
  }

  i32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  u64(): bigint {
    return this.view.getBigUint64(this.take(8), true);
  }

  i64(): bigint {
    return this.view.getBigInt64(this.take(8), true);
  }

  /** The low half comes first (`int128_t` of the engine). */
  i128(): bigint {
    const low = this.u64();
    return (this.i64() << 64n) | low;
  }

  f32(): number {
    return this.view.getFloat32(this.take(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  bool(): boolean {
    const value = this.u8();
    if (value > 1) this.fail(`a boolean of value ${value}`);
    return value === 1;
  }

  string(): string {
    const length = this.count();
    const from = this.take(length);
    return this.text.decode(this.bytes.subarray(from, from + length));
  }

  /** A number of bytes written as they are, after their count. */
  blob(): Uint8Array {
    const length = this.count();
    const from = this.take(length);
    return this.bytes.subarray(from, from + length);
  }

  list<T>(item: () => T): T[] {
    const length = this.count();
    const items: T[] = [];
    for (let index = 0; index < length; index++) items.push(item());
    return items;
  }

  /** Written as "is null", then the value. */
  optional<T>(item: () => T): T | undefined {
    return this.bool() ? undefined : item();
  }

  nested<T>(item: () => T): T {
    this.depth++;
    if (this.depth > MAX_DEPTH) this.fail('nested too deeply');
    const value = item();
    this.depth--;
    return value;
  }

  /** A count of things that follow: each takes a byte at least, so that a damaged count is found at once. */
  private count(): number {
    const value = this.u64();
    if (value > BigInt(this.bytes.length - this.at)) this.fail(`a count of ${value}`);
    return Number(value);
  }

  private take(length: number): number {
    const from = this.at;
    if (from + length > this.bytes.length) this.fail('the bytes end too early');
    this.at = from + length;
    return from;
  }
}
