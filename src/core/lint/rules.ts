import { addConstraint } from './add-constraint';
import { alterIfExists } from './alter-if-exists';
import { alterType } from './alter-type';
import { atColumn } from './at-column';
import { cascade } from './cascade';
import { columnWord } from './column-word';
import { commentTarget } from './comment-target';
import { compositeKey } from './composite-key';
import { copiedDefault } from './copied-default';
import { createIndex } from './create-index';
import { dashComment } from './dash-comment';
import { deletedRows } from './deleted-rows';
import { droppedColumn } from './dropped-column';
import { droppedConnection } from './dropped-connection';
import { droppedSequence } from './dropped-sequence';
import { droppedTable } from './dropped-table';
import { endpointColumn } from './endpoint-column';
import { notNull } from './not-null';
import { nowFunction } from './now-function';
import { otherShape } from './other-shape';
import { quotedKey } from './quoted-key';
import { replaceObject } from './replace-object';
import type { LintRule } from './rule';
import { severalActions } from './several-actions';
import { tableFileName } from './table-file-name';
import { truncate } from './truncate';
import { unique } from './unique';

/** What removes data on the way up; a way down removes what the way up has made. */
export const LOSS_RULES: readonly LintRule[] = [
  droppedTable,
  droppedColumn,
  droppedConnection,
  droppedSequence,
  deletedRows,
];

/** Every other rule that looks at statements, by code. */
export const STATEMENT_RULES: readonly LintRule[] = [
  dashComment,
  notNull,
  unique,
  cascade,
  columnWord,
  nowFunction,
  alterType,
  severalActions,
  compositeKey,
  createIndex,
  truncate,
  commentTarget,
  alterIfExists,
  replaceObject,
  addConstraint,
  atColumn,
  otherShape,
  copiedDefault,
  quotedKey,
  endpointColumn,
  tableFileName,
];
