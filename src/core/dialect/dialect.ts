import type { EngineName } from '../schema/model';

/** What a script is written in. */
export type Dialect = 'cypher' | 'sql';

/** The dialect of an engine's scripts. */
export function dialectOf(engine: EngineName): Dialect {
  return engine === 'duckdb' ? 'sql' : 'cypher';
}
