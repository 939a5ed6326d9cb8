/** Texts of values that the engine reads back as the very same value; `value` is an expression. */

/** The engine puts the minus of a number between -1 and 0 in front of its fraction: `0.-5`. */
export function decimalText(value: string): string {
  return `CASE WHEN ${value} < 0 THEN '-' + CAST(-${value} AS STRING) ELSE CAST(${value} AS STRING) END`;
}

/** A cast to STRING has six digits behind the point; JSON has all, and neither NaN nor infinity. */
export function floatText(value: string): string {
  return `CASE WHEN ${value} - ${value} = 0 THEN CAST(to_json(${value}) AS STRING) ELSE CAST(${value} AS STRING) END`;
}

export function plainText(value: string): string {
  return `CAST(${value} AS STRING)`;
}
