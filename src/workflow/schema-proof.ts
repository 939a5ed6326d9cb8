import { quoteName } from '../core/dialect/kuzu-names';
import { MigrateError } from '../core/errors';
import type { SchemaBuild } from '../core/schema/build/build';
import type { Driver } from '../engine/driver';
import { shadowSchema } from '../engine/shadow';
import { withSession } from '../engine/with-session';
import type { Running } from './context';

/**
 * Runs a schema in a shadow.
 * @returns what the engine refuses, at its place in the file it comes from: STATEMENT_FAILED, ENGINE_CRASHED; and
 * DDL_UNDEFINED for functions of macros that the engine does not know
 * @throws MigrateError CANCELLED and what has no place in a file
 */
export async function proveBuild(
  driver: Driver,
  { statements, calls }: Pick<SchemaBuild, 'statements' | 'calls'>,
  { signal }: Running,
): Promise<MigrateError[]> {
  const options = signal ? { signal } : {};
  try {
    await shadowSchema(driver, statements, { ...options, enclosed: true });
  } catch (error) {
    if (MigrateError.is(error) && error.where.file !== undefined && error.code !== 'CANCELLED') return [error];
    throw error;
  }
  // DuckDB binds a macro when it is made; Kùzu only when it is called (measured).
  if (driver.dialect === 'sql' || calls.length === 0) return [];
  const extensions = statements.filter(({ text }) => /^\s*(?:LOAD|INSTALL)\b/i.test(text));
  const unknown = await withSession(driver, { readOnly: false }, async (session) => {
    if (extensions.length > 0) await session.run(extensions, options);
    const missing = new Set<string>();
    for (const name of new Set(calls.map((call) => call.name))) {
      try {
        // Binding alone: nothing is called, and a wrong number of arguments is another error. In quotes a keyword that
        // stands before a bracket, as in `x IN (1)`, would be taken for a function.
        const call = /^\w+$/.test(name) ? name : quoteName(name);
        await session.run([{ text: `EXPLAIN RETURN ${call}()` }], options);
      } catch (error) {
        if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
        if (/function .* does not exist/i.test(String(error.params.detail))) missing.add(name);
      }
    }
    return missing;
  });
  return calls
    .filter(({ name }) => unknown.has(name))
    .map(({ name, where }) => {
      const params = { kind: '@ddl.kind.macro', name, place: `${where.file}:${where.line}` };
      return new MigrateError('DDL_UNDEFINED', params, { where });
    });
}
