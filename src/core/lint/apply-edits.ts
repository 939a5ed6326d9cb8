import type { LintFix } from './finding';
import { Places } from './places';

/** A text with the edits of a fix made. */
export function applyEdits(text: string, edits: LintFix['edits']): string {
  let result = text;
  // From the end on, so that the places before stay what they are.
  for (const { start, end, written } of ordered(text, edits).reverse()) {
    result = result.slice(0, start) + written + result.slice(end);
  }
  return result;
}

/** Where a place of a text with edits made stands in the text without them; of what an edit wrote, where it begins. */
export function placeBefore(text: string, edits: LintFix['edits'], line: number, column: number): Place {
  const offset = new Places(applyEdits(text, edits)).offset(line, column);
  let grown = 0;
  for (const { start, end, written } of ordered(text, edits)) {
    if (offset < start + grown) break;
    const isInside = offset < start + grown + written.length;
    if (isInside) return placeOf(text, start);
    grown += written.length - (end - start);
  }
  return placeOf(text, offset - grown);
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placeOf(text: string, offset: number): Place {
  const { line, column } = new Places(text).range(offset, offset);
  return { line, column };
}

function ordered(text: string, edits: LintFix['edits']) {
  const places = new Places(text);
  return edits
    .map(({ line, column, endLine, endColumn, text: written }) => ({
      start: places.offset(line, column),
      end: places.offset(endLine, endColumn),
      written,
    }))
    .sort((a, b) => a.start - b.start);
}
