import { countQuery } from '../../core/lint/count-query';
import type { LintFinding } from '../../core/lint/finding';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { isNewDatabase } from '../migrate/situation';
import { openForReading, type ReadFromCopy } from '../reading';

export interface Counted {
  readonly findings: readonly LintFinding[];
  readonly fromCopy?: ReadFromCopy;
}

/**
 * Says of what would be lost how much of it the database holds; where that is nothing, it is only a note. Of migrations
 * that are applied there nothing is counted: theirs is gone already.
 * @param versionOf the id of a file's migration, as the history keeps it
 */
export async function withCounts(
  context: Context,
  database: Database,
  findings: readonly LintFinding[],
  versionOf: (file: string) => string | undefined,
  { signal }: Running,
): Promise<Counted> {
  if (!findings.some(({ lost }) => lost) || (await isNewDatabase(database.path))) return { findings };
  const driver = context.driver(database.engine);
  const options = signal ? { signal } : {};
  const reading = await openForReading(driver, database);
  try {
    const { session, fromCopy } = reading;
    const schema = await driver.introspect(session, options);
    const history = await driver.readHistory(session, context.project.historyTables, options);
    const applied = new Set(history?.rows.flatMap(({ status, version }) => (status === 'success' ? [version] : [])));
    const counted: LintFinding[] = [];
    for (const finding of findings) {
      const version = versionOf(finding.file);
      const isPending = version !== undefined && !applied.has(version);
      const query = finding.lost && isPending ? countQuery(finding.lost, schema, driver.dialect) : undefined;
      if (query === undefined) {
        counted.push(finding);
        continue;
      }
      const [result] = await session.run([{ text: query, rows: 1 }], options);
      const count = Number(result?.rows[0]?.[0] ?? 0);
      const params = { ...finding.message.params, count, database: database.name };
      const message = { key: `lint.counted.${finding.code}`, params };
      counted.push({ ...finding, ...(count === 0 ? { severity: 'note' } : {}), message });
    }
    return { findings: counted, ...(fromCopy ? { fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}
