import type { MigrationId } from './types';

/** `20240115_120000`: a date and a time are one number (design, "Ids"). The time ends there, or this is another number. */
const DATED = /^(\d{8})_(\d{6})(?!\d)/;
const PLAIN = /^\d+(?:\.\d+)*/;

/** How an id at the beginning of a text ends, and where. */
export interface LeadingId {
  readonly id: MigrationId;
  /** Offset of the first character behind it. */
  readonly end: number;
}

/** The id that a text begins with, of any length: `20240115_120000_add_x`, `001_x`, `3.1.0_x`. */
export function leadingId(text: string): LeadingId | undefined {
  const dated = DATED.exec(text);
  if (dated) return { id: components([`${dated[1]}${dated[2]}`]), end: dated[0].length };
  const plain = PLAIN.exec(text)?.[0];
  return plain === undefined ? undefined : { id: components(plain.split('.')), end: plain.length };
}

/** Flyway's versions are numbers with dots or single underscores; two underscores begin the name. */
const FLYWAY = /^([VU])(\d+(?:[._]\d+)*)(?:__(.*))?$/s;

/** `V1.2__x` and, for the way down, `U1.2__x`; no date is joined with its time, since Flyway doesn't. */
export function flywayName(
  stem: string,
): { readonly id: MigrationId; readonly name: string; readonly undo: boolean } | undefined {
  const found = FLYWAY.exec(stem);
  if (!found) return undefined;
  const [, letter, version = '', name = ''] = found;
  return { id: components(version.split(/[._]/)), name, undo: letter === 'U' };
}

/**
 * The id that a user means: `20240115_120000`, `001`, `3.1.0`, or a file name with or without its ending and its folder.
 * @returns undefined where the text begins with no id
 */
export function parseId(text: string): MigrationId | undefined {
  const name = text.trim().replace(/^.*[/\\]/s, '');
  const flyway = flywayName(name.replace(/\.[A-Za-z]+$/, ''));
  if (flyway) return flyway.id;
  const found = leadingId(name);
  return found && /^(?:$|_|-(?!\d)|\.[A-Za-z])/.test(name.slice(found.end)) ? found.id : undefined;
}

/** Decimal text without leading zeros. */
function components(parts: readonly string[]): MigrationId {
  return parts.map((part) => part.replace(/^0+(?=\d)/, ''));
}

/**
 * By component; a missing one counts as 0, so that 3.1 and 3.1.0 are one id (design, "Ids"). Compares text, since an id
 * may be longer than a number is exact.
 */
export function compareIds(a: MigrationId, b: MigrationId): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at] ?? '0', b[at] ?? '0'];
    if (left.length !== right.length) return left.length < right.length ? -1 : 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** The id as the history keeps it: `20240115120000`, `3.1.0`. Equal ids may differ in it: see `idIdentity`. */
export function idKey(id: MigrationId): string {
  return id.join('.');
}

/** A text that is the same for equal ids and for no others, for maps: 3.1 and 3.1.0 both give `3.1`. */
export function idIdentity(id: MigrationId): string {
  let length = id.length;
  while (length > 1 && id[length - 1] === '0') length--;
  return id.slice(0, length).join('.');
}
