/** When the first line of the bundle ran: extension.ts imports this module before all others of ours. */
export const startedAt = performance.now();
