import { type Edit, findingsOf, sortFindings } from '../../core/migration/check';
import type { Finding } from '../../core/migration/check-types';
import type { Entry } from '../../core/migration/state';
import type { Session } from '../../engine/driver';
import type { Database, Project } from '../../project/project';
import type { Context, Running } from '../context';
import { openForReading, type ReadFromCopy } from '../reading';
import { editOf, scriptProblem } from './check-edits';
import { pluginFindings } from './check-plugins';
import { openKinds } from './kinds';
import { findOther } from './other-history';
import type { FileReader } from './read-file';
import { isNewDatabase, readFiles, type Situation, situationOf } from './situation';

export interface CheckRequest extends Running {
  readonly database: Database;
  /** A pending migration is an error, too. */
  readonly noPending?: boolean;
}

export interface CheckResult {
  /** Errors and notes, by id. */
  readonly findings: readonly Finding[];
  readonly fromCopy?: ReadFromCopy;
}

/**
 * Compares the files of a project with the history of a database, and runs the checks of the project's plugins. Reads
 * only: takes no lock and writes nothing.
 * @throws MigrateError HISTORY_TABLE_FOREIGN, PLUGIN_FAILED and the errors of opening
 */
export async function checkMigrations(context: Context, request: CheckRequest): Promise<CheckResult> {
  const { project } = context;
  const { database, signal } = request;
  const driver = context.driver(database.engine);
  const kinds = await openKinds(context, driver.dialect);
  try {
    const files = readFiles(context, database, kinds.extraEndings);
    const reading = (await isNewDatabase(database.path))
      ? undefined
      : await openForReading(driver, database, { catalog: false });
    try {
      const options = signal ? { signal } : {};
      const history = reading && (await driver.readHistory(reading.session, project.historyTables, options));
      const situation = situationOf(files, history, reading?.fromCopy);
      const reader = { projectDir: project.dir, dialect: driver.dialect, kinds: kinds.all };
      const findings = [
        ...(await ownFindings(reader, situation, callFor(project, database), request)),
        ...(await otherFindings(context, reading?.session, situation, database)),
        ...(await pluginFindings(driver, kinds.plugins, reading?.session, situation.entries, options)),
      ];
      const { fromCopy } = situation;
      return { findings: sortFindings(findings, situation.entries), ...(fromCopy ? { fromCopy } : {}) };
    } finally {
      await reading?.close();
    }
  } finally {
    await kinds.close();
  }
}

/** What files and history say by themselves; also what `repair` without a kind lists. */
export async function ownFindings(
  reader: FileReader,
  situation: Situation,
  call: string,
  { noPending = false }: Pick<CheckRequest, 'noPending'> = {},
): Promise<Finding[]> {
  const { entries } = situation;
  const problems = [...situation.problems];
  const edits = new Map<string, Edit>();
  for (const entry of entries) {
    const problem = mayRun(entry) ? await scriptProblem(reader, entry) : undefined;
    if (problem) problems.push(problem);
    else if (isEdited(entry)) edits.set(entry.key, await editOf(reader, entry));
  }
  return findingsOf({ entries, problems, edits, noPending, call });
}

/** How the tool is called for a database, as the commands of findings say it. */
export function callFor(project: Project, { name }: Database): string {
  return name === project.defaultDatabase?.name ? 'kuzu-migrate' : `kuzu-migrate --db ${quoted(name)}`;
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replace(/'/g, "'\\''")}'`;
}

function isEdited({ state, commentsOnly }: Entry): boolean {
  return state === 'changed' || commentsOnly === true;
}

function mayRun(entry: Entry): boolean {
  return isEdited(entry) || ['pending', 'failed', 'out-of-order'].includes(entry.state);
}

/** Another tool's history, while there is none of ours. */
async function otherFindings(
  { project }: Context,
  session: Session | undefined,
  { history }: Situation,
  database: Database,
): Promise<Finding[]> {
  if (!session || (history && history.rows.length > 0)) return [];
  const found = await findOther(session, database.engine);
  return found.map(({ tool, table }) => ({
    severity: 'note',
    code: 'other-history',
    id: null,
    file: null,
    message: { key: 'check.other-history', params: { tool, table } },
    cause: { key: 'check.cause.other-history', params: {} },
    commands: [`${callFor(project, database)} baseline --from ${tool}`],
  }));
}
