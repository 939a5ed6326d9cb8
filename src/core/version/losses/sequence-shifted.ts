import { isSerialSequence } from '../../catalog/to-schema';
import { certain, type LossRule, lossOf } from '../loss';

/** The export ends with `RETURN nextval(…)`, which takes the first value of a sequence that was never used. */
export const sequenceShifted: LossRule = {
  code: 'KX005',
  name: 'sequence-shifted',
  find({ catalog }) {
    return certain(
      catalog.sequences
        .filter((sequence) => !sequence.internal && !isSerialSequence(catalog, sequence) && sequence.usageCount === 0n)
        .map(({ name, start, increment }) =>
          lossOf(this, 'warning', name, { start: String(start), next: String(start + increment) }),
        ),
    );
  },
};
