import { sameName } from '../../dialect/kuzu-names';
import { ftsIndexes } from '../fts';
import { certain, type LossRule, lossOf } from '../loss';

/** Stop words that stand in a node table go with it; those of a file are outside of the database. */
export const ftsStopWords: LossRule = {
  code: 'KX043',
  name: 'fts-stop-words',
  find({ catalog }) {
    const tables = catalog.nodeTables.filter(({ internal }) => !internal);
    return certain(
      ftsIndexes(catalog)
        .filter(
          ({ hasOwnStopWords, stopWords }) => hasOwnStopWords && !tables.some(({ name }) => sameName(name, stopWords)),
        )
        .map(({ object, stopWords }) => lossOf(this, 'blocked', object, { stopWords })),
    );
  },
};
