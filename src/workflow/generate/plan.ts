import { MigrateError } from '../../core/errors';
import { HAZARD_RULES, hazardsOf } from '../../core/hazard/hazards';
import type { GeneratedContent } from '../../core/migration/generated';
import { changeObject } from '../../core/report/changes';
import type { Change, Rename } from '../../core/schema/change';
import { diffSchemas } from '../../core/schema/diff';
import { lostBy } from '../../core/schema/plan/lost';
import { planWay } from '../../core/schema/plan/plan';
import { invertRenames } from '../../core/schema/rename';
import type { RenameCandidate } from '../../core/schema/rename-candidate';
import { renameText } from '../../core/schema/rename-text';
import { inShell } from '../../core/text/in-shell';
import { candidatesOf, decidedRenames } from '../compare/compare';
import type { SourceSchema } from '../compare/source';
import type { Context, Running } from '../context';
import type { Note } from '../migrate/types';

/** Who answers about renames. */
export interface Deciding {
  /** `old=new`, as on the command line. */
  readonly renames?: readonly string[];
  /** Answers which of what may be a rename is one. @throws MigrateError RENAME_UNDECIDED, CANCELLED */
  readonly decide: (candidates: readonly RenameCandidate[]) => Promise<readonly Rename[]>;
}

export interface Planned {
  readonly changes: readonly Change[];
  readonly renames: readonly Rename[];
  readonly content: GeneratedContent;
  readonly notes: readonly Note[];
}

/** Everything that a migration between two schemas says; only the renames are asked about. */
export async function plan(
  context: Context,
  request: Running & Deciding,
  from: SourceSchema,
  to: SourceSchema,
): Promise<Planned> {
  const given = decidedRenames(context, request.renames ?? [], from, to);
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
  return { changes, renames, content, notes };
}

/** Without anybody to ask. @throws MigrateError RENAME_UNDECIDED */
export function refuseToDecide(candidates: readonly RenameCandidate[]): never {
  const renames = candidates.map(({ rename }) => `--rename ${inShell(renameText(rename))}`).join(' ');
  throw new MigrateError('RENAME_UNDECIDED', { renames });
}

function hazardsIn(changes: readonly Change[]): GeneratedContent['hazards'] {
  const summaries = new Map(HAZARD_RULES.map(({ code, summary }) => [code, summary]));
  const found = changes.flatMap((change) => hazardsOf(change).map((code) => ({ code, object: changeObject(change) })));
  // A column whose type and default change is built anew once.
  const unique = new Map(found.map((one) => [`${one.code} ${one.object}`, one]));
  return [...unique.values()].map((one) => ({ ...one, summary: summaries.get(one.code) ?? '' }));
}
