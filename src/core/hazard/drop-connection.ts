import type { HazardRule } from './rule';

export const dropConnection: HazardRule = {
  code: 'DL103',
  summary: 'Drops a FROM–TO pair and the relationships between those tables.',
  applies: (change) => change.kind === 'drop-connection',
};
