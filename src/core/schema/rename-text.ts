import { newSchemaOf, type Rename } from './change';

/** A name of a path with the text that it was written as. */
interface Part {
  readonly name: string;
  readonly written: string;
}

/** `User.email=mail`: the names before and behind the sign, without their quotes. */
export interface RenameText {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

const PART = '(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^\\s.=,"`]+)';
const PATH = `${PART}(?:\\.${PART}){0,2}`;
const ONE = new RegExp(`^\\s*(${PATH})\\s*=\\s*(${PATH})\\s*$`);
const NEXT = new RegExp(`\\s*(${PATH}\\s*=\\s*${PATH})\\s*(?:,|$)`, 'y');

const PLAIN = /^[\p{L}\p{N}_$]+$/u;
const SHOWN = /^[^`\p{C}\u2028\u2029]+$/u;

/**
 * Reads one rename. Names with other signs than letters, digits and `_` stand in quotes: in backquotes as they are, as
 * Kùzu reads them; in double quotes with `""` for one and `\u000a` for any character.
 * @returns undefined for what has not the form `old=new`
 */
export function parseRenameText(text: string): RenameText | undefined {
  const sides = sidesOf(text);
  return sides && { old: sides.old.map(({ name }) => name), new: sides.new.map(({ name }) => name) };
}

/** The renames of a list with commas between; undefined where one has not the form. */
export function splitRenameTexts(list: string): string[] | undefined {
  const found: string[] = [];
  NEXT.lastIndex = 0;
  for (let end = 0; end < list.length || found.length === 0; end = NEXT.lastIndex) {
    const [whole, text] = NEXT.exec(list) ?? [];
    if (whole === undefined || text === undefined) return undefined;
    found.push(text);
    if (NEXT.lastIndex === list.length && whole.endsWith(',')) return undefined;
  }
  return found;
}

/**
 * What `--rename` and the directive take: `User=Person`, `User.email=mail`, `app.User=app.Person`, and with both schemas
 * where it moves, `main.User=app.User`. One line, no matter the names.
 */
export function renameText(rename: Rename): string {
  const moves = newSchemaOf(rename) !== rename.sqlSchema;
  const schemaOf = (name: string | undefined) => (name === undefined || (name === 'main' && !moves) ? [] : [name]);
  const schema = schemaOf(rename.sqlSchema);
  const path = (...names: readonly string[]) =>
    names.map((name) => writePart(name, rename.sqlSchema === undefined)).join('.');
  return rename.kind === 'rename-table'
    ? `${path(...schema, rename.from)}=${path(...schemaOf(newSchemaOf(rename)), rename.to)}`
    : `${path(...schema, rename.table, rename.from)}=${path(rename.to)}`;
}

/** The texts that take these back. A table may be called by either of its names in them. */
export function invertRenameTexts(texts: readonly string[]): string[] {
  return texts.map((text) => {
    const sides = sidesOf(text);
    if (!sides) throw new TypeError(`no rename: ${text}`);
    // Only a table that moves out of `main` has the longer name behind the sign.
    if (sides.new.length > sides.old.length) {
      return `${write(sides.new)}=${write([{ name: 'main', written: 'main' }, ...sides.old])}`;
    }
    const left = sides.old.slice(0, sides.old.length - sides.new.length);
    return `${write([...left, ...sides.new])}=${write(left.length === 0 ? sides.old : sides.old.slice(left.length))}`;
  });
}

function sidesOf(text: string): { readonly old: readonly Part[]; readonly new: readonly Part[] } | undefined {
  const [, old, renamed] = ONE.exec(text) ?? [];
  return old === undefined || renamed === undefined ? undefined : { old: partsOf(old), new: partsOf(renamed) };
}

function partsOf(path: string): Part[] {
  return [...path.matchAll(new RegExp(PART, 'g'))].map(([written]) => ({ written, name: readPart(written) }));
}

function readPart(written: string): string {
  if (written.startsWith('`')) return written.slice(1, -1);
  if (!written.startsWith('"')) return written;
  return written
    .slice(1, -1)
    .replaceAll('""', '"')
    .replace(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** A name as such a text has it. */
export function writePart(name: string, inBackquotes = false): string {
  if (PLAIN.test(name)) return name;
  if (inBackquotes && SHOWN.test(name)) return `\`${name}\``;
  // Of a backslash only that which would begin such a code is one itself.
  const text = name
    .replace(/\\(?=u[0-9a-f]{4})/gi, '\\u005c')
    .replace(/[\p{C}\u2028\u2029]/gu, (signs) => signs.split('').map(codeOf).join(''));
  return `"${text.replaceAll('"', '""')}"`;
}

function codeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function write(parts: readonly Part[]): string {
  return parts.map(({ written }) => written).join('.');
}
