import { ignorePattern } from '../../catalog/index-text';
import { ftsIndexes } from '../fts';
import { certain, type LossRule, lossOf } from '../loss';

/** The pattern is in a helper macro named after the number of the table, which is another one after an import. */
export const ftsIgnorePattern: LossRule = {
  code: 'KX044',
  name: 'fts-ignore-pattern',
  find({ catalog, schemaOnly }) {
    if (schemaOnly) return certain([]);
    return certain(
      ftsIndexes(catalog).flatMap(({ index, object }) => {
        const pattern = ignorePattern(index, catalog.macros);
        return pattern === undefined ? [] : [lossOf(this, 'warning', object, { pattern })];
      }),
    );
  },
};
