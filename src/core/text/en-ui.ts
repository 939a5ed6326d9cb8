/** Texts of the editor. */
export const enUi = {
  'ui.noop': '-',
} as const satisfies Record<string, string>;
