/**
 * What the files of a version and of a project's DDL are for. They come from version control, from colleagues, from
 * downloads; the engine would run any statement in them, write any file and load native code from any path. So only
 * statements that make a schema are run, and they are named here.
 */
const SCHEMA: readonly RegExp[] = [
  /^CREATE\s+(NODE|REL)\s+TABLE\b/i,
  /^CREATE\s+(SEQUENCE|MACRO|TYPE)\b/i,
  /^(ALTER|DROP)\s+TABLE\b/i,
  /^DROP\s+SEQUENCE\b/i,
  /^COMMENT\s+ON\s+TABLE\b/i,
  /^RETURN\s+nextval\s*\(\s*(?:'[^']*'|"[^"]*")\s*\)$/i,
];
const INDEX: readonly RegExp[] = [
  /^CALL\s+CREATE_\w+_INDEX\s*\(/i,
  // By a bare name: the engine loads a library from a path just as well.
  /^(LOAD|INSTALL)(\s+EXTENSION)?\s+[A-Za-z_]\w*$/i,
];
/** `CREATE … TABLE … AS` reads whatever its query names, files included. */
const AS_QUERY = /\bAS\s*\(?\s*(LOAD|MATCH|OPTIONAL|UNWIND|RETURN|WITH|CALL)\b/i;

/** Whether a statement of `schema.cypher`, `macro.cypher`, `index.cypher` or a DDL file only makes a schema. */
export function isSchemaStatement(text: string): boolean {
  const bare = withoutTexts(text).trim().replace(/\s*;$/, '');
  if (INDEX.some((allowed) => allowed.test(bare))) return true;
  if (!SCHEMA.some((allowed) => allowed.test(bare))) return false;
  return !/^CREATE\s+(NODE|REL)\s+TABLE\b/i.test(bare) || !AS_QUERY.test(bare);
}

/** The statement with comments gone and the inside of strings and quoted names emptied. */
function withoutTexts(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`]|``)*`/g,
    (part) => (part.startsWith('/') ? ' ' : part.startsWith('`') ? '``' : "''"),
  );
}
