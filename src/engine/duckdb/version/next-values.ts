import type { Counters } from '../../../core/version/sql/sequences';
import { tableName } from '../../../core/version/sql/table-name';
import type { RunOptions, Session } from '../../driver';

// The text has the next value as START. `last_value` is one too far in a database that was opened anew (measured).
const QUERY =
  "SELECT schema_name, sequence_name, regexp_extract(sql, ' START (-?[0-9]+) (NO )?CYCLE;$', 1) " +
  'FROM duckdb_sequences() WHERE database_name = current_database() AND NOT temporary';

/** Where the sequences of an open database stand. */
export async function nextValues(session: Session, options: RunOptions = {}): Promise<Counters> {
  const [result] = await session.run([{ text: QUERY, rows: Number.MAX_SAFE_INTEGER }], options);
  return new Map(
    (result?.rows ?? []).map(([schema, name, next]) => [
      tableName({ schema: String(schema), name: String(name) }),
      String(next),
    ]),
  );
}
