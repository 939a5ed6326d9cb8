import type { Change } from '../schema/change';

/**
 * What a change can destroy or break. `DL`: data is lost. `KM20`: Kùzu cannot do it in place, or not safely; no rule of these applies to
 * DuckDB, which has those of `KM22`.
 * Codes never change their meaning; each has its entry in docs/hazards.md.
 */
export interface HazardRule {
  readonly code: string;
  /** One line in English, for documents and tools; the faces have texts of their own. */
  readonly summary: string;
  readonly applies: (change: Change) => boolean;
}
