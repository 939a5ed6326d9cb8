const SCHEMA: readonly RegExp[] = [
  /^CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+)?(?:SCHEMA|TYPE|SEQUENCE|MACRO|FUNCTION|TABLE|VIEW|INDEX)\b/i,
  /^ALTER\s+(?:TABLE|VIEW|SEQUENCE)\b/i,
  /^DROP\s+(?:SCHEMA|TYPE|SEQUENCE|MACRO|FUNCTION|TABLE|VIEW|INDEX)\b/i,
  /^COMMENT\s+ON\b/i,
  // How a version brings a sequence to where it stood.
  /^SELECT\s+nextval\s*\(\s*'(?:[^']|'')*'\s*\)\s*;?\s*$/i,
];

/**
 * Whether a statement of a `.sql` file with DDL only makes a schema: see allowed.ts. What its queries read is left to the
 * engine, which runs such files without access to anything outside the database.
 */
export function isSqlSchemaStatement(text: string): boolean {
  const bare = text.replace(/^(?:\s+|--[^\n]*\n?|\/\*[\s\S]*?\*\/)+/, '');
  return SCHEMA.some((allowed) => allowed.test(bare));
}
