import { ftsIndexes } from '../fts';
import { certain, type LossRule, lossOf } from '../loss';

/** `index.cypher` names the file of the stop words by the path that the export had, not by a relative one. */
export const ftsStopWords: LossRule = {
  code: 'KX043',
  name: 'fts-stop-words',
  find({ catalog, schemaOnly }) {
    if (schemaOnly) return certain([]);
    return certain(
      ftsIndexes(catalog)
        .filter(({ hasOwnStopWords }) => hasOwnStopWords)
        .map(({ object, stopWords }) => lossOf(this, 'error', object, { stopWords })),
    );
  },
};
