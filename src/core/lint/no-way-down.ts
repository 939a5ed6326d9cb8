import type { Script } from '../script/script';

/** A section of comments only counts as none. */
export const noWayDown = {
  code: 'KM431',
  summary: 'Has no way down.',
  severity: 'warning',
} as const;

/** Whether a script with both ways in one file does something that it can't take back. */
export function lacksWayDown({ up, down }: Pick<Script, 'up' | 'down'>): boolean {
  return down === undefined && up.statements.length > 0;
}
