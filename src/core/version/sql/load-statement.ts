import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import { sqlTokens } from '../../schema/sql-tokens';

/** `COPY table (columns) FROM 'file' (options)` of a `load.sql`, taken apart. */
export interface SqlCopy {
  readonly schema: string;
  readonly name: string;
  /** Unquoted; empty where the statement names none: all that are not generated. */
  readonly columns: readonly string[];
  readonly file: string;
  /** Names in upper case, values as written; empty for an option without one. */
  readonly options: ReadonlyMap<string, string>;
}

/** What a file of ours is read with; the engine guesses nothing. */
export const CSV_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['FORMAT', 'csv'],
  ['HEADER', 'true'],
  ['AUTO_DETECT', 'false'],
  ['DELIMITER', "','"],
  ['QUOTE', `'"'`],
  ['ESCAPE', `'"'`],
  // NULL is nothing, and an empty text two quotes.
  ['ALLOW_QUOTED_NULLS', 'false'],
  // A line break in a text takes one reader.
  ['PARALLEL', 'false'],
]);
export const PARQUET_OPTIONS: ReadonlyMap<string, string> = new Map([['FORMAT', 'parquet']]);

/** Options that only say how a file is written; any other could do more than read one. */
const ALLOWED = new Set(
  (
    'FORMAT HEADER AUTO_DETECT DELIMITER DELIM SEP QUOTE ESCAPE ALLOW_QUOTED_NULLS PARALLEL NULL NULLSTR NEW_LINE ' +
    'FORCE_NOT_NULL DATEFORMAT TIMESTAMPFORMAT ENCODING COMPRESSION MAX_LINE_SIZE BUFFER_SIZE STRICT_MODE'
  ).split(' '),
);

const FILE = /^'((?:[^']|'')*)'/;

/** Reads a statement as we write it, and as `EXPORT DATABASE` does; undefined for any other. */
export function parseSqlCopy(text: string): SqlCopy | undefined {
  const tokens = sqlTokens(text);
  if (!isWord(tokens[0], 'COPY')) return undefined;
  let at = 1;
  const names: string[] = [];
  for (; tokens[at]?.kind === 'name'; at += 2) {
    names.push(tokens[at]?.text ?? '');
    if (tokens[at + 1]?.text !== '.') break;
  }
  at++;
  // A catalog before the schema means another database.
  if (names.length === 0 || names.length > 2) return undefined;
  const columns: string[] = [];
  if (tokens[at]?.text === '(' && tokens[at]?.kind === 'other') {
    do {
      const token = tokens[at + 1];
      if (token?.kind !== 'name') return undefined;
      columns.push(token.text);
      at += 2;
    } while (tokens[at]?.text === ',');
    if (tokens[at]?.text !== ')') return undefined;
    at++;
  }
  const file = FILE.exec(text.slice(tokens[at + 1]?.start ?? text.length))?.[1]?.replaceAll("''", "'");
  if (!isWord(tokens[at], 'FROM') || tokens[at + 1]?.kind !== 'string' || file === undefined) return undefined;
  const options = optionsOf(tokens.slice(at + 2).filter((token) => token.text !== ';'));
  const [name = '', schema = 'main'] = names.reverse();
  return options && { schema, name, columns, file, options };
}

type Token = ReturnType<typeof sqlTokens>[number];

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'name' && token.text.toUpperCase() === word;
}

/** `(NAME value, NAME value)`; undefined for anything else. */
function optionsOf(tokens: readonly Token[]): Map<string, string> | undefined {
  const options = new Map<string, string>();
  if (tokens.length === 0) return options;
  if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return undefined;
  for (let at = 1; at < tokens.length; at++) {
    const name = tokens[at]?.text.toUpperCase() ?? '';
    if (tokens[at]?.kind !== 'name' || !ALLOWED.has(name)) return undefined;
    let value = '';
    for (at++; at < tokens.length - 1 && tokens[at]?.text !== ','; at++) value += written(tokens[at]);
    options.set(name, value);
  }
  return options;
}

function written(token: Token | undefined): string {
  return token?.text ?? '';
}

/** The statement with a file in the place of its own; the table's name comes as it is to be written. */
export function printSqlCopy(copy: SqlCopy, table: string, file: string): string {
  const columns = copy.columns.length === 0 ? '' : ` (${copy.columns.map(writeSqlName).join(', ')})`;
  const options = [...copy.options].map(([name, value]) => (value === '' ? name : `${name} ${value}`)).join(', ');
  return `COPY ${table}${columns} FROM ${quoteSqlString(file)}${options === '' ? '' : ` (${options})`}`;
}
