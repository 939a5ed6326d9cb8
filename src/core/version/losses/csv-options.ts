import { certain, type LossRule, lossOf } from '../loss';

/** They become `delim=delim='|'` in `copy.cypher`, whatever their values are. */
const DOUBLED = ['delim', 'delimiter', 'quote', 'escape'];

export const csvOptions: LossRule = {
  code: 'KX025',
  name: 'csv-options',
  find({ format, schemaOnly, csvOptions: options = {} }) {
    if (format !== 'csv' || schemaOnly) return certain([]);
    return certain(
      Object.keys(options)
        .filter((option) => DOUBLED.includes(option))
        .map((option) => lossOf(this, 'error', option)),
    );
  },
};
