import { quoteName, quoteString } from '../dialect/kuzu-names';

/** `COPY table (columns) FROM "file" (options)`, taken apart. */
export interface CopyStatement {
  readonly table: string;
  /** As written, with its parentheses; empty where there is none. */
  readonly columns: string;
  /** The paths after FROM, as written. */
  readonly files: readonly string[];
  /** Names in lower case, values as written. */
  readonly options: ReadonlyMap<string, string>;
}

const NAME = /^\s*COPY\s+(`(?:[^`]|``)*`|[^\s(`]+)\s*/i;
const COLUMNS = /^\((?:`(?:[^`]|``)*`|[^`)])*\)/;
const LITERAL = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/;
const SOURCE = new RegExp(`^\\s*FROM\\s*(\\[[^\\]]*\\]|(?:${LITERAL.source})(?:\\s*,\\s*(?:${LITERAL.source}))*)`, 'i');
/** The engine writes `delim=delim='|'` for any delimiter but its own, and can't read it back. */
const OPTION = new RegExp(`([A-Za-z_]+)\\s*=\\s*(?:\\1\\s*=\\s*)?(${LITERAL.source}|\\[[^\\]]*\\]|[^,)\\s]+)`, 'g');

/**
 * Reads one statement of `copy.cypher`, as the engine writes it and as people edit it. Undefined for any other
 * statement, and for a COPY from a query, which names its files itself.
 */
export function parseCopy(text: string): CopyStatement | undefined {
  const name = NAME.exec(text);
  if (!name?.[1]) return undefined;
  const afterName = text.slice(name[0].length);
  const columns = COLUMNS.exec(afterName)?.[0] ?? '';
  const afterColumns = afterName.slice(columns.length);
  const source = SOURCE.exec(afterColumns);
  if (!source?.[1]) return undefined;
  const literals = source[1].match(new RegExp(LITERAL.source, 'g')) ?? [];
  const options = [...afterColumns.slice(source[0].length).matchAll(OPTION)];
  return {
    table: name[1].startsWith('`') ? name[1].slice(1, -1).replaceAll('``', '`') : name[1],
    columns,
    files: literals.map(unquote),
    options: new Map(options.map((match) => [(match[1] ?? '').toLowerCase(), match[2] ?? ''])),
  };
}

/**
 * The statement as `IMPORT DATABASE` would run it, with the files given: options other than the pair only for CSV, and
 * there nothing is guessed from the data (`bind_import_database.cpp` of Kùzu 0.11.3).
 */
export function printCopy(copy: CopyStatement, files: readonly string[]): string {
  const isCsv = !files.every((file) => /\.(parquet|npy|json)$/i.test(file));
  const options = new Map([...copy.options].filter(([name]) => isCsv || name === 'from' || name === 'to'));
  if (isCsv && !options.has('auto_detect')) options.set('auto_detect', 'false');
  const source = files.length === 1 ? quoteString(files[0] ?? '') : `[${files.map(quoteString).join(', ')}]`;
  const list = [...options]
    .map(([name, value]) => `${name}=${name === 'from' || name === 'to' ? quoteString(endName(value)) : value}`)
    .join(', ');
  return `COPY ${quoteName(copy.table)} ${copy.columns} FROM ${source}${list === '' ? '' : ` (${list})`}`;
}

/**
 * The value of `from` and `to`: the engine's own import puts what it reads between quotes again, without escapes. Such a
 * name is escaped twice, and stands in double quotes to tell it from what others write.
 */
export function endOption(name: string): string {
  if (!/['\\]/.test(name)) return quoteString(name);
  const once = quoteString(name).slice(1, -1);
  return `"${once.replace(/[\\"]/g, '\\$&')}"`;
}

/** The name that the value of `from` or `to` means. */
export function endName(value: string): string {
  const read = unquote(value);
  return value.startsWith('"') ? unquote(`'${read}'`) : read;
}

/** What a string literal says. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}
