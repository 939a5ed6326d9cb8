import type { CatalogSequence } from '../catalog/model';

/** Steps that are taken one by one, so that a sequence keeps its start. */
const FEW = 16n;

/** How a new sequence comes to stand where another one stands. */
export interface SequencePosition {
  readonly start: bigint;
  /** How often its next value has to be taken and thrown away. */
  readonly steps: number;
}

/**
 * The engine can't set a sequence. One that was used a few times is used as often again; another one starts at its next
 * value, or at its last one where there is no next.
 */
export function sequencePosition(
  sequence: Pick<CatalogSequence, 'start' | 'increment' | 'min' | 'max' | 'current' | 'usageCount'>,
): SequencePosition {
  const { start, increment, min, max, current, usageCount } = sequence;
  if (usageCount === 0n) return { start, steps: 0 };
  const isOnTheWay = current === start + increment * (usageCount - 1n);
  if (usageCount <= FEW && isOnTheWay && start >= min) return { start, steps: Number(usageCount) };
  const next = current + increment;
  return next >= min && next <= max ? { start: next, steps: 0 } : { start: current, steps: 1 };
}
