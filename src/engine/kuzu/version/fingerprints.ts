import { schemaOfCatalog } from '../../../core/catalog/to-schema';
import { normaliseSchema } from '../../../core/schema/normalise';
import { unitsOf } from '../../../core/version/carry/unit';
import { type Content, tableContents } from '../../../core/version/content';
import { columnFingerprints, fingerprintQueries } from '../../../core/version/fingerprint';
import { sequencePositions } from '../../../core/version/schema-script';
import type { RunOptions, Session } from '../../driver';
import { sessionCatalog } from '../catalog';

/** What a database holds, in a form that compares: its schema, where its sequences stand, a fingerprint a table. */
export async function contentOf(session: Session, options: RunOptions = {}): Promise<Content> {
  const catalog = await sessionCatalog(session);
  const asked = fingerprintQueries(catalog);
  const queries = asked.flatMap((unit) => unit.queries.map((text) => ({ unit, text })));
  const signal = options.signal ? { signal: options.signal } : {};
  const results =
    queries.length === 0
      ? []
      : await session.run(
          queries.map(({ text }) => ({ text, rows: 1 })),
          signal,
        );
  const sums = queries.map(({ unit }, at) => {
    const [rows, hash] = results[at]?.rows[0] ?? [];
    return { table: unit.table, pair: unit.pair, rows: Number(rows ?? 0), hash: String(hash ?? '0') };
  });
  const schema = normaliseSchema(schemaOfCatalog(catalog));
  return { schema, sequences: sequencePositions(catalog), tables: tableContents(schema, sums) };
}

/** A fingerprint of each column of a table by `Table.column`, to say which one differs. */
export async function columnsOf(
  session: Session,
  table: string,
  options: RunOptions = {},
): Promise<Map<string, string>> {
  const catalog = await sessionCatalog(session);
  const units = unitsOf(catalog).filter((unit) => unit.table.name === table);
  const asked = units
    .flatMap(columnFingerprints)
    .flatMap(({ column, queries }) => queries.map((text) => ({ column, text })));
  const found = new Map<string, string>();
  if (asked.length === 0) return found;
  const signal = options.signal ? { signal: options.signal } : {};
  const results = await session.run(
    asked.map(({ text }) => ({ text, rows: 1 })),
    signal,
  );
  asked.forEach(({ column }, at) => {
    found.set(column, `${found.get(column) ?? ''}+${String(results[at]?.rows[0]?.[1] ?? '0')}`);
  });
  return found;
}
