import type { Command } from './command';

export const showLog: Command = {
  name: 'showLog',
  needsEngine: false,
  run: async ({ log }) => log.show(),
};
