import { foldName } from '../dialect/kuzu-names';
import type { Rename } from './change';
import { match } from './match';
import type { Schema, Table } from './model';
import { keyOf } from './order';
import { applyRenames } from './rename';
import { chooseRenames, type RenameCandidate, type ScoredRename } from './rename-candidate';
import { scoreColumns } from './rename-columns';
import { scoreTables, shapeOf } from './rename-tables';

/** With how many new tables an old one is looked at column by column. */
const TABLES = 3;
/** How many new tables an old one may become: in a schema of equal tables all pairs would be too many to weigh. */
const PAIRS = 20;

/**
 * What may have been renamed between two schemas, by shape, place and name. Nothing is decided here: each one is a question,
 * and where nobody answers it stays a thing that went and one that came.
 * @param decided renames that need no question any more
 */
export function findRenames(before: Schema, after: Schema, decided: readonly Rename[] = []): RenameCandidate[] {
  return chooseRenames(scoreRenames(before, after, decided));
}

/** All pairs that could be one, before the best are chosen: what else is known of them may move their scores. */
export function scoreRenames(older: Schema, after: Schema, decided: readonly Rename[] = []): ScoredRename[] {
  const before = applyRenames(older, decided);
  const gone: Table[] = [];
  const came: Table[] = [];
  const columns: ScoredRename[] = [];
  match(before.tables, after.tables, keyOf, {
    dropped: (table) => gone.push(table),
    added: (table) => came.push(table),
    both: (a, b) => {
      if (a !== b && a.kind === b.kind) columns.push(...scoreColumns(a, b));
    },
  });
  const tables = pairs(gone, came, (table) => table.kind !== 'rel', new Map());
  const nodes = new Map(chooseRenames(tables.map(({ scored }) => scored)).map(nodeName));
  tables.push(...pairs(gone, came, (table) => table.kind === 'rel', nodes));
  for (const { before: a, after: b, scored, rank } of tables) {
    if (rank < TABLES) columns.push(...scoreColumns(a, b, scored.rename));
  }
  return [...tables.map(({ scored }) => scored), ...columns];
}

interface Pair {
  readonly before: Table;
  readonly after: Table;
  readonly scored: ScoredRename;
  /** How many pairs of the older table are better. */
  readonly rank: number;
}

function pairs(
  gone: readonly Table[],
  came: readonly Table[],
  isOne: (table: Table) => boolean,
  nodes: ReadonlyMap<string, string>,
): Pair[] {
  const newer = came.filter(isOne).map(shapeOf);
  return gone.filter(isOne).flatMap((before) => {
    const older = shapeOf(before);
    return newer
      .flatMap((shape) => {
        const scored = scoreTables(older, shape, nodes);
        return scored ? [{ before, after: shape.table, scored }] : [];
      })
      .sort((a, b) => b.scored.score - a.scored.score)
      .slice(0, PAIRS)
      .map((pair, rank) => ({ ...pair, rank }));
  });
}

function nodeName({ rename }: RenameCandidate): [string, string] {
  return [foldName(rename.from), rename.to];
}
