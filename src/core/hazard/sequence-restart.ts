import type { HazardRule } from './rule';

export const sequenceRestart: HazardRule = {
  code: 'DL105',
  summary: 'Drops or makes anew a sequence, which forgets the number it had reached.',
  applies: (change) => change.kind === 'drop-sequence' || change.kind === 'change-sequence',
};
