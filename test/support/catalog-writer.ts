import fc from 'fast-check';

/** Writes the primitives of the engine's serializer, for catalogs that no engine has to be started for. */
class ByteWriter {
  readonly #parts: Buffer[] = [];

  u8(value: number): this {
    return this.#add(Buffer.from([value]));
  }

  u32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    return this.#add(part);
  }

  u64(value: number | bigint): this {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    return this.#add(part);
  }

  string(text: string): this {
    const part = Buffer.from(text);
    return this.u64(part.length).#add(part);
  }

  bytes(part: Uint8Array): this {
    return this.#add(Buffer.from(part));
  }

  done(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  #add(part: Buffer): this {
    this.#parts.push(part);
    return this;
  }
}

/** An entry of a catalog set as its bytes. */
export interface WrittenEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Tables, sequences, functions, types, indexes, then the internal tables, sequences and functions. */
export type WrittenSets = readonly (readonly WrittenEntry[])[];

/** A whole catalog, filled up with zeros to whole pages as in a file. */
export function catalogOfSets(sets: WrittenSets): Uint8Array {
  const writer = new ByteWriter();
  for (const entries of sets) {
    writer.u64(entries.length + 7).u64(entries.length);
    for (const { bytes } of entries) writer.bytes(bytes);
  }
  const bytes = writer.done();
  const pages = new Uint8Array(Math.ceil(bytes.length / 4096) * 4096);
  pages.set(bytes);
  return pages;
}

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.constantFrom('order', 'we ird', 'テスト'),
);

const [INT64, STRING, STRUCT, LIST] = [23, 50, 54, 52];

/** Number, physical type and category of a logical type, and what belongs to it. */
const type: fc.Arbitrary<Uint8Array> = fc.letrec<{ type: Uint8Array }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom([INT64, 2], [STRING, 20]).map(([id = 0, physical = 0]) => Uint8Array.of(id, physical, 0)),
    tie('type').map((element) =>
      new ByteWriter()
        .bytes(Uint8Array.of(LIST, 22, 0))
        .bytes(element)
        .done(),
    ),
    fc.array(fc.tuple(name, tie('type')), { minLength: 1, maxLength: 3 }).map((fields) => {
      const writer = new ByteWriter().bytes(Uint8Array.of(STRUCT, 24, 0)).u64(fields.length);
      for (const [field, inner] of fields) writer.string(field).bytes(inner);
      return writer.done();
    }),
  ),
})).type;

const common = (kind: number, alias: string, raw: string, children: readonly Uint8Array[]) => {
  const writer = new ByteWriter().u8(kind).string(alias).string(raw).u64(children.length);
  for (const child of children) writer.bytes(child);
  return writer;
};

const expression: fc.Arbitrary<Uint8Array> = fc.letrec<{ expression: Uint8Array }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    name.map((variable) => common(90, '', variable, []).string(variable).done()),
    fc.bigInt({ min: 0n, max: 2n ** 62n }).map((value) =>
      common(70, '', String(value), [])
        .bytes(Uint8Array.of(INT64, 2, 0))
        .u8(0)
        .u32(0)
        .u64(value)
        .done(),
    ),
    fc.array(tie('expression'), { minLength: 2, maxLength: 2 }).map((both) => common(2, '', 'x AND y', both).done()),
    fc
      .tuple(name, fc.array(tie('expression'), { maxLength: 3 }))
      .map(([called, children]) => common(110, '', `${called}()`, children).u8(0).string(called).u64(0).done()),
  ),
})).expression;

const entryOf = (kind: number, named: string, id: number) => new ByteWriter().u8(kind).string(named).u64(id).u8(0);

interface Made {
  readonly name: string;
  write(id: number): Uint8Array;
}

const macro: fc.Arbitrary<Made> = fc
  .record({
    name,
    body: expression,
    positional: fc.array(name, { maxLength: 3 }),
    defaults: fc.array(fc.tuple(name, expression), { maxLength: 2 }),
  })
  .map(({ name: written, body, positional, defaults }) => {
    // As the engine keeps them.
    const capital = written.toUpperCase();
    return {
      name: capital,
      write: (id) => {
        const writer = entryOf(10, capital, id).bytes(body).u64(positional.length);
        for (const one of positional) writer.string(one);
        writer.u64(defaults.length);
        for (const [one, value] of defaults) writer.string(one).bytes(value);
        return writer.done();
      },
    };
  });

/** In no capitals, so that it is not taken for a type of an extension, which is called as it is printed. */
const userType: fc.Arbitrary<Made> = fc.record({ name, definition: type }).map(({ name: written, definition }) => ({
  name: `t_${written}`,
  write: (id) => entryOf(41, `t_${written}`, id).bytes(definition).done(),
}));

const sequence: fc.Arbitrary<Made> = name.map((written) => ({
  name: written,
  write: (id) => {
    const writer = entryOf(40, written, id);
    for (const value of [0, 1, 1, 1, 0, 1000]) writer.u64(value);
    return writer.u8(0).done();
  },
}));

const table: fc.Arbitrary<Made> = fc
  .record({ name, columns: fc.array(fc.tuple(name, type, expression), { minLength: 1, maxLength: 4 }) })
  .map(({ name: written, columns }) => ({
    name: written,
    write: (id) => {
      const writer = entryOf(0, written, id).string('a comment').u32(columns.length).u32(columns.length);
      writer.u64(columns.length);
      for (const [at, [column, columnType, value]] of columns.entries()) {
        writer.u32(at).string(column).bytes(columnType).bytes(value);
      }
      return writer
        .u64(0)
        .string(columns[0]?.[0] ?? '')
        .done();
    },
  }));

const setOf = (made: fc.Arbitrary<Made>, maxLength: number): fc.Arbitrary<WrittenEntry[]> =>
  fc
    .uniqueArray(made, { maxLength, selector: (one) => one.name.toLowerCase() })
    .map((all) => all.map((one, id) => ({ name: one.name, bytes: one.write(id) })));

/** Random catalogs, set by set. */
export const writtenSets: fc.Arbitrary<WrittenSets> = fc
  .tuple(setOf(table, 3), setOf(sequence, 3), setOf(macro, 6), setOf(userType, 6), setOf(table, 2))
  .map(([tables, sequences, macros, types, internal]) => [tables, sequences, macros, types, [], internal, [], []]);
