import type { TextOf } from '../migration/check-types';

/** Told by the replay alone, and never silenced: what was not looked at can't be called sound. */
export const notReplayed = {
  code: 'KM435',
  summary: 'Was not replayed as it stands, or not to its end.',
  severity: 'note',
} as const;

/** How many files a message names before it only counts them. */
const MOST = 10;

/**
 * The words for a migration that fails where it stands.
 * @param behind the files after it that were to be looked at, in order
 */
export function stoppedText(behind: readonly string[]): TextOf {
  if (behind.length === 0) return { key: 'lint.KM435', params: {} };
  const listed = behind.length <= MOST ? behind.join(', ') : `${behind[0]} … ${behind.at(-1)}`;
  return { key: 'lint.KM435.behind', params: { count: behind.length, files: listed } };
}
