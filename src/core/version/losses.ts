import type { Loss, LossContext, LossProbe, LossRule } from './loss';
import { directionBackward } from './losses/direction-backward';
import { ftsStopWords } from './losses/fts-stop-words';
import { nanoseconds } from './losses/nanoseconds';
import { noConnection } from './losses/no-connection';
import { sequenceStart } from './losses/sequence-start';

/** What no version can keep, in the order of the codes (docs/export-losses.md). */
export const lossRules: readonly LossRule[] = [
  sequenceStart,
  directionBackward,
  nanoseconds,
  noConnection,
  ftsStopWords,
];

/**
 * What a version of a database would lose: `losses` for certain, and of each of `probes` as its query answers.
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
