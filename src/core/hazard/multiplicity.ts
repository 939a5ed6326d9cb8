import type { HazardRule } from './rule';

export const multiplicity: HazardRule = {
  code: 'KM202',
  summary: 'Changes a multiplicity: the table has to be built anew, and rows may not fit.',
  applies: (change) => change.kind === 'change-multiplicity',
};
