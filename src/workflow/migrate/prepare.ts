import { MigrateError } from '../../core/errors';
import type { MigrationBody, ParsedMigration } from '../../core/migration/kind';
import type { Plan, PlanStep } from '../../core/migration/plan';
import type { HistoryRow, MigrationFile } from '../../core/migration/types';
import { isMended, requireSameBeginning } from './half-way';
import type { RunCode } from './kinds';
import type { Prepared } from './prepared';
import { type FileReader, readFileOf, readScript, recordOfFile } from './read-file';
import { requireApplied } from './requires';
import { BodyBuilder } from './statements-body';
import { scriptToRun } from './stored-script';

export interface PrepareOptions extends FileReader {
  /** Ids that are applied before the run. */
  readonly applied: readonly string[];
}

/**
 * Reads every migration of a plan and looks at all of its statements before the first one runs.
 * @throws MigrateError SCRIPT_INVALID, STATEMENT_DANGEROUS, MIGRATION_IRREVERSIBLE, MIGRATION_REQUIRES,
 *   MIGRATION_HALF_EDITED, CODE_HALF_DONE, MIGRATION_FILE_GONE, and what loading code can throw
 */
export async function preparePlan(plan: Plan, options: PrepareOptions): Promise<PreparedRun> {
  const parsed: ParsedMigration<RunCode>[] = [];
  const builder = new BodyBuilder(options.dialect);
  const migrations: Prepared[] = [];
  // Each once: what went wrong with one is told by its first closing.
  const close = async () => {
    for (const one of parsed.splice(0)) await one.close();
  };
  try {
    const requirements: Parameters<typeof requireApplied>[0][number][] = [];
    for (const step of plan.steps) {
      const read = await readStep(step, options, parsed);
      if (step.direction === 'up') requirements.push({ key: read.key, file: read.file, requires: read.requires });
      const requires = step.direction === 'up' ? read.requires : [];
      migrations.push({ ...read.prepared, requires, ...builder.build(read.prepared, read.body, read.ignores) });
    }
    requireApplied(requirements, options.applied);
    return { migrations, close };
  } catch (error) {
    // The first failure is the answer; code that has not run yet may have one of its own besides.
    await close().catch((second: unknown) => {
      if (!MigrateError.is(second)) throw second;
    });
    throw error;
  }
}

export interface PreparedRun {
  readonly migrations: readonly Prepared[];
  /** Lets go of the code that was loaded. */
  close(): Promise<void>;
}

async function readStep(step: PlanStep, options: PrepareOptions, parsed: ParsedMigration<RunCode>[]) {
  const { entry, direction, stored } = step;
  const key = entry.row?.version ?? entry.key;
  const about = { step, key, name: entry.name };
  if (direction === 'down' && stored && entry.file && entry.row) {
    const mended = await mendedDown(step, entry.file, entry.row, options, parsed);
    if (mended) return { ...about, ...mended, prepared: { ...about, ...mended }, requires: [] };
  }
  if (direction === 'down' && (stored || !entry.file)) {
    const { row } = entry;
    if (row?.downScript == null) throw irreversible(step);
    const script = scriptToRun(row.downScript, options.dialect, entry.file?.file ?? `${row.version}_${row.name}`);
    const found = await readScript(options, script.file, script.text, script.role);
    parsed.push(found);
    const body = script.role === 'down' ? found.up : found.down;
    if (!body) throw irreversible(step);
    requireSameBeginning(step, body, options.dialect);
    const file = entry.file && script.role !== 'down' ? entry.file.file : null;
    return {
      ...about,
      prepared: { ...about, file, record: recordOf(row) },
      body,
      requires: [],
      ignores: found.ignores ?? [],
      file,
    };
  }
  const { file } = entry;
  if (!file) throw new MigrateError('MIGRATION_FILE_GONE', { id: key });
  const found = await readFileOf(options, file);
  parsed.push(...found.parsed);
  const { whole } = found;
  const body = direction === 'up' ? whole.up : found.down;
  if (!body) throw irreversible(step);
  requireSameBeginning(step, body, options.dialect);
  const record = direction === 'down' && entry.row ? recordOf(entry.row) : recordOfFile(file, found);
  const shownFile = direction === 'down' ? (file.down?.file ?? file.file) : file.file;
  const prepared = { ...about, file: shownFile, record };
  return { ...about, prepared, body, requires: whole.requires ?? [], ignores: whole.ignores ?? [], file: shownFile };
}

/** The rest of a way down that failed half way, as its file has it by now. */
async function mendedDown(
  step: PlanStep,
  file: MigrationFile,
  row: HistoryRow,
  options: PrepareOptions,
  parsed: ParsedMigration<RunCode>[],
) {
  if (step.entry.halfDone !== 'down') return undefined;
  const found = await readFileOf(options, file);
  parsed.push(...found.parsed);
  const body = found.down;
  if (!isMended(step, body, options.dialect)) return undefined;
  const record = { ...recordOf(row), downScript: recordOfFile(file, found).downScript };
  return { body, record, file: file.down?.file ?? file.file, ignores: found.whole.ignores ?? [] };
}

function recordOf({ checksum, semanticChecksum: semantic, upScript, downScript }: HistoryRow): Prepared['record'] {
  return { checksum, semanticChecksum: semantic, upScript, downScript };
}

function irreversible({ entry }: PlanStep): MigrateError {
  const where = entry.file ? { where: { file: entry.file.file } } : {};
  return new MigrateError('MIGRATION_IRREVERSIBLE', { id: entry.key, name: entry.name }, where);
}

export type StepBody = MigrationBody<RunCode>;
