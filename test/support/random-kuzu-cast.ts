import fc from 'fast-check';

/** A value of both types: hundredths, of which a whole number has none left. */
type Tree = number | null | readonly Tree[];

function isParts(value: Tree): value is readonly Tree[] {
  return typeof value === 'object' && value !== null;
}

/** Two types, of which values of the first are to be cast to the second, and how such values are made and written. */
export interface CastPair {
  readonly before: string;
  readonly after: string;
  readonly make: (row: number, salt: number, whole: boolean) => Tree;
  /** As a COPY reads it; nothing for NULL. */
  readonly given: (value: Tree) => string;
  /** As the engine's own CAST to STRING has the value of the second type, but for the sign of -0.05. */
  readonly found: (value: Tree) => string;
}

const LEAVES = ['INT64', 'INT32', 'DECIMAL(10, 2)', 'DECIMAL(14, 4)', 'DOUBLE', 'STRING'];
const places = new Map([
  ['INT64', 0],
  ['INT32', 0],
  ['DECIMAL(14, 4)', 4],
  ['DOUBLE', 6],
]);

const leaf: fc.Arbitrary<CastPair> = fc
  .tuple(fc.constantFrom(...LEAVES), fc.constantFrom(...LEAVES))
  .map(([before, after]) => {
    const text = (value: Tree, type: string) =>
      typeof value === 'number' ? (value / 100).toFixed(placesOf(type)) : '';
    return {
      before,
      after,
      make: (row, salt, whole) => leafOf(row, salt, whole),
      // A text that is to be a whole number has to look like one.
      given: (value) => text(value, before === 'STRING' && after.startsWith('INT') ? after : before),
      found: (value) => text(value, after === 'STRING' ? before : after),
    };
  });

function placesOf(type: string): number {
  return places.get(type) ?? 2;
}

function leafOf(row: number, salt: number, whole: boolean): number | null {
  if (mixed(row, salt) % 5 === 0) return null;
  const number = (mixed(row, salt + 1) % 400) - 200;
  return whole ? number * 100 : number;
}

/** A number that looks like chance, always the same one. */
function mixed(row: number, salt: number): number {
  const start = Math.imul(row + 1, 2654435761) ^ Math.imul(salt + 1, 40503);
  return (Math.imul(start ^ (start >>> 15), 2246822519) ^ (start >>> 7)) >>> 8;
}

function listOf(item: CastPair, sizes: readonly [string, string]): CastPair {
  const size = Number(sizes[0] || sizes[1]) || undefined;
  const text = (write: (value: Tree) => string) => (value: Tree) =>
    isParts(value) ? `[${value.map(write).join(',')}]` : '';
  return {
    before: `${item.before}[${sizes[0]}]`,
    after: `${item.after}[${sizes[1]}]`,
    make: (row, salt, whole) => {
      if (mixed(row, salt) % 4 === 0) return null;
      const count = size ?? mixed(row, salt + 1) % 5;
      return [...Array(count).keys()].map((at) => item.make(row, salt * 7 + at + 3, whole));
    },
    given: text(item.given),
    found: text(item.found),
  };
}

function structOf(fields: readonly CastPair[]): CastPair {
  const types = (side: 'before' | 'after') => fields.map((field, at) => `f${at} ${field[side]}`).join(', ');
  const text = (side: 'given' | 'found') => (value: Tree) => {
    if (!isParts(value)) return '';
    return `{${fields.map((field, at) => `f${at}: ${field[side](value[at] ?? null)}`).join(', ')}}`;
  };
  return {
    before: `STRUCT(${types('before')})`,
    after: `STRUCT(${types('after')})`,
    make: (row, salt, whole) =>
      mixed(row, salt) % 4 === 0 ? null : fields.map((field, at) => field.make(row, salt * 5 + at + 2, whole)),
    given: text('given'),
    found: text('found'),
  };
}

function mapOf(item: CastPair): CastPair {
  const text = (write: (value: Tree) => string) => (value: Tree) =>
    isParts(value) ? `{${value.map((one, at) => `k${at}=${write(one)}`).join(', ')}}` : '';
  return {
    before: `MAP(STRING, ${item.before})`,
    after: `MAP(STRING, ${item.after})`,
    make: listOf(item, ['', '']).make,
    given: text(item.given),
    found: text(item.found),
  };
}

export const castPair: fc.Arbitrary<CastPair> = fc.letrec<{ pair: CastPair }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc
      .tuple(tie('pair'), fc.constantFrom(['', ''], ['2', '2'], ['', '2'], ['2', ''], ['2', '3']))
      .map(([item, sizes]) => listOf(item, sizes as [string, string])),
    fc.array(tie('pair'), { minLength: 1, maxLength: 3 }).map(structOf),
    tie('pair').map(mapOf),
  ),
})).pair;
