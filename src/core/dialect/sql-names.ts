/** Names and string literals of DuckDB's SQL, as its lexer reads them (1.5.5, measured). */

// Each was refused by the engine as the name of a table or column; a test asks it again.
const RESERVED = new Set(
  (
    'all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast ' +
    'check collate collation column concurrently constraint create cross default deferrable desc describe ' +
    'distinct do else end except false fetch for foreign freeze from full glob group having ilike in initially ' +
    'inner intersect into is isnull join lambda lateral leading left like limit natural not notnull null offset ' +
    'on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify references ' +
    'returning right select semi show similar some summarize symmetric table tablesample then to trailing true ' +
    'union unique unpack unpivot using variadic verbose when where window with'
  ).split(' '),
);

// Taken as names of tables and columns, but refused as those of types or of parameters.
const TYPE_WORDS = new Set(
  (
    'between bigint bit boolean char character coalesce dec decimal double enum exists extract float grouping ' +
    'grouping_id inout int integer interval map national nchar none nullif numeric out overlay position precision ' +
    'real row setof smallint struct substring text time timestamp treat trim type values varchar xmlattributes ' +
    'xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable'
  ).split(' '),
);

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name in double quotes. */
export function quoteSqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name as it reads best: in quotes only where the engine needs them. */
export function writeSqlName(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : quoteSqlName(name);
}

/** The same for a type, where words such as `text` mean something else. */
export function writeSqlTypeName(name: string): string {
  return TYPE_WORDS.has(name.toLowerCase()) ? quoteSqlName(name) : writeSqlName(name);
}

/**
 * The key of a name's folded parts: joined with dots, without `main` in front, since a name without a schema means the
 * same. A part that itself has a dot is in quotes, so that `"a.b"` and `a.b` are two.
 */
export function sqlKey(parts: readonly string[]): string {
  const schema = parts.length - 2;
  return parts
    .filter((part, index) => index !== schema || part !== 'main')
    .map((part) => (/[".]/.test(part) ? quoteSqlName(part) : part))
    .join('.');
}

/** The parts of a {@link sqlKey}. */
export function sqlKeyParts(key: string): string[] {
  return [...key.matchAll(/"((?:[^"]|"")*)"|[^".]+/g)].map(([all, quoted]) => quoted?.replaceAll('""', '"') ?? all);
}

/** A single-quoted literal; a backslash is a plain character in it. */
export function quoteSqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
