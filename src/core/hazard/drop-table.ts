import type { HazardRule } from './rule';

export const dropTable: HazardRule = {
  code: 'DL101',
  summary: 'Drops a table and all of its rows.',
  applies: (change) => change.kind === 'drop-table',
};
