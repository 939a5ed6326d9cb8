import type { HazardRule } from './rule';

export const rebuildStorage: HazardRule = {
  code: 'KM206',
  summary: 'Changes the storage direction: the table has to be built anew.',
  applies: (change) => change.kind === 'change-storage-direction',
};
