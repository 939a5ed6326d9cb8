import { scanStatements } from '../script/scan';

/** A statement as it stands in a script. */
export function statement(text: string): string {
  // Text that Kùzu recorded may end in a line comment, which would take the semicolon with it.
  const commented = text.includes('//') && scanStatements(text).at(-1)?.end !== text.length;
  return commented ? `${text}\n;\n` : `${text};\n`;
}
