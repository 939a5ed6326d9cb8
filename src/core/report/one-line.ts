/** Text as one line: a run of blanks that holds a line break becomes one space, and control characters become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, (run) => (/[\r\n\u2028\u2029]/.test(run) ? ' ' : run)).replace(/\p{Cc}/gu, ' ');
}
