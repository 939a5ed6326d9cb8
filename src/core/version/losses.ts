import type { Loss, LossContext, LossProbe, LossRule } from './loss';
import { commentDropped } from './losses/comment-dropped';
import { csvBlob } from './losses/csv-blob';
import { csvDecimal } from './losses/csv-decimal';
import { csvEarlyDate } from './losses/csv-early-date';
import { csvEmptyString } from './losses/csv-empty-string';
import { csvFloat } from './losses/csv-float';
import { csvNegativeInterval } from './losses/csv-negative-interval';
import { csvNested } from './losses/csv-nested';
import { csvNewline } from './losses/csv-newline';
import { csvOptions } from './losses/csv-options';
import { csvUnion } from './losses/csv-union';
import { defaultDropped } from './losses/default-dropped';
import { directionBackward } from './losses/direction-backward';
import { directionForward } from './losses/direction-forward';
import { fieldName } from './losses/field-name';
import { fileCollision } from './losses/file-collision';
import { fileCollisionByCase } from './losses/file-collision-by-case';
import { fileName } from './losses/file-name';
import { filePattern } from './losses/file-pattern';
import { ftsIgnorePattern } from './losses/fts-ignore-pattern';
import { ftsStopWords } from './losses/fts-stop-words';
import { ftsTwice } from './losses/fts-twice';
import { keyNeedsQuotes } from './losses/key-needs-quotes';
import { macroChanged } from './losses/macro-changed';
import { macroNotReadable } from './losses/macro-not-readable';
import { macroParameter } from './losses/macro-parameter';
import { nanoseconds } from './losses/nanoseconds';
import { noConnection } from './losses/no-connection';
import { parquetDecimal } from './losses/parquet-decimal';
import { parquetInt128 } from './losses/parquet-int128';
import { parquetInterval } from './losses/parquet-interval';
import { parquetJsonList } from './losses/parquet-json-list';
import { parquetJsonNull } from './losses/parquet-json-null';
import { parquetMap } from './losses/parquet-map';
import { parquetNegativeInterval } from './losses/parquet-negative-interval';
import { parquetNullShift } from './losses/parquet-null-shift';
import { parquetUnion } from './losses/parquet-union';
import { relPropertyFromTo } from './losses/rel-property-from-to';
import { sequenceNameQuote } from './losses/sequence-name-quote';
import { sequenceShifted } from './losses/sequence-shifted';
import { sequenceStart } from './losses/sequence-start';
import { serialRestarts } from './losses/serial-restarts';
import { serialStartsAtOne } from './losses/serial-starts-at-one';
import { tableNameQuote } from './losses/table-name-quote';
import { typeDropped } from './losses/type-dropped';

/** What the engine's own export loses or breaks on, in the order of the codes (docs/export-losses.md). */
export const lossRules: readonly LossRule[] = [
  defaultDropped,
  commentDropped,
  typeDropped,
  macroChanged,
  sequenceShifted,
  sequenceStart,
  serialStartsAtOne,
  serialRestarts,
  directionForward,
  directionBackward,
  fileCollision,
  fileCollisionByCase,
  parquetInt128,
  parquetInterval,
  parquetNullShift,
  parquetNegativeInterval,
  csvEmptyString,
  csvBlob,
  csvNested,
  nanoseconds,
  csvFloat,
  csvNegativeInterval,
  csvDecimal,
  parquetDecimal,
  csvOptions,
  csvNewline,
  csvEarlyDate,
  keyNeedsQuotes,
  relPropertyFromTo,
  fileName,
  filePattern,
  tableNameQuote,
  sequenceNameQuote,
  fieldName,
  macroParameter,
  noConnection,
  macroNotReadable,
  parquetJsonNull,
  parquetJsonList,
  parquetMap,
  parquetUnion,
  csvUnion,
  ftsStopWords,
  ftsIgnorePattern,
  ftsTwice,
];

/**
 * What an export of a database would lose: `losses` for certain, and of each of `probes` as its query answers.
 * @throws CatalogFormatError MALFORMED, for the settings of an index
 */
export function findLosses(context: LossContext): {
  readonly losses: readonly Loss[];
  readonly probes: readonly LossProbe[];
} {
  const findings = lossRules.map((rule) => rule.find(context));
  return {
    losses: findings.flatMap((finding) => finding.losses),
    probes: findings.flatMap((finding) => finding.probes),
  };
}
