import assert from 'node:assert/strict';
import type { Line, Written } from './migrate-kill-project';
import type { Road, Told } from './migrate-kill-state';

export type Direction = 'up' | 'down';

/** Where on its road a history says that a database is; more than one place only where the history can't know better. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** How many migrations are applied. */
  readonly applied: number;
  /** What `schema_version` has to say. */
  readonly version: string;
  readonly dirty: boolean;
}

/** Reads a history and holds it against itself. @param direction the way on which the last command was */
export function placeOf(told: Told, written: readonly Written[], road: Road, direction: Direction): Place {
  const rows = new Map((told.history ?? []).map((row) => [String(row.version), row]));
  for (const version of rows.keys()) assert.ok(written.some(({ id }) => id === version));
  const states = written.map(({ id }) => String(rows.get(id)?.status ?? 'none'));
  const firstOpen = states.findIndex((state) => state !== 'success');
  const applied = firstOpen < 0 ? written.length : firstOpen;
  for (const state of states.slice(applied + 1)) {
    assert.ok(state === 'none' || state === 'rolled_back', `after the first open migration: ${states.join(' ')}`);
  }
  (told.events ?? []).forEach(({ seq }, at) => {
    assert.equal(Number(seq), at + 1);
  });
  const before = applied === 0 ? 'none' : (written[applied - 1]?.id ?? 'none');
  const open = written[applied];
  const row = open && rows.get(open.id);
  const done = Number(row?.applied_statements ?? 0);
  const isHalf = row?.status === 'pending' || (row?.status === 'failed' && done > 0);
  if (!open || !row || !isHalf) {
    const clean = { applied, version: before, dirty: false };
    if (direction === 'up') return { ...at(open ? road.place('up', open.id, 0) : endOfUp(written, road)), ...clean };
    return { ...at(open ? road.place('down', open.id, Infinity) : endOfUp(written, road)), ...clean };
  }
  const last = (told.events ?? []).findLast(({ version }) => version === open.id);
  const way = last?.action === 'down' ? 'down' : 'up';
  const from = road.place(way, open.id, done);
  const half = { applied, version: open.id, dirty: true };
  // Code is not known to us: each of its calls is committed, and none is noted.
  if (open.kind === 'calls') {
    return { from: road.place(way, open.id, 0), to: road.place(way, open.id, Infinity), ...half };
  }
  assert.equal(open.kind, 'steps', `${open.id} runs in one transaction and is ${row.status}`);
  return { from, to: from + unnoted(open[way].lines[done]), ...half };
}

/** How many commits of a statement can have happened before its note. */
function unnoted(line: Line | undefined): number {
  return line?.slices ?? (line?.alone ? 1 : 0);
}

function at(place: number): { readonly from: number; readonly to: number } {
  return { from: place, to: place };
}

function endOfUp(written: readonly Written[], road: Road): number {
  return road.place('up', written.at(-1)?.id ?? '', Infinity);
}
