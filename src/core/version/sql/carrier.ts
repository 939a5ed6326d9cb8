import { firstBracket, itemEnd, sqlTokens } from '../../schema/sql-tokens';

/** Parquet gives these back changed, or not at all: as DOUBLE, in milliseconds, in UTC, without infinity (measured). */
const AS_TEXT = new Set(['HUGEINT', 'UHUGEINT', 'INTERVAL', 'TIME WITH TIME ZONE', 'TIMETZ', 'TIMESTAMP_S']);

/**
 * The type that carries values of a type in a parquet file: what parquet does not hold is text, also inside of lists,
 * structs, maps and unions. Casts lead there and back.
 * @param type as the engine's catalog has it
 */
export function carrierType(type: string): string {
  const text = type.trim().replace(/ COLLATE [\w.]+$/, '');
  const list = /^([\s\S]*)(\[\d*\])$/.exec(text);
  if (list) return `${carrierType(list[1] ?? '')}${list[2]}`;
  const open = firstBracket(text);
  const base = text.slice(0, open).trim();
  switch (base) {
    case 'STRUCT':
    case 'UNION':
      return `${base}(${itemsOf(text, open).map(fieldCarrier).join(', ')})`;
    case 'MAP':
      return `MAP(${itemsOf(text, open).map(carrierType).join(', ')})`;
    default:
      return AS_TEXT.has(text) ? 'VARCHAR' : text;
  }
}

function fieldCarrier(item: string): string {
  const end = sqlTokens(item)[0]?.end ?? 0;
  return `${item.slice(0, end)} ${carrierType(item.slice(end))}`;
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

/** Whether a type's text in CSV leads back to the value: of a UNION and a VARIANT it does not say which type it has. */
export function holdsInCsv(type: string): boolean {
  return !sqlTokens(type).some(({ kind, text }) => kind === 'name' && (text === 'UNION' || text === 'VARIANT'));
}
