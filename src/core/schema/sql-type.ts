import { firstBracket, itemEnd, sqlTokens } from './sql-tokens';

/** A type in DuckDB's own words, taken apart. */
export type SqlType =
  /** `T[]`, and `T[3]` with its size. */
  | { readonly kind: 'list'; readonly element: string; readonly size?: string }
  | { readonly kind: 'struct' | 'union'; readonly parts: readonly SqlField[] }
  | { readonly kind: 'map'; readonly key: string; readonly value: string }
  | { readonly kind: 'enum'; readonly labels: readonly string[] }
  | { readonly kind: 'plain' };

/** A field of a STRUCT, a member of a UNION. */
export interface SqlField {
  /** Unquoted. */
  readonly name: string;
  /** As the type has it. */
  readonly written: string;
  readonly type: string;
}

/** Reads a type as the engine's catalog has it, where every type inside is written out. */
export function sqlTypeOf(type: string): SqlType {
  const text = withoutCollation(type);
  const list = /^([\s\S]*)\[(\d*)\]$/.exec(text);
  if (list) return { kind: 'list', element: list[1] ?? '', ...(list[2] ? { size: list[2] } : {}) };
  const open = firstBracket(text);
  switch (text.slice(0, open).trim()) {
    case 'STRUCT':
      return { kind: 'struct', parts: itemsOf(text, open).map(fieldOf) };
    case 'UNION':
      return { kind: 'union', parts: itemsOf(text, open).map(fieldOf) };
    case 'MAP': {
      const [key = '', value = ''] = itemsOf(text, open);
      return { kind: 'map', key, value };
    }
    case 'ENUM':
      return { kind: 'enum', labels: itemsOf(text, open) };
    default:
      return { kind: 'plain' };
  }
}

/** A collation is a column's, and no part of a type elsewhere. */
export function withoutCollation(type: string): string {
  return type.trim().replace(/ COLLATE [\w.]+$/, '');
}

/** Whether labels stand inside of another type: no expression that the engine keeps may cast to such a type. */
export function hasInnerEnum(type: string): boolean {
  return sqlTypeOf(type).kind !== 'enum' && hasEnum(type);
}

function hasEnum(type: string): boolean {
  const own = sqlTypeOf(type);
  return own.kind === 'enum' || innerTypes(own).some(hasEnum);
}

/** The types that a type is made of, one level down. */
export function innerTypes(type: SqlType): readonly string[] {
  switch (type.kind) {
    case 'list':
      return [type.element];
    case 'map':
      return [type.key, type.value];
    case 'struct':
    case 'union':
      return type.parts.map((part) => part.type);
    default:
      return [];
  }
}

function fieldOf(item: string): SqlField {
  const [name] = sqlTokens(item);
  const end = name?.end ?? 0;
  return { name: name?.text ?? '', written: item.slice(0, end), type: item.slice(end).trim() };
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
