const BUILT_IN = new Set(
  (
    'BIGINT BIT BLOB BOOLEAN DATE DECIMAL DOUBLE FLOAT HUGEINT INTEGER INTERVAL JSON SMALLINT TIME TIMESTAMP TIMESTAMP_MS ' +
    'TIMESTAMP_NS TIMESTAMP_S TIMESTAMPTZ TIMETZ TINYINT UBIGINT UHUGEINT UINTEGER USMALLINT UTINYINT UUID VARCHAR'
  ).split(' '),
);

/**
 * An expression in one spelling: the engine writes a cast to a type of its own with or without quotes, according to how
 * the statement came to it, so that its text of what it was given its own text for differs (measured: an INTERVAL).
 */
export function plainTypes(text: string): string {
  return text.replace(/ AS "([A-Z0-9_]+)"|"(?:[^"]|"")*"|'(?:[^']|'')*'/g, (whole, type: string | undefined) =>
    type !== undefined && BUILT_IN.has(type) ? ` AS ${type}` : whole,
  );
}
