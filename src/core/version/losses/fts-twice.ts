import { ftsIndexes } from '../fts';
import { certain, type LossRule, lossOf } from '../loss';

/** All of `index.cypher` is prepared before any of it runs, so that each index means to make the table of stop words. */
export const ftsTwice: LossRule = {
  code: 'KX045',
  name: 'fts-twice',
  find({ catalog, schemaOnly }) {
    if (schemaOnly) return certain([]);
    const [, ...others] = ftsIndexes(catalog).filter(({ hasOwnStopWords }) => !hasOwnStopWords);
    return certain(others.map(({ object }) => lossOf(this, 'error', object)));
  },
};
