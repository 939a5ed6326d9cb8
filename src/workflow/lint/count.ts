import type { LintFinding } from '../../core/lint/finding';
import type { Database } from '../../project/project';
import type { Context, Running } from '../context';
import { countIn } from '../losses';
import { isNewDatabase } from '../migrate/situation';
import { openForReading, type ReadFromCopy } from '../reading';
import { countUnmet } from './unmet';

export interface Counted {
  readonly findings: readonly LintFinding[];
  readonly fromCopy?: ReadFromCopy;
}

/**
 * Says of what would be lost how much of it the database holds, and of what is asked of rows how many don't meet it; where
 * that is nothing, it is only a note. Of migrations
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
  if (!findings.some(({ lost, demand }) => lost ?? demand) || (await isNewDatabase(database.path))) return { findings };
  const driver = context.driver(database.engine);
  const options = signal ? { signal } : {};
  const reading = await openForReading(driver, database);
  try {
    const { session, fromCopy } = reading;
    const schema = await driver.introspect(session, options);
    const history = await driver.readHistory(session, context.project.historyTables, options);
    const applied = new Set(history?.rows.flatMap(({ status, version }) => (status === 'success' ? [version] : [])));
    const isPending = (file: string) => {
      const version = versionOf(file);
      return version !== undefined && !applied.has(version);
    };
    const lost = findings.map((one) => (isPending(one.file) ? one.lost : undefined));
    const counts = await countIn(driver, session, schema, lost, options);
    const demands = findings.map((one) => (isPending(one.file) ? one.demand : undefined));
    const unmet = await countUnmet(context, session, schema, demands, options);
    const counted = findings.map((finding, at): LintFinding => {
      const count = counts[at]?.count ?? unmet[at];
      if (count === undefined) return finding;
      const params = { ...finding.message.params, count, database: database.name };
      const message = { key: `lint.counted.${finding.code}`, params };
      return { ...finding, ...(count === 0 ? { severity: 'note' } : {}), message };
    });
    return { findings: counted, ...(fromCopy ? { fromCopy } : {}) };
  } finally {
    await reading.close();
  }
}
