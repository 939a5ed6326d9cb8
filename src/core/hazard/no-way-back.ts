import type { HazardRule } from './rule';

export const noWayBack: HazardRule = {
  code: 'KM204',
  summary: 'Creates a macro or a type, which no statement can take back.',
  applies: (change) => change.kind === 'add-macro' || change.kind === 'add-type',
};
