import { certain, type LossRule, lossOf } from '../loss';

/** The engine writes `RETURN nextval('…')` into `schema.cypher` without escapes, for SERIAL columns, too. */
export const sequenceNameQuote: LossRule = {
  code: 'KX033',
  name: 'sequence-name-quote',
  find({ catalog }) {
    return certain(
      catalog.sequences
        .filter(({ name, internal }) => !internal && /['\\]/.test(name))
        .map(({ name }) => lossOf(this, 'error', name)),
    );
  },
};
