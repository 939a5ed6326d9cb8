import { dialectOf } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import { HAZARD_RULES, hazardsOf } from '../../core/hazard/hazards';
import { type GeneratedContent, generatedMigration } from '../../core/migration/generated';
import type { NewFile } from '../../core/migration/template';
import { changeObject, changeRows } from '../../core/report/changes';
import type { Change, ChangeRow, Rename } from '../../core/schema/change';
import { diffSchemas } from '../../core/schema/diff';
import { lostBy } from '../../core/schema/plan/lost';
import { planWay } from '../../core/schema/plan/plan';
import type { Left } from '../../core/schema/plan/types';
import { invertRenames } from '../../core/schema/rename';
import type { RenameCandidate } from '../../core/schema/rename-candidate';
import { renameText } from '../../core/schema/rename-text';
import { inShell } from '../../core/text/in-shell';
import type { Database } from '../../project/project';
import { candidatesOf, decidedRenames } from '../compare/compare';
import { parseSource, type Source, type SourceSchema, sourceSchema } from '../compare/source';
import type { Context, Running } from '../context';
import { createFiles } from '../create';
import type { Note } from '../migrate/types';
import { prove } from './prove';

export interface GenerateRequest extends Running {
  readonly database: Database;
  readonly name: string;
  /** Left out: the state after all migrations. */
  readonly from?: Source | string;
  /** Left out: the desired schema. */
  readonly to?: Source | string;
  /** `old=new`, as on the command line. */
  readonly renames?: readonly string[];
  readonly kind?: 'single' | 'pair';
  /** Answers which of what may be a rename is one. @throws MigrateError RENAME_UNDECIDED, CANCELLED */
  readonly decide: (candidates: readonly RenameCandidate[]) => Promise<readonly Rename[]>;
  readonly now?: Date;
  /** Writes nothing: the texts are in the result. */
  readonly preview?: boolean;
}

export interface GenerateResult {
  /** Relative to the project; of a preview their names. Empty where nothing differs. */
  readonly files: readonly string[];
  readonly paths: readonly string[];
  readonly texts: readonly NewFile[];
  readonly changes: readonly ChangeRow[];
  readonly renames: readonly string[];
  /** What the way up destroys. */
  readonly lost: readonly Left[];
  readonly from: SourceSchema;
  readonly to: SourceSchema;
  readonly notes: readonly Note[];
}

/**
 * Writes the migration that leads from one schema to another, after it has been proven on a throw-away database.
 * @throws MigrateError GENERATE_DIFFERS, NAME_AMBIGUOUS, RENAME_UNDECIDED, RENAME_INVALID, MIGRATION_NAME_INVALID, and what reading the sources throws
 */
export async function generate(context: Context, request: GenerateRequest): Promise<GenerateResult> {
  const from = await schemaOf(context, request.from ?? { kind: 'migrations' }, request);
  const to = await schemaOf(context, request.to ?? { kind: 'desired' }, request);
  const made = await plan(context, request, from, to);
  const { changes, content } = made;
  const same = { changes: changeRows(changes), renames: content.renames, lost: content.lost, from, to };
  if (changes.length === 0) return { ...same, files: [], paths: [], texts: [], notes: [] };
  const dialect = dialectOf(request.database.engine);
  const make = (at: Date) => generatedMigration(request.kind ?? 'single', dialect, at, request.name, content);
  const now = request.now ?? new Date();
  const texts = make(now);
  request.onProgress?.({ step: 'prove' });
  const oneWay = content.down.left.length > 0;
  const sides = { before: from.schema, after: to.schema };
  await prove(context, { database: request.database, ...sides, files: texts, oneWay }, request);
  const notes = [...notesOf(content), ...made.notes];
  if (request.preview) return { ...same, files: texts.map(({ name }) => name), paths: [], texts, notes };
  const created = await createFiles(context.project, now, make, { isLast: true });
  return { ...same, ...created, texts, notes: [...notes, ...created.notes] };
}

interface Planned {
  readonly changes: readonly Change[];
  readonly content: GeneratedContent;
  readonly notes: readonly Note[];
}

/** Everything that a migration between two schemas says; only the renames are asked about. */
export async function plan(
  context: Context,
  request: Running & Pick<GenerateRequest, 'renames' | 'decide'>,
  from: SourceSchema,
  to: SourceSchema,
): Promise<Planned> {
  const given = decidedRenames(context, request.renames ?? [], from.schema, to.schema);
  const open = await candidatesOf(context, from, to, given, request);
  const decided = open.length > 0 ? await request.decide(open) : [];
  const refused = open.filter(({ rename }) => !decided.includes(rename));
  const all = [...given, ...decided];
  // A column names its table as it is called afterwards.
  const renames = [
    ...all.filter(({ kind }) => kind === 'rename-table'),
    ...all.filter(({ kind }) => kind === 'rename-column'),
  ];
  const changes = diffSchemas(from.schema, to.schema, renames);
  const content: GeneratedContent = {
    up: planWay({ before: from.schema, after: to.schema, renames }),
    down: planWay({ before: to.schema, after: from.schema, renames: invertRenames(renames) }),
    from: from.label,
    to: to.label,
    renames: renames.map(renameText),
    hazards: hazardsIn(changes),
    lost: lostBy(changes),
  };
  const notes = refused.map(({ rename }) => ({ key: 'generate.dropAndAdd', params: { rename: renameText(rename) } }));
  return { changes, content, notes };
}

function hazardsIn(changes: readonly Change[]): GeneratedContent['hazards'] {
  const summaries = new Map(HAZARD_RULES.map(({ code, summary }) => [code, summary]));
  const found = changes.flatMap((change) => hazardsOf(change).map((code) => ({ code, object: changeObject(change) })));
  // A column whose type and default change is built anew once.
  const unique = new Map(found.map((one) => [`${one.code} ${one.object}`, one]));
  return [...unique.values()].map((one) => ({ ...one, summary: summaries.get(one.code) ?? '' }));
}

function notesOf({ up, down }: GeneratedContent): Note[] {
  return [...up.left, ...down.left];
}

async function schemaOf(context: Context, source: Source | string, running: Running): Promise<SourceSchema> {
  running.onProgress?.({ step: 'schema' });
  return sourceSchema(context, typeof source === 'string' ? await parseSource(context, source) : source, running);
}

/** Without anybody to ask. @throws MigrateError RENAME_UNDECIDED */
export function refuseToDecide(candidates: readonly RenameCandidate[]): never {
  const renames = candidates.map(({ rename }) => `--rename ${inShell(renameText(rename))}`).join(' ');
  throw new MigrateError('RENAME_UNDECIDED', { renames });
}
