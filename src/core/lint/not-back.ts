/** Told by the replay alone: what the way down leaves is not what the way up began with. */
export const notBack = {
  code: 'KM432',
  summary: 'The way down doesn’t bring the schema back.',
  severity: 'warning',
} as const;
