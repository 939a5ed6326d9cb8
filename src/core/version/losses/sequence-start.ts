import { isSerialSequence } from '../../catalog/to-schema';
import { certain, type LossRule, lossOf } from '../loss';
import { sequencePosition } from '../sequence-position';

/** The engine can't set a sequence, only start it elsewhere; what was used a few times is used as often again instead. */
export const sequenceStart: LossRule = {
  code: 'KX006',
  name: 'sequence-start',
  find({ catalog }) {
    return certain(
      catalog.sequences
        .filter((sequence) => !sequence.internal && !isSerialSequence(catalog, sequence))
        .flatMap((sequence) => {
          const { start } = sequencePosition(sequence);
          const params = { start: String(sequence.start), current: String(start) };
          return start === sequence.start ? [] : [lossOf(this, 'warning', sequence.name, params)];
        }),
    );
  },
};
