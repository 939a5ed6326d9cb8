import type { LintFix } from './finding';
import { Places } from './places';

/** A text with the edits of a fix made. */
export function applyEdits(text: string, edits: LintFix['edits']): string {
  const places = new Places(text);
  let result = text;
  // From the end on, so that the places before stay what they are.
  const ordered = [...edits].sort((a, b) => b.line - a.line || b.column - a.column);
  for (const { line, column, endLine, endColumn, text: written } of ordered) {
    const start = places.offset(line, column);
    result = result.slice(0, start) + written + result.slice(places.offset(endLine, endColumn));
  }
  return result;
}
