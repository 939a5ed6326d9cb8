export type Direction = 'up' | 'down';

const MARKER = /^(up|down)\s*:?$/i;

// Those of dbmate, goose, sql-migrate and node-pg-migrate, and ours with something around it.
const LOOKS_LIKE_ONE =
  /^(?:migrate\s*:\s*(?:up|down)\b|\+\s*(?:goose|migrate)\s+(?:up|down)\b|\W*(?:up|down)(?:\s+migration)?\W*$|(?:up|down)\s*:)/i;

/** The direction that a comment line marks the start of; the comment's text comes without its sign. */
export function markerOf(comment: string): Direction | undefined {
  const found = MARKER.exec(comment.trim())?.[1];
  return found === undefined ? undefined : found.toLowerCase() === 'up' ? 'up' : 'down';
}

/** Whether somebody meant a marker and it is none: taken for a comment, both directions would run as one. */
export function looksLikeMarker(comment: string): boolean {
  const text = comment.trim();
  return !MARKER.test(text) && LOOKS_LIKE_ONE.test(text);
}
