import type { HazardRule } from './rule';

export const dropColumn: HazardRule = {
  code: 'DL102',
  summary: 'Drops a column and its values.',
  applies: (change) => change.kind === 'drop-column',
};
