import { quoteString, sameName, writeName } from '../../dialect/kuzu-names';
import { hasDecimal, type Shape, typeShape, withTexts } from './cypher-shape';

const WHOLE = ['INT8', 'INT16', 'INT32', 'INT64', 'INT128', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'SERIAL'];
const NUMBERS = new Set([...WHOLE, 'FLOAT', 'DOUBLE', 'DECIMAL']);
const TIMES = new Set(['DATE', 'TIMESTAMP', 'TIMESTAMP_SEC', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP_TZ']);

/** Where a value stands: it is that of a column, an element of a list or map, or somewhere in a struct in one of these. */
type Place = 'column' | 'element' | 'field';

/**
 * Whether the engine's own CAST brings values of one type to another, in its own spelling; a value may still not fit. Not
 * so where the CAST is there, but does it wrong: inside of another type it moves the point of a DECIMAL, and crashes
 * between a DECIMAL and a text; the texts of a struct that is NULL are empty ones to it, which are no numbers.
 * @source measured on Kùzu 0.11.3: each of 31 types to each, and 21 of them inside of lists, structs and maps
 */
export function canCast(before: string, after: string, place: Place = 'column'): boolean {
  if (before === after) return true;
  if (after === 'STRING') return !hasDecimal(before);
  if (after === 'JSON') return false;
  if (before === 'STRING' || before === 'JSON') {
    return place === 'column' || (place === 'element' && !hasDecimal(after));
  }
  const [from, to] = [typeShape(before), typeShape(after)];
  if (from.name !== to.name) {
    return [NUMBERS, TIMES].some((group) => group.has(from.name) && group.has(to.name));
  }
  if (from.name === 'DECIMAL') return place === 'column';
  if (from.parts.length !== to.parts.length || from.parts.length === 0 || from.name === 'UNION') return false;
  if (!sizesFit(from, to) || (from.name === 'STRUCT' && place === 'column')) return false;
  const inside = from.name === 'STRUCT' || place === 'field' ? 'field' : 'element';
  return from.parts.every((part, at) => {
    const target = to.parts[at];
    return target !== undefined && part.field === target.field && canCast(part.type, target.type, inside);
  });
}

/** An array is cast to a list and back, where only the values tell whether they fit, but not to one of another length. */
function sizesFit(from: Shape, to: Shape): boolean {
  return from.size === to.size || from.size === '' || to.size === '';
}

/**
 * The value of a column of another type; as it stands where the types are one. Undefined where the engine has no way to it
 * that keeps each value.
 * @param variable what stands for the row, in the statement's own words
 */
export function castColumn(
  variable: string,
  column: { readonly name: string; readonly type: string },
  after: string,
): string | undefined {
  return castValue(`${variable}.${writeName(column.name)}`, stored(column.type), stored(after), []);
}

/** @param structs the structs that the value is a field of, from the outermost on */
function castValue(value: string, before: string, after: string, structs: readonly string[]): string | undefined {
  if (before === after) return value;
  const given = unlessNull(structs, value);
  if (canCast(before, after)) return `CAST(${given} AS ${after})`;
  const [from, to] = [typeShape(before), typeShape(after)];
  if (from.name === 'STRUCT' && to.name === 'STRUCT') return castFields(value, from, to, structs);
  if (from.name === 'LIST' && to.name === 'LIST') return castElements(given, from, to);
  if (after !== 'STRING') return undefined;
  if (from.name === 'DECIMAL') return decimalText(given);
  const texts = castValue(value, before, withTexts(before), structs);
  return texts && `CAST(${texts} AS STRING)`;
}

/** The engine casts what a struct that is NULL has for its fields, unless it finds NULL there, in a CASE's other branch too. */
function unlessNull(structs: readonly string[], value: string): string {
  if (structs.length === 0) return value;
  return `CASE WHEN ${structs.map((struct) => `${struct} IS NULL`).join(' OR ')} THEN NULL ELSE ${value} END`;
}

/**
 * The engine writes the sign of -0.05 behind the point: `0.-5`. The CAST to DOUBLE is for the elements of a list: a
 * lambda's variable may only be what a function takes, since a CASE looks for it in another place (the engine's sources).
 * @source measured on Kùzu 0.11.3
 */
function decimalText(number: string): string {
  const text = (value: string) => `CAST(${value} AS STRING)`;
  return `CASE WHEN CAST(${number} AS DOUBLE) < 0 THEN concat('-', ${text(`-${number}`)}) ELSE ${text(number)} END`;
}

/**
 * Field by field: the engine casts only structs of the same fields in the same order. Undefined where nothing is kept, or
 * a field whose values have no cast is among them: then it is said that they are not kept.
 */
function castFields(value: string, from: Shape, to: Shape, structs: readonly string[]): string | undefined {
  const within = [...structs, value];
  const pairs = to.parts.map((part) => ({ ...part, old: from.parts.find(({ field }) => sameName(field, part.field)) }));
  const fields = pairs.map(({ field, type, old }) => {
    if (!old) return `${field} := CAST(NULL AS ${type})`;
    const kept = castValue(`struct_extract(${value}, ${quoteString(old.field)})`, old.type, type, within);
    return kept && `${field} := ${kept}`;
  });
  if (pairs.every(({ old }) => !old) || fields.includes(undefined)) return undefined;
  return unlessNull(within, `struct_pack(${fields.join(', ')})`);
}

/**
 * Element by element, where these are no lists, structs or maps: with more than 2048 of them, a lambda gives wrong values
 * for structs, and for lists that are NULL. No map is taken apart: `map_values` makes a 0 of a NULL, and a lambda that looks
 * up keys finds none inside of a struct that may be NULL.
 * @source measured on Kùzu 0.11.3
 */
function castElements(list: string, from: Shape, to: Shape): string | undefined {
  const [element, target] = [from.parts[0]?.type ?? '', to.parts[0]?.type ?? ''];
  const isPlain = [element, target].every((type) => typeShape(type).parts.length === 0);
  const value = isPlain && sizesFit(from, to) ? castValue('x', element, target, []) : undefined;
  if (value === undefined) return undefined;
  const elements = from.size === '' ? list : `CAST(${list} AS ${element}[])`;
  const values = `list_transform(${elements}, x -> ${value})`;
  return to.size === '' ? values : `CAST(${values} AS ${target}[${to.size}])`;
}

/** What a type keeps: a SERIAL column is a number with a default of its own. */
export function stored(type: string): string {
  return type === 'SERIAL' ? 'INT64' : type;
}
