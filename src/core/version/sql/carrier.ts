import { type SqlField, sqlTypeOf, withoutCollation } from '../../schema/sql-type';

/** Parquet gives these back changed, or not at all: as DOUBLE, in milliseconds, in UTC, without infinity (measured). */
const AS_TEXT = new Set(['HUGEINT', 'UHUGEINT', 'INTERVAL', 'TIME WITH TIME ZONE', 'TIMETZ', 'TIMESTAMP_S']);

/**
 * The type that carries values of a type in a parquet file: what parquet does not hold is text, also inside of lists,
 * structs, maps and unions. Casts lead there and back.
 * @param type as the engine's catalog has it
 */
export function carrierType(type: string): string {
  return carrierOf(type, false);
}

/** In a UNION only text comes back as whatever it was: a member of another type than the file's is refused (measured). */
function carrierOf(type: string, inUnion: boolean): string {
  const own = sqlTypeOf(type);
  switch (own.kind) {
    case 'list':
      return `${carrierOf(own.element, inUnion)}[${own.size ?? ''}]`;
    case 'struct':
      return `STRUCT(${fieldCarriers(own.parts, inUnion)})`;
    case 'union':
      return `UNION(${fieldCarriers(own.parts, true)})`;
    case 'map':
      return `MAP(${carrierOf(own.key, inUnion)}, ${carrierOf(own.value, inUnion)})`;
    default: {
      const text = withoutCollation(type);
      return inUnion || AS_TEXT.has(text) ? 'VARCHAR' : text;
    }
  }
}

function fieldCarriers(parts: readonly SqlField[], inUnion: boolean): string {
  return parts.map(({ written, type }) => `${written} ${carrierOf(type, inUnion)}`).join(', ');
}

/**
 * Whether a COPY from parquet reads the carrier back into the type, without a CAST: not where an array stands in a struct,
 * nor where a union has members that are made of others (measured).
 */
export function isCopied(type: string): boolean {
  return copies(type, false);
}

function copies(type: string, inStruct: boolean): boolean {
  const own = sqlTypeOf(type);
  switch (own.kind) {
    case 'list':
      return !(inStruct && own.size !== undefined) && copies(own.element, inStruct);
    case 'struct':
      return own.parts.every((part) => copies(part.type, true));
    case 'union':
      return !inStruct && own.parts.every((part) => holdsInCsv(part.type) && copies(part.type, true));
    case 'map':
      return copies(own.key, inStruct) && copies(own.value, inStruct);
    default:
      return true;
  }
}

/**
 * Whether a type's text in CSV leads back to the value. That of lists, structs, maps and unions need not: what stands
 * inside is quoted by rules of its own, and a UNION's or a VARIANT's text does not say which type it has.
 */
export function holdsInCsv(type: string): boolean {
  return type !== 'VARIANT' && !/\]$|^(?:STRUCT|MAP|UNION)\(/.test(type.trim());
}
