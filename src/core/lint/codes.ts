import { DANGER_RULES } from '../danger/rules';
import { HAZARD_RULES } from '../hazard/hazards';
import { brokenView } from './broken-view';
import { collidingFiles } from './colliding-files';
import { noWayDown } from './no-way-down';
import { notBack } from './not-back';
import { notReplayed } from './not-replayed';
import { LOSS_RULES, STATEMENT_RULES } from './rules';
import { unknownCode } from './unknown-code';

/** A code with its one line in English. */
export interface CodeSummary {
  readonly code: string;
  readonly summary: string;
}

const all: readonly CodeSummary[] = [
  ...HAZARD_RULES,
  ...DANGER_RULES,
  ...LOSS_RULES,
  ...STATEMENT_RULES,
  noWayDown,
  notBack,
  notReplayed,
  brokenView,
  unknownCode,
  collidingFiles,
];

/** Every code of docs/hazards.md, in order: what a `lint-ignore` can name. */
export const HAZARD_CODES: readonly CodeSummary[] = [...new Map(all.map((one) => [one.code, one])).values()].sort(
  (a, b) => (a.code < b.code ? -1 : 1),
);
