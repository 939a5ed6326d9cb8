import { newSchemaOf, type Rename } from './change';

/** One reason for a candidate: a text of both faces and what stands in it. */
export interface RenameEvidence {
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/** How well two things would be one under two names. */
export interface ScoredRename {
  readonly rename: Rename;
  /** From 0 to 1. */
  readonly score: number;
  readonly evidence: readonly RenameEvidence[];
  /** Of a column: the rename of its table, without which there is none of it. */
  readonly under?: Rename;
}

/** What may have been renamed: a question, never an answer. */
export interface RenameCandidate extends ScoredRename {
  /** False: another one is about as good, or the evidence is thin. */
  readonly sure: boolean;
}

/** What scores less can't become a question, whatever else is known of it. */
export const FLOOR = 0.3;
/** What scores less is no question. */
const THRESHOLD = 0.5;
/** What scores less is asked with a doubt. */
const SURE = 0.6;
/** Closer rivals are about equally good. */
const CLOSE = 0.1;

/**
 * The best of the scored pairs, one for each old and each new name: tables first, then the columns of tables that keep
 * their name or are among them. The same for the same schemas, in whatever order things stand.
 */
export function chooseRenames(scored: readonly ScoredRename[]): RenameCandidate[] {
  const tables = best(scored.filter(({ rename }) => rename.kind === 'rename-table'));
  const chosen = new Map(tables.map((table) => [table.rename, table]));
  const columns = best(
    scored.filter(({ rename, under }) => rename.kind === 'rename-column' && (under === undefined || chosen.has(under))),
  );
  return [
    ...tables,
    ...columns.map((one) => ({
      ...one,
      sure: one.sure && (one.under === undefined || chosen.get(one.under)?.sure === true),
    })),
  ];
}

function best(scored: readonly ScoredRename[]): RenameCandidate[] {
  const good = scored
    .filter(({ score }) => score >= THRESHOLD)
    .map((one) => ({
      one,
      old: placeOf(one.rename, one.rename.sqlSchema, one.rename.from),
      new: placeOf(one.rename, newSchemaOf(one.rename), one.rename.to),
    }))
    .sort((a, b) => b.one.score - a.one.score || (a.old + a.new < b.old + b.new ? -1 : 1));
  const taken = new Set<string>();
  const found: RenameCandidate[] = [];
  const bySide = new Map<string, number[]>();
  for (const { one, old, new: renamed } of good) {
    for (const key of [`old ${old}`, `new ${renamed}`]) {
      const scores = bySide.get(key);
      if (scores) scores.push(one.score);
      else bySide.set(key, [one.score]);
    }
  }
  for (const { one, old, new: renamed } of good) {
    const sides = [`old ${old}`, `new ${renamed}`];
    if (sides.some((side) => taken.has(side))) continue;
    for (const side of sides) taken.add(side);
    const close = (side: string) => (bySide.get(side) ?? []).filter((score) => score > one.score - CLOSE).length;
    found.push({ ...one, sure: one.score >= SURE && sides.every((side) => close(side) < 2) });
  }
  return found;
}

function placeOf(rename: Rename, schema: string | undefined, name: string): string {
  return [schema ?? '', rename.kind === 'rename-column' ? rename.table : '', name].join('\0');
}
