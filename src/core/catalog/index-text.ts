import { quoteString } from '../dialect/kuzu-names';
import { ByteReader } from './byte-reader';
import { literalText } from './expression-text';
import type { CatalogIndex, CatalogMacro } from './model';

/** `fts_config.h` of Kùzu 0.11.3. */
const DEFAULT_IGNORE_PATTERN = '[0-9!@#$%^&*()_+={}\\[\\]:;<>,.?~\\/\\|\'"`-]+';

/** The helper macro of a full-text index; the engine keeps it in the user's catalog, also after the index is gone. */
const TOKENIZER_NAME = /^\d+_.*_TOKENIZE$/s;
const TOKENIZER_BODY = 'string_split(lower(regexp_replace(CAST(query AS STRING), ';

const METRICS = ['cosine', 'l2', 'l2sq', 'dotproduct'];

export interface FtsSettings {
  readonly stemmer: string;
  readonly stopWordsTable: string;
  /** What was given when the index was made: `default`, a table or a file. */
  readonly stopWords: string;
}

export interface HnswSettings {
  readonly mu: bigint;
  readonly ml: bigint;
  readonly metric: string;
  readonly alpha: number;
  readonly efc: bigint;
}

/** @throws CatalogFormatError MALFORMED */
export function readFtsSettings(settings: Uint8Array): FtsSettings {
  const reader = new ByteReader(settings);
  const stemmer = reader.string();
  const stopWordsTable = reader.string();
  return { stemmer, stopWordsTable, stopWords: reader.string() };
}

/** Whether a macro is a helper that `CREATE_FTS_INDEX` made. */
export function isHelperMacro(macro: CatalogMacro): boolean {
  return TOKENIZER_NAME.test(macro.name) && macro.body.startsWith(TOKENIZER_BODY);
}

/**
 * The pattern of what a full-text index leaves out, where it is not the engine's own. It stands in the helper macro
 * alone: the settings of the index hold the default, whatever was given (measured on 0.11.3).
 */
export function ignorePattern(index: CatalogIndex, macros: readonly CatalogMacro[]): string | undefined {
  const name = `${index.tableId}_${index.indexName}_tokenize`.toUpperCase();
  const macro = macros.find((candidate) => candidate.name === name && isHelperMacro(candidate));
  const pattern = literalText(macro?.expression.children[0]?.children[0]?.children[1]);
  return pattern === DEFAULT_IGNORE_PATTERN ? undefined : pattern;
}

/** The engine writes all settings of such an index but `pu`, which is its default again once the file is reopened. */
export function readHnswSettings(settings: Uint8Array): HnswSettings {
  const reader = new ByteReader(settings);
  const mu = reader.i64();
  const ml = reader.i64();
  const number = reader.u8();
  const metric = METRICS[number] ?? reader.fail(`the metric ${number}`);
  return { mu, ml, metric, alpha: reader.f64(), efc: reader.i64() };
}

/**
 * The `CALL` that makes an index, in the engine's own wording (`CALL show_indexes`), without a final semicolon. What
 * the engine leaves out, `ignore_pattern`, stands at the end.
 * @returns undefined for a type of index that this reader does not know
 * @throws CatalogFormatError MALFORMED
 */
export function indexDefinition(
  index: CatalogIndex,
  table: string,
  columns: readonly string[],
  macros: readonly CatalogMacro[],
): string | undefined {
  const target = `${quoteString(table)}, ${quoteString(index.indexName)}`;
  if (index.type === 'FTS') {
    const { stemmer, stopWords } = readFtsSettings(index.settings);
    const list = columns.map(quoteString).join(', ');
    const own = ignorePattern(index, macros);
    const pattern = own === undefined ? '' : `, ignore_pattern := ${quoteString(own)}`;
    const words = `stemmer := ${quoteString(stemmer)}, stopWords := ${quoteString(stopWords)}`;
    return `CALL CREATE_FTS_INDEX(${target}, [${list}], ${words}${pattern})`;
  }
  if (index.type === 'HNSW') {
    const { mu, ml, metric, alpha, efc } = readHnswSettings(index.settings);
    const shape = `mu := ${mu}, ml := ${ml}, pu := 0.050000, metric := '${metric}', alpha := ${alpha.toFixed(6)}, efc := ${efc}`;
    return `CALL CREATE_VECTOR_INDEX(${target}, ${columns.map(quoteString).join(', ')}, ${shape})`;
  }
  return undefined;
}
