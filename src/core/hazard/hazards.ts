import type { Change } from '../schema/change';
import { dropColumn } from './drop-column';
import { dropConnection } from './drop-connection';
import { dropTable } from './drop-table';
import { failingCast } from './failing-cast';
import { fixedObject } from './fixed-object';
import { indexOutsideTransaction } from './index-outside-transaction';
import { multiplicity } from './multiplicity';
import { narrowType } from './narrow-type';
import { noWayBack } from './no-way-back';
import { primaryKey } from './primary-key';
import { rebuildColumn } from './rebuild-column';
import { rebuildStorage } from './rebuild-storage';
import { rebuildTable } from './rebuild-table';
import type { HazardRule } from './rule';
import { sequenceRestart } from './sequence-restart';
import { violatingRows } from './violating-rows';

/** Every rule, by code. */
export const HAZARD_RULES: readonly HazardRule[] = [
  dropTable,
  dropColumn,
  dropConnection,
  narrowType,
  sequenceRestart,
  primaryKey,
  multiplicity,
  fixedObject,
  noWayBack,
  rebuildColumn,
  rebuildStorage,
  indexOutsideTransaction,
  rebuildTable,
  failingCast,
  violatingRows,
];

/** The codes of the rules that a change falls under, in the order of their codes; none for a harmless change. */
export function hazardsOf(change: Change): string[] {
  return HAZARD_RULES.filter((rule) => rule.applies(change)).map((rule) => rule.code);
}

/** Whether a hazard means lost data, which has to be confirmed before it happens. */
export function losesData(code: string): boolean {
  return code.startsWith('DL');
}
