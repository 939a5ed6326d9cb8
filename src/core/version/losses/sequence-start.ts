import { isSerialSequence } from '../../catalog/to-schema';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine writes the last value as the start (`SequenceCatalogEntry::toCypher`). */
export const sequenceStart: LossRule = {
  code: 'KX006',
  name: 'sequence-start',
  find({ catalog }) {
    return certain(
      catalog.sequences
        .filter((sequence) => !sequence.internal && !isSerialSequence(catalog, sequence))
        .filter((sequence) => sequence.usageCount > 0n && sequence.current !== sequence.start)
        .map(({ name, start, current }) =>
          lossOf(this, 'warning', name, { start: String(start), current: String(current) }),
        ),
    );
  },
};
