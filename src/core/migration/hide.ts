import { sameName } from '../dialect/kuzu-names';
import type { Schema } from '../schema/model';
import type { HistoryTables } from './types';

/** A schema without our own tables: the history is no part of what a user compares. */
export function withoutHistory(schema: Schema, tables: HistoryTables): Schema {
  const ours = [tables.history, tables.version, tables.event];
  return { ...schema, tables: schema.tables.filter(({ name }) => !ours.some((one) => sameName(one, name))) };
}
