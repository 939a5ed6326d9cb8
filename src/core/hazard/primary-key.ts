import type { HazardRule } from './rule';

export const primaryKey: HazardRule = {
  code: 'KM201',
  summary: 'Changes a primary key: the table and its relationships have to be built anew.',
  applies: (change) => change.kind === 'change-primary-key',
};
