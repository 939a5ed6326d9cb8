import { writeSqlName } from '../../core/dialect/sql-names';
import { MigrateError } from '../../core/errors';
import type { Schema, View } from '../../core/schema/model';
import type { ShadowRun } from '../migrate/shadow-run';

export interface BrokenView {
  readonly view: View;
  /** The engine's words. */
  readonly detail: string;
}

/** The views of a state that the engine can't read. @param shadow in that state */
export async function brokenViews(shadow: ShadowRun, { views = [] }: Schema): Promise<BrokenView[]> {
  const found: BrokenView[] = [];
  for (const view of views) {
    const text = `EXPLAIN FROM ${writeSqlName(view.schema)}.${writeSqlName(view.name)}`;
    try {
      await shadow.statements([{ text, file: 'schema.sql', start: 0, end: text.length, line: 1, column: 1 }]);
    } catch (error) {
      if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
      found.push({ view, detail: String(error.params.detail) });
    }
  }
  return found;
}
