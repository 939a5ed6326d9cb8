/** Bits of the whole-number types that a CAST of the engine keeps exactly, the sign bit of the signed ones left out. */
const SIGNED = new Map([
  ['INT8', 7],
  ['INT16', 15],
  ['INT32', 31],
  ['INT64', 63],
  ['SERIAL', 63],
  ['INT128', 127],
]);
const UNSIGNED = new Map([
  ['UINT8', 8],
  ['UINT16', 16],
  ['UINT32', 32],
  ['UINT64', 64],
]);
const MANTISSA = new Map([
  ['FLOAT', 24],
  ['DOUBLE', 53],
]);

/**
 * Whether every value survives `CAST(x AS after)`; both types in the engine's own spelling. False where it is not known
 * to: a FLOAT or DOUBLE as STRING keeps six decimals only, and dates beyond a timestamp's range turn into others (measured).
 */
export function isLosslessCast(before: string, after: string): boolean {
  return keepsAll(before, after, 0);
}

/** @param depth of how many lists these are the elements, one inside of the other */
function keepsAll(before: string, after: string, depth: number): boolean {
  if (before === after) return true;
  const element = elementType(before);
  if (element !== undefined) {
    const target = elementType(after);
    if (target === undefined) return false;
    const fits = target.size === '' || target.size === element.size;
    return fits && keepsAll(element.type, target.type, depth + 1);
  }
  const bits = SIGNED.get(before) ?? UNSIGNED.get(before);
  if (after === 'STRING') return bits !== undefined || before === 'BOOL' || before === 'DATE' || before === 'UUID';
  if (bits !== undefined) return holdsInteger(after, bits, UNSIGNED.has(before));
  if (before === 'FLOAT') return after === 'DOUBLE';
  // Such a list inside of another one is not brought to another type at all.
  if (depth > 1) return false;
  const from = decimalShape(before);
  const to = decimalShape(after);
  return from !== undefined && to !== undefined && to.scale >= from.scale && to.whole >= from.whole;
}

function holdsInteger(type: string, bits: number, unsigned: boolean): boolean {
  const decimal = decimalShape(type);
  if (decimal) return decimal.whole >= Math.ceil(bits * Math.LOG10E * Math.LN2);
  const room = UNSIGNED.get(type);
  if (room !== undefined) return unsigned && room >= bits;
  return (SIGNED.get(type) ?? MANTISSA.get(type) ?? 0) >= bits;
}

/** `INT64[]` and `INT64[3]`, the outermost brackets taken off. */
function elementType(type: string): { readonly type: string; readonly size: string } | undefined {
  const match = /^(.*)\[(\d*)\]$/s.exec(type);
  return match ? { type: match[1] ?? '', size: match[2] ?? '' } : undefined;
}

function decimalShape(type: string): { readonly whole: number; readonly scale: number } | undefined {
  const match = /^DECIMAL\((\d+), ?(\d+)\)$/.exec(type);
  return match ? { whole: Number(match[1]) - Number(match[2]), scale: Number(match[2]) } : undefined;
}
