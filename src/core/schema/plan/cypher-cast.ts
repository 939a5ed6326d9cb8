import { quoteString, sameName, writeName } from '../../dialect/kuzu-names';

const WHOLE = ['INT8', 'INT16', 'INT32', 'INT64', 'INT128', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'SERIAL'];
const NUMBERS = new Set([...WHOLE, 'FLOAT', 'DOUBLE', 'DECIMAL']);
const TIMES = new Set(['DATE', 'TIMESTAMP', 'TIMESTAMP_SEC', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP_TZ']);

/**
 * Whether the engine has a cast between two types, in its own spelling; a value may still not fit.
 * @source measured on Kùzu 0.11.3, each of 31 types to each
 */
export function canCast(before: string, after: string): boolean {
  if (before === after || after === 'STRING') return true;
  if (after === 'JSON') return false;
  if (before === 'STRING' || before === 'JSON') return true;
  const [from, to] = [typeShape(before), typeShape(after)];
  if (from.name !== to.name) {
    return [NUMBERS, TIMES].some((group) => group.has(from.name) && group.has(to.name));
  }
  if (from.name === 'DECIMAL') return true;
  if (from.parts.length !== to.parts.length || from.parts.length === 0 || from.name === 'UNION') return false;
  return from.parts.every((part, at) => {
    const target = to.parts[at];
    return target !== undefined && part.field === target.field && canCast(part.type, target.type);
  });
}

/**
 * The value of a column of another type; as it stands where the types are one. Undefined where the engine has no cast.
 * @param variable what stands for the row, in the statement's own words
 */
export function castColumn(
  variable: string,
  column: { readonly name: string; readonly type: string },
  after: string,
): string | undefined {
  return castValue(`${variable}.${writeName(column.name)}`, stored(column.type), stored(after));
}

function castValue(value: string, before: string, target: string): string | undefined {
  if (before === target) return value;
  if (!canCast(before, target)) return castFields(value, before, target);
  // The engine writes the sign of -0.05 behind the point: `0.-5` (measured).
  if (before.startsWith('DECIMAL(') && !before.endsWith(']') && target === 'STRING') {
    const text = (number: string) => `CAST(${number} AS STRING)`;
    return `CASE WHEN ${value} < 0 THEN concat('-', ${text(`-${value}`)}) ELSE ${text(value)} END`;
  }
  return `CAST(${value} AS ${target})`;
}

/** A STRUCT with other fields, field by field: the engine casts only those of the same fields in the same order. */
function castFields(value: string, before: string, after: string): string | undefined {
  const [from, to] = [typeShape(before), typeShape(after)];
  if (from.name !== 'STRUCT' || to.name !== 'STRUCT') return undefined;
  const pairs = to.parts.map((part) => ({ ...part, old: from.parts.find(({ field }) => sameName(field, part.field)) }));
  const fields = pairs.map(({ field, type, old }) => {
    if (!old) return `${field} := CAST(NULL AS ${type})`;
    const kept = castValue(`struct_extract(${value}, ${quoteString(old.field)})`, old.type, type);
    return kept && `${field} := ${kept}`;
  });
  // Nothing of it, or a field whose values have no cast: then it is said that they are not kept.
  if (pairs.every(({ old }) => !old) || fields.includes(undefined)) return undefined;
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`;
}

/** What a type keeps: a SERIAL column is a number with a default of its own. */
export function stored(type: string): string {
  return type === 'SERIAL' ? 'INT64' : type;
}

interface Shape {
  readonly name: string;
  /** The types inside; `field` is the name of a struct's field. */
  readonly parts: readonly { readonly field: string; readonly type: string }[];
}

function typeShape(type: string): Shape {
  // An array is cast to a list and back; whether the lengths agree only the values tell.
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list) return { name: 'LIST', parts: [{ field: '', type: list[1] ?? '' }] };
  const open = type.indexOf('(');
  if (open < 0) return { name: type, parts: [] };
  const name = type.slice(0, open);
  const items = splitItems(type.slice(open + 1, -1));
  if (name === 'MAP') return { name, parts: items.map((item) => ({ field: '', type: item })) };
  if (name === 'DECIMAL') return { name, parts: [] };
  const parts = items.map((item) => {
    const [, field = '', rest = ''] = /^(`[^`]*`|\S+)\s+(.*)$/s.exec(item) ?? [];
    return { field, type: rest };
  });
  return { name, parts };
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
