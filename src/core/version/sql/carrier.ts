import { firstBracket, itemEnd, sqlTokens } from '../../schema/sql-tokens';

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
  const text = type.trim().replace(/ COLLATE [\w.]+$/, '');
  const list = /^([\s\S]*)(\[\d*\])$/.exec(text);
  if (list) return `${carrierOf(list[1] ?? '', inUnion)}${list[2]}`;
  const open = firstBracket(text);
  const base = text.slice(0, open).trim();
  switch (base) {
    case 'STRUCT':
    case 'UNION':
      return `${base}(${itemsOf(text, open)
        .map((item) => fieldCarrier(item, inUnion || base === 'UNION'))
        .join(', ')})`;
    case 'MAP':
      return `MAP(${itemsOf(text, open)
        .map((item) => carrierOf(item, inUnion))
        .join(', ')})`;
    default:
      return inUnion || AS_TEXT.has(text) ? 'VARCHAR' : text;
  }
}

function fieldCarrier(item: string, inUnion: boolean): string {
  const end = sqlTokens(item)[0]?.end ?? 0;
  return `${item.slice(0, end)} ${carrierOf(item.slice(end), inUnion)}`;
}

function itemsOf(text: string, open: number): string[] {
  const items: string[] = [];
  for (let at = open; at < text.length && text[at] !== ')'; ) {
    const end = itemEnd(text, at + 1);
    items.push(text.slice(at + 1, end).trim());
    at = end;
  }
  return items;
}

/**
 * Whether values of a type can be read back from a data file at all: a UNION inside of a STRUCT can't, nor does CSV tell
 * its type (measured).
 */
export function canBeCarried(type: string): boolean {
  return !hasUnionIn(type.trim(), false);
}

function hasUnionIn(type: string, inStruct: boolean): boolean {
  const text = type.trim().replace(/(?:\[\d*\])+$/, '');
  const open = firstBracket(text);
  const base = text.slice(0, open).trim();
  if (base === 'UNION' && inStruct) return true;
  if (base === 'MAP') return itemsOf(text, open).some((item) => hasUnionIn(item, inStruct));
  if (base !== 'STRUCT' && base !== 'UNION') return false;
  const fields = itemsOf(text, open).map((item) => item.slice(sqlTokens(item)[0]?.end ?? 0));
  return fields.some((field) => hasUnionIn(field, true));
}

/**
 * Whether a COPY from parquet reads the carrier back into the type, without a CAST: not where an array stands in a struct,
 * nor where a union has members that are made of others (measured).
 */
export function isCopied(type: string): boolean {
  return copies(type.trim(), false);
}

function copies(type: string, inStruct: boolean): boolean {
  const text = type.replace(/ COLLATE [\w.]+$/, '');
  const list = /^([\s\S]*)\[(\d*)\]$/.exec(text);
  if (list) return !(inStruct && list[2] !== '') && copies(list[1] ?? '', inStruct);
  const open = firstBracket(text);
  const base = text.slice(0, open).trim();
  const fields = () => itemsOf(text, open).map((item) => item.slice(sqlTokens(item)[0]?.end ?? 0).trim());
  if (base === 'STRUCT') return fields().every((field) => copies(field, true));
  if (base === 'UNION') return fields().every((field) => holdsInCsv(field) && copies(field, true));
  return base !== 'MAP' || itemsOf(text, open).every((item) => copies(item, inStruct));
}

/**
 * Whether a type's text in CSV leads back to the value. That of lists, structs, maps and unions need not: what stands
 * inside is quoted by rules of its own, and a UNION's or a VARIANT's text does not say which type it has.
 */
export function holdsInCsv(type: string): boolean {
  return type !== 'VARIANT' && !/\]$|^(?:STRUCT|MAP|UNION)\(/.test(type.trim());
}
