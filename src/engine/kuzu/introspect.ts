import { schemaOfCatalog } from '../../core/catalog/to-schema';
import type { Schema } from '../../core/schema/model';
import { normaliseSchema } from '../../core/schema/normalise';
import type { Session } from '../driver';
import { sessionCatalog } from './catalog';

/**
 * The schema of an open database, whole: the engine's calls hide user types, multiplicity and the parentheses of
 * macros, and cost one round through its planner a table; its file has everything in one place.
 */
export async function introspect(session: Session): Promise<Schema> {
  return normaliseSchema(schemaOfCatalog(await sessionCatalog(session)));
}
