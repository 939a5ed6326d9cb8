import { dialectOf } from '../../core/dialect/dialect';
import { collectRenames } from '../../core/lint/written-renames';
import type { Change, Rename } from '../../core/schema/change';
import { diffSchemas, type OrderNote, orderNotes } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import { renamesBetween } from '../../core/schema/recorded-renames';
import { applyRenames, invertRenames } from '../../core/schema/rename';
import { resolveRenames } from '../../core/schema/rename-answer';
import { chooseRenames, type RenameCandidate } from '../../core/schema/rename-candidate';
import { scoreRenames } from '../../core/schema/rename-candidates';
import { parseScript } from '../../core/script/parse';
import { readMigrations } from '../../project/migrations';
import type { Context, Running } from '../context';
import { withOverlap } from './rename-overlap';
import { upTo } from './replay';
import { parseSource, type Source, type SourceSchema, sourceSchema } from './source';

export interface Comparison {
  readonly from: SourceSchema;
  readonly to: SourceSchema;
  readonly changes: readonly Change[];
  /** What was asked for; they are the first of the changes. */
  readonly renames: readonly Rename[];
  /** What may have been renamed besides: questions. */
  readonly candidates: readonly RenameCandidate[];
  /** Differences of order alone, which no ALTER can restore: worth a word, no change. */
  readonly notes: readonly OrderNote[];
}

/**
 * Compares two sources, given as values or as the texts of the command line.
 * @throws MigrateError RENAME_INVALID, and the errors of reading a source
 */
export async function compare(
  context: Context,
  request: Running & {
    readonly from: Source | string;
    readonly to: Source | string;
    /** `User=Person`, `User.email=mail`. */
    readonly renames?: readonly string[];
  },
): Promise<Comparison> {
  const [source, target] = await Promise.all([request.from, request.to].map((one) => asSource(context, one)));
  if (!source || !target) throw new TypeError('a comparison has two sides');
  request.onProgress?.({ step: 'compare' });
  // One after the other: both may need the same file.
  const from = await sourceSchema(context, source, request);
  const to = await sourceSchema(context, target, request);
  const renames = decidedRenames(context, request.renames ?? [], from, to);
  return {
    from,
    to,
    changes: diffSchemas(from.schema, to.schema, renames),
    renames,
    candidates: await candidatesOf(context, from, to, renames, request),
    notes: orderNotes(from.schema, to.schema, renames),
  };
}

/** A side of a comparison, as {@link SourceSchema} has it. */
type Side = Pick<SourceSchema, 'schema' | 'migrations'>;

/**
 * The renames that were asked for, and those that the project's migrations make or their headers record, so that nobody is
 * asked again. Where a side is a state that migrations make, only those behind it can still lead elsewhere.
 * @throws MigrateError RENAME_INVALID
 */
export function decidedRenames(context: Context, asked: readonly string[], from: Side, to: Side): readonly Rename[] {
  const [before, after] = [from.schema, to.schema];
  const given = resolveRenames(asked, before, after);
  const between = recordedRenames(context, [before, after]);
  const recorded = renamesBetween(between(from, to), applyRenames(before, given), after);
  // Going back, to a version or to what the history says, what was renamed on the way up gets its old name.
  const back = invertRenames(renamesBetween(between(to, from), after, applyRenames(before, [...given, ...recorded])));
  const all = [...given, ...recorded, ...back];
  const tables = all.filter(({ kind }) => kind === 'rename-table');
  return [...tables, ...all.filter(({ kind }) => kind === 'rename-column')];
}

/** What the scripts of the project rename between two states; a script that can't be read is told by whoever runs it. */
function recordedRenames({ project, embedded }: Context, schemas: readonly Schema[]) {
  const dialect = schemas.some(({ tables }) => tables.some(({ kind }) => kind === 'table')) ? 'sql' : 'cypher';
  const engine = project.databases.find((one) => dialectOf(one.engine) === dialect)?.engine;
  const files = embedded || engine === undefined ? [] : readMigrations(project, engine).migrations;
  return ({ migrations: first }: Side, { migrations: last }: Side): string[] => {
    const over = new Set(first ? upTo(files, first.to) : []);
    const lying = (last ? upTo(files, last.to) : files).filter((file) => !over.has(file));
    const scripts = lying.filter(({ language }) => language === dialect);
    const parsed = scripts.map(({ upText, down }) => parseScript(upText, dialect, down ? 'up' : 'single'));
    return collectRenames(parsed, dialect);
  };
}

/** What may have been renamed, by the schemas, and by the data where both sides are databases. */
export async function candidatesOf(
  context: Context,
  from: SourceSchema,
  to: SourceSchema,
  decided: readonly Rename[],
  running: Running,
): Promise<RenameCandidate[]> {
  const scored = scoreRenames(from.schema, to.schema, decided);
  return chooseRenames(await withOverlap(context, { from, to, scored, decided }, running));
}

function asSource(context: Context, source: Source | string): Promise<Source> {
  return typeof source === 'string' ? parseSource(context, source) : Promise.resolve(source);
}
