import { attachedKuzu } from './attached-kuzu';
import { changedRowsAndAlter } from './changed-rows-and-alter';
import { deepNesting } from './deep-nesting';
import { droppedColumnAndPair } from './dropped-column-and-pair';
import { everyTable } from './every-table';
import { insertAndDropTable } from './insert-and-drop-table';
import { insertCopyChange } from './insert-copy-change';
import { lastPair } from './last-pair';
import { otherSchema } from './other-schema';
import type { DangerRule } from './rule';
import { serialRenamed } from './serial-renamed';
import { showFunctions } from './show-functions';
import { transactionStatement } from './transaction-statement';
import { twoDatabases } from './two-databases';
import { unreadableExpression } from './unreadable-expression';
import { writtenAndDroppedColumn } from './written-and-dropped-column';

/** Every rule, by code. */
export const DANGER_RULES: readonly DangerRule[] = [
  transactionStatement,
  writtenAndDroppedColumn,
  insertAndDropTable,
  droppedColumnAndPair,
  lastPair,
  showFunctions,
  deepNesting,
  unreadableExpression,
  attachedKuzu,
  insertCopyChange,
  serialRenamed,
  everyTable,
  changedRowsAndAlter,
  otherSchema,
  twoDatabases,
];
