import type { Dialect } from '../dialect/dialect';
import { normaliseStatement } from '../script/normalise';
import { parseScript } from '../script/parse';
import type { Section } from '../script/script';

/** Both directions of a migration, as the history keeps them. */
export interface StoredScripts {
  readonly up: string;
  readonly down: string | null;
}

/** One file with both of its sections. */
export function bothSections({ up, down }: StoredScripts): string {
  if (down === null) return withLineEnd(up);
  return `-- UP\n${withLineEnd(up)}-- DOWN\n${withLineEnd(down)}`;
}

/**
 * The text of a file that does what was applied. What stands above the first marker of the present file stays, unless it
 * would make another migration of it.
 * @returns undefined where the stored scripts can't be written as one file
 */
export function restoredFile(stored: StoredScripts, present: string | undefined, dialect: Dialect): string | undefined {
  const text = bothSections(stored);
  const marker = present?.search(/^[ \t]*(?:--|\/\/)[ \t]*(?:UP|DOWN)[ \t]*\r?$/im) ?? -1;
  const header = marker > 0 ? (present?.slice(0, marker) ?? '') : '';
  const sections = stored.down === null ? `-- UP\n${text}` : text;
  const candidates = header === '' ? [text] : [`${header}${sections}`, text];
  return candidates.find((candidate) => doesTheSame(candidate, stored, dialect));
}

function doesTheSame(text: string, { up, down }: StoredScripts, dialect: Dialect): boolean {
  const script = parseScript(text, dialect, 'single');
  if (script.problems.length > 0) return false;
  const wanted = parseScript(up, dialect, 'up').up;
  const wantedDown = down === null ? undefined : parseScript(down, dialect, 'down').down;
  return (
    sectionKey(script.up, dialect) === sectionKey(wanted, dialect) &&
    sectionKey(script.down, dialect) === sectionKey(wantedDown, dialect)
  );
}

function sectionKey(section: Section | undefined, dialect: Dialect): string {
  if (!section) return '';
  const { statements, transaction, preconditions } = section;
  const texts = statements.map(({ text, batch, reopenBefore }) => [
    normaliseStatement(text, dialect),
    batch ?? 0,
    reopenBefore === true,
  ]);
  return JSON.stringify([transaction, preconditions.map(({ kind, query }) => [kind, query]), texts]);
}

/** The line of the first statement of a section that is not as it was applied; undefined where none differs. */
export function firstEdited(stored: Section | undefined, now: Section | undefined, dialect: Dialect) {
  const before = stored?.statements.map(({ text }) => normaliseStatement(text, dialect)) ?? [];
  const after = now?.statements ?? [];
  const edited = after.find(({ text }, at) => normaliseStatement(text, dialect) !== before[at]);
  return edited?.line ?? (after.length < before.length ? after.at(-1)?.line : undefined);
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
