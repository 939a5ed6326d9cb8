import type { Command } from './command';

export const refresh: Command = {
  name: 'refresh',
  needsEngine: false,
  run: ({ projects }) => projects.refresh(),
};
