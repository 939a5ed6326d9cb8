/** When the first line of the bundle ran: this module has to be the first that extension.ts imports. */
export const startedAt = performance.now();
