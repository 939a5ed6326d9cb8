/**
 * One of several values, which are all computed, or NULL: `index` says which, from 1. A CASE would do, but not where an
 * array is inside of the type (`Unimplemented type for case expression`, measured on DuckDB 1.5.5).
 */
export function picked(values: readonly string[], index: string): string {
  return `list_extract([${values.join(', ')}], ${index})`;
}

/** `made` where the value that it is made of is not NULL: a STRUCT of NULLs is none. */
export function whereSet(value: string, made: string): string {
  return picked([made], `CASE WHEN ${value} IS NOT NULL THEN 1 END`);
}
