/** A type of the Kùzu family, in the engine's own spelling, by its parts. */
export interface Shape {
  /** An array is a LIST with a size. */
  readonly name: string;
  /** How many elements an array has; empty for a list and for anything else. */
  readonly size: string;
  /** The types inside; `field` is the name of a struct's field, in backquotes where the engine's own name has them. */
  readonly parts: readonly { readonly field: string; readonly type: string }[];
}

export function typeShape(type: string): Shape {
  const list = /^(.*)\[(\d*)\]$/s.exec(type);
  if (list) return { name: 'LIST', size: list[2] ?? '', parts: [{ field: '', type: list[1] ?? '' }] };
  const open = type.indexOf('(');
  if (open < 0) return { name: type, size: '', parts: [] };
  const name = type.slice(0, open);
  if (name === 'DECIMAL') return { name, size: '', parts: [] };
  const items = splitItems(type.slice(open + 1, -1));
  if (name === 'MAP') return { name, size: '', parts: items.map((item) => ({ field: '', type: item })) };
  const parts = items.map((item) => {
    const [, field = '', rest = ''] = /^(`[^`]*`|\S+)\s+(.*)$/s.exec(item) ?? [];
    return { field, type: rest };
  });
  return { name, size: '', parts };
}

/** Whether it is a DECIMAL, or has one somewhere inside. */
export function hasDecimal(type: string): boolean {
  const { name, parts } = typeShape(type);
  return name === 'DECIMAL' || parts.some((part) => hasDecimal(part.type));
}

/** The same type with texts in place of its decimal numbers. */
export function withTexts(type: string): string {
  return type.replace(/`[^`]*`|\bDECIMAL\([^)]*\)/g, (found) => (found.startsWith('`') ? found : 'STRING'));
}

/** What stands between the commas outside of brackets and quotes. */
function splitItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/`[^`]*`|[()[\],]/g)) {
    if (token === '(' || token === '[') depth++;
    else if (token === ')' || token === ']') depth--;
    else if (token === ',' && depth === 0) {
      items.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...items, text.slice(start).trim()];
}
