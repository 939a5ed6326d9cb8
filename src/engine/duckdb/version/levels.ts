import type { SqlTable } from '../../../core/schema/model';
import {
  createPlaced,
  inLevel,
  type Levels,
  MOST_LEVELS,
  numbered,
  placedName,
  placeLevel,
  rowOf,
  selfReferences,
} from '../../../core/version/sql/levels';
import type { RunOptions, Session } from '../../driver';

/**
 * Places the rows of tables that refer to themselves, in temporary tables, which a session that only reads may have, too.
 * @param nameOf a table's name, as it can be asked for
 */
export async function placeRows(
  session: Session,
  tables: readonly SqlTable[],
  nameOf: (table: SqlTable) => string,
  options: RunOptions,
): Promise<Map<SqlTable, Levels>> {
  const found = new Map<SqlTable, Levels>();
  for (const table of tables.filter((one) => selfReferences(one).length > 0)) {
    const placed = placedName(found.size + 1);
    await session.run([{ text: createPlaced(placed) }], options);
    found.set(table, await place(session, table, nameOf(table), placed, options));
  }
  return found;
}

export async function dropPlaced(session: Session, levels: ReadonlyMap<SqlTable, Levels>): Promise<void> {
  await session.run([...levels.values()].map(({ placed }) => ({ text: `DROP TABLE ${placed}` })));
}

async function place(
  session: Session,
  table: SqlTable,
  from: string,
  placed: string,
  options: RunOptions,
): Promise<Levels> {
  const row = rowOf(table);
  let count = 0;
  for (; count < MOST_LEVELS; count++) {
    const [result] = await session.run([{ text: placeLevel(table, from, placed, count) }], options);
    if (result?.touched === 0) break;
  }
  const rest = `SELECT CAST(count(*) AS VARCHAR) FROM ${numbered(from, row)} WHERE ${inLevel({ placed, row })}`;
  const [open] = await session.run([{ text: rest, rows: 1 }], options);
  return { placed, row, count, hasRest: open?.rows[0]?.[0] !== '0' };
}
