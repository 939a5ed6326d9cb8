import { quoteSqlName } from '../../core/dialect/sql-names';
import type { RunOptions, Session } from '../driver';

interface Named {
  readonly schema?: string;
  readonly name: string;
}

/**
 * A name that means one thing only. The engine calls a database by its file's name and refuses `app.t` where both the
 * database and a schema are called `app`; none can be called `main`.
 */
export function fullName({ schema = 'main', name }: Named, catalog: string | undefined): string {
  const parts = catalog === undefined ? [schema, name] : [catalog, schema, name];
  return parts.map(quoteSqlName).join('.');
}

/** What the engine calls the open database, asked only where a name needs it. */
export async function ownCatalog(
  session: Session,
  objects: readonly Named[],
  options?: RunOptions,
): Promise<string | undefined> {
  if (objects.every(({ schema = 'main' }) => schema === 'main')) return undefined;
  const [result] = await session.run([{ text: 'SELECT current_database()', rows: 1 }], options);
  return String(result?.rows[0]?.[0]);
}
