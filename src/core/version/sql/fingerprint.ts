import { writeSqlName } from '../../dialect/sql-names';
import type { SqlColumn } from '../../schema/model';

/** The hashes of these tell all of their values apart; of others the engine calls different ones equal, such as -0.0 and 0.0. */
const HASHED =
  /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|VARCHAR|BLOB|BIT|DATE|TIME|UUID|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|DECIMAL\(\d+, ?\d+\))$/;

/**
 * A query whose row of two texts is equal for tables of equal rows, in whatever order (but for chance, 1 in 2^64): the
 * number of rows and the sum of their hashes.
 * @param from the table's name, as it can be asked for
 */
export function fingerprintQuery(columns: readonly SqlColumn[], from: string): string {
  const values = columns.flatMap(({ name, type }) => {
    const column = writeSqlName(name);
    if (HASHED.test(type)) return [column];
    // A collation would have its own idea of equal texts.
    if (/ COLLATE /.test(type)) return [`encode(${column})`];
    return [column, `CAST(${column} AS VARCHAR)`];
  });
  const sum = `CAST(coalesce(sum(CAST(hash(${values.join(', ')}) AS HUGEINT)), 0) AS VARCHAR)`;
  return `SELECT CAST(count(*) AS VARCHAR), ${sum} FROM ${from}`;
}
