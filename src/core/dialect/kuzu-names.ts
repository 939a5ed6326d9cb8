/** Names and string literals of the Kùzu family, as its lexer reads them (Cypher.g4 and the transformer of 0.11.3, measured). */

// keywords.txt of 0.11.3 without kU_NonReservedKeywords; each one was refused by the engine as a table and column name.
const RESERVED = new Set(
  (
    'acyclic all and any asc ascending case cast column commit_skip_checkpoint create dbtype default desc descending ' +
    'distinct else end ends exists false glob group headers hint in install join macro multi_join none not null on only ' +
    'optional or order primary profile rollback_skip_checkpoint shortest single starts table then trail true union ' +
    'unwind when where with wshortest xor'
  ).split(' '),
);

// The engine takes all of ID_Start, but of a Unicode version of its own. Fixed blocks keep the canonical text the same
// in every JavaScript runtime, and leave the names of most languages readable.
const LETTER =
  'A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0391-\\u03a1\\u03a3-\\u03c9\\u0400-\\u0481\\u048a-\\u04ff' +
  '\\u3005\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u4e00-\\u9fa5\\uac00-\\ud7a3';
const PLAIN = new RegExp(`^[${LETTER}][${LETTER}0-9]*$`);

/** Whether a name has to stand in backquotes: it is no plain identifier, or it is a reserved word. */
export function needsQuotes(name: string): boolean {
  return !PLAIN.test(name) || RESERVED.has(foldName(name));
}

/**
 * Whether the engine can be given this name at all. It reads everything between two backquotes as it stands, and two
 * backquotes in a row stay two (`` `a``b` `` names a``b), so that a lone backquote, an empty name or a NUL is not sayable.
 */
export function isWritableName(name: string): boolean {
  return name !== '' && !name.includes('\0') && !/(?<!`)`(?:``)*(?!`)/.test(name);
}

/**
 * A name in backquotes. Backquotes inside are kept, not doubled: see {@link isWritableName}. For a name that is not
 * writable, the odd run gets one more backquote: another name, which does not exist, but one that cannot end the quotes.
 */
export function quoteName(name: string): string {
  if (!name.includes('`')) return `\`${name}\``;
  return `\`${name.replace(/`+/g, (run) => (run.length % 2 === 0 ? run : `${run}\``))}\``;
}

/** A name as it reads best: in backquotes only where the engine needs them. */
export function writeName(name: string): string {
  return needsQuotes(name) ? quoteName(name) : name;
}

/**
 * A single-quoted literal. The engine drops a backslash and takes the next character as it is (`'\n'` is the letter n),
 * so only the backslash and the quote are escaped, and a line break stands raw.
 */
export function quoteString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The key under which the engine finds a name: only ASCII letters lose their case (`Ä` and `ä` are two tables). */
export function foldName(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
}

/** Whether two spellings name the same thing. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}
