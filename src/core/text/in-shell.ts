/** One word of a shell. */
export function inShell(text: string): string {
  return /^[\p{L}\p{N}_.=]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
