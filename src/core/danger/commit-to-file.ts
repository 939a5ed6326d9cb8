import type { Entry } from './rule';

/** From so many rows a table gets a row group of its own. */
const ROW_GROUP = 122_880;

/**
 * Whether a transaction of Kùzu must be in the file before it counts as committed, since its WAL does not keep it: it
 * copies rows, which are not in the WAL at all; it drops a column, which is replayed only half (see `finishReplay`); it
 * drops the sequence of a SERIAL column, which is not replayed, so that the next one of that name can't be made and the
 * database not be opened; or it deletes relationships and detaches nodes of them (see `needOf`), and no checkpoint can
 * stand between.
 * @source `WALReplayer::replayCopyTableRecord` of Kùzu 0.11.3 does nothing; the rest is measured
 */
export function wantsCheckpoint(entries: readonly Entry[]): boolean {
  if (entries.some(({ facts, effects }) => facts.kind === 'copy' && effects.length > 0)) return true;
  if (entries.some(({ effects }) => effects.some(({ does }) => does === 'drop-column'))) return true;
  if (entries.some(dropsSerial)) return true;
  const deletes = entries.flatMap(({ effects }) => effects.filter((effect) => effect.does === 'delete'));
  return deletes.length > 1 && deletes.some(({ detach }) => detach);
}

/** By the name that the engine gives such a sequence: `TABLE_COLUMN_serial`. */
function dropsSerial({ facts, tokens }: Entry): boolean {
  if (facts.kind !== 'drop-sequence') return false;
  return tokens.name(tokens.matches(2, 'if', 'exists') ? 4 : 2).endsWith('_serial');
}

/**
 * Whether the commits of a section must go straight into DuckDB's file instead of the WAL: with
 * `SET checkpoint_threshold = '0B'` before it, and the old value after it. A kill between such a commit and the next
 * checkpoint otherwise leaves a WAL that can't be replayed, and the database can't be opened any more.
 * @source measured on DuckDB 1.5.5: ALTER TABLE and COMMENT ON COLUMN where a default calls a function (`nextval`);
 * UPDATE or DELETE and a rename of the table in one transaction; a large INSERT into an indexed table and another one; an
 * UPDATE or MERGE of more than 122,880 rows of an indexed table, which also can leave an index that finds nothing;
 * DROP INDEX and CREATE INDEX of the same name in one transaction, which also aborts at COMMIT or leaves an index that
 * finds nothing. With the threshold at 0 each of them is whole after a kill.
 */
export function commitsToFile(entries: readonly Entry[]): boolean {
  let rows = 0;
  const dropped = new Set<string>();
  for (const { facts, tokens } of entries) {
    if (facts.kind === 'alter-table' || (facts.kind === 'comment' && tokens.word(2) === 'column')) return true;
    for (const effect of facts.effects) {
      // How many rows it meets is not known.
      if (effect.does === 'update' || (effect.does === 'insert' && effect.bulk)) return true;
      if (effect.does === 'drop-index') dropped.add(effect.name);
      if (effect.does === 'create-index' && dropped.has(effect.name)) return true;
    }
    // A row takes at least three tokens: a bracket, a value, and another bracket.
    if (facts.effects.some(({ does }) => does === 'insert')) rows += tokens.length / 3;
    if (rows > ROW_GROUP) return true;
  }
  return false;
}
