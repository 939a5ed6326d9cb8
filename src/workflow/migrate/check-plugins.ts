import { dangerError } from '../../core/danger/error';
import { DangerWatch } from '../../core/danger/watch';
import { MigrateError } from '../../core/errors';
import type { Finding } from '../../core/migration/check-types';
import type { Entry } from '../../core/migration/state';
import { classify } from '../../core/statement/classify';
import type { CodeDatabase, PluginClient } from '../../engine/code/types';
import type { Driver, RunOptions, Session } from '../../engine/driver';

const ALL_ROWS = Number.MAX_SAFE_INTEGER;

/**
 * Runs the checks of a project's plugins, with a database that only reads.
 * @param session of the database; where there is none yet, the checks see an empty one in memory
 * @throws MigrateError PLUGIN_FAILED, CANCELLED, STATEMENT_NOT_READING and what a query fails with
 */
export async function pluginFindings(
  driver: Driver,
  plugins: readonly PluginClient[],
  session: Session | undefined,
  entries: readonly Entry[],
  options: RunOptions,
): Promise<Finding[]> {
  const checks = plugins.flatMap((plugin) => plugin.checks.map((name) => ({ plugin, name })));
  if (checks.length === 0) return [];
  const empty = session ? undefined : await driver.open({ readOnly: false });
  try {
    const migrations = entries.map(({ key: id, name, file, state }) => ({ id, name, file: file?.file ?? null, state }));
    const findings: Finding[] = [];
    for (const { plugin, name } of checks) {
      const database = readerOf(driver, session ?? empty, options);
      for (const found of await plugin.check(name, database, { migrations }, options)) {
        findings.push({
          severity: found.severity,
          code: 'plugin',
          id: entries.find(({ file }) => file && file.file === found.file)?.key ?? null,
          file: found.file ?? null,
          ...(found.line === undefined ? {} : { line: found.line }),
          message: { key: 'check.plugin', params: { message: found.message } },
          cause: { key: 'check.cause.plugin', params: { plugin: plugin.name, check: name } },
          commands: [],
        });
      }
    }
    return findings;
  } finally {
    await empty?.close();
  }
}

/** The guarded path, for queries alone: what a copy or an empty database would let through is refused all the same. */
function readerOf(
  { dialect }: Driver,
  session: Session | undefined,
  options: RunOptions,
): Pick<CodeDatabase, 'dialect' | 'rows'> {
  const watch = new DangerWatch(dialect, true);
  return {
    dialect,
    rows: async (text) => {
      const where = { statement: text };
      const { kind } = classify(text, dialect);
      // What Kùzu tells of itself it tells by calls.
      const reads = kind === 'query' || (kind === 'call' && dialect === 'cypher');
      if (!reads) throw new MigrateError('STATEMENT_NOT_READING', { statement: text }, { where });
      const { dangers } = watch.next({ text, start: 0, end: text.length, line: 1, column: 1, ignores: [] });
      const refused = dangers.find(({ severity }) => severity === 'refuse');
      if (refused) throw dangerError(refused, where);
      const [result] = (await session?.run([{ text, rows: ALL_ROWS }], options)) ?? [];
      const { columns, rows } = result ?? { columns: [], rows: [] };
      return rows.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])));
    },
  };
}
