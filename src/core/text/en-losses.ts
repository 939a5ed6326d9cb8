export const enLosses = {} as const satisfies Record<string, string>;
