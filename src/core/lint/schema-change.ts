import { dropColumn } from '../hazard/drop-column';
import { dropConnection } from '../hazard/drop-connection';
import { dropTable } from '../hazard/drop-table';
import { failingCast } from '../hazard/failing-cast';
import { multiplicity } from '../hazard/multiplicity';
import { narrowType } from '../hazard/narrow-type';
import { primaryKey } from '../hazard/primary-key';
import { violatingRows } from '../hazard/violating-rows';
import type { Lost } from '../loss/lost';
import { lostInChange } from '../loss/lost-in-change';
import { changeObject } from '../report/changes';
import type { Change } from '../schema/change';
import { diffSchemas } from '../schema/diff';
import type { Schema } from '../schema/model';
import { renamesBetween } from '../schema/recorded-renames';
import { collidingFiles, collisionsIn } from './colliding-files';
import { type Demand, demandIn } from './demand';
import type { LintSeverity } from './finding';

/** What a migration as a whole does to the schema; no statement by itself tells it. */
export interface ChangeHit {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly argument: string;
  /** The table, so that a statement can be found that names it. */
  readonly table: string;
  /** The column, to the same end. */
  readonly column?: string;
  readonly isOfType: boolean;
  /** What `{detail}` of its text stands for. */
  readonly detail?: string;
  readonly lost?: Lost;
  readonly demand?: Demand;
}

const RULES = [dropTable, dropColumn, dropConnection, narrowType, primaryKey, multiplicity];
/** What rows may not meet. */
const DEMANDS = [failingCast, violatingRows];

/**
 * What is gone, narrowing casts, key changes, what rows may not meet and what else only two schemas tell, of the migration that leads from one to
 * the other.
 * @param renames as `old=new`, of its header and of its statements
 */
export function changeHits(before: Schema, after: Schema, renames: readonly string[]): ChangeHit[] {
  const between = renamesBetween(renames, before, after);
  const hits: ChangeHit[] = diffSchemas(before, after, between).flatMap((change) => {
    const table = tableOf(change);
    if (table === undefined) return [];
    const lost = lostInChange(change, between);
    const demanded = demandIn(change, between);
    const column = columnOf(change);
    const isOfType = change.kind === 'change-column-type';
    const named = { table, isOfType, ...(column === undefined ? {} : { column }) };
    const hit = { severity: 'warning' as const, argument: changeObject(change), ...named };
    return [
      ...RULES.filter((rule) => rule.applies(change)).map((rule) => {
        return { ...hit, code: rule.code, ...(lost && rule !== narrowType ? { lost } : {}) };
      }),
      ...DEMANDS.filter((rule) => rule.applies(change)).map(({ code }) => ({ ...hit, code, ...demanded })),
    ];
  });
  const old = new Set(collisionsIn(before).map(({ file }) => file));
  const { code, severity } = collidingFiles;
  for (const { table, file } of collisionsIn(after)) {
    if (!old.has(file)) hits.push({ code, severity, argument: file, table, isOfType: false });
  }
  return hits;
}

function columnOf(change: Change): string | undefined {
  switch (change.kind) {
    case 'add-column':
    case 'drop-column':
      return change.column.name;
    case 'change-column-type':
    case 'change-default':
    case 'change-not-null':
    case 'change-generated':
      return change.after.name;
    default:
      return undefined;
  }
}

function tableOf(change: Change): string | undefined {
  if (!('table' in change)) return undefined;
  return typeof change.table === 'string' ? change.table : change.table.name;
}
