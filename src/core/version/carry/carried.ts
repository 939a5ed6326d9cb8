import type { ExportColumn } from '../export-tables';

/** How a data file holds a column so that the engine's own COPY reads it back. */
export interface Carried {
  /** The expression that is written, made of the one of the value. */
  readonly write: (value: string) => string;
  /** Each returns one number; above zero, or failing with an engine error, the file can't hold the column after all. */
  readonly doubts: readonly string[];
}

/** What a column can be carried by, the best first; empty where the format can't hold it. */
export type Carrier = (column: ExportColumn) => readonly Carried[];

export function sure(write: Carried['write']): Carried {
  return { write, doubts: [] };
}

/** The value as it is. */
export function itself(value: string): string {
  return value;
}
