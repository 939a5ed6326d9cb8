import { connectedTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine writes `from='…'` and `to='…'` into `copy.cypher` without escapes. */
export const tableNameQuote: LossRule = {
  code: 'KX032',
  name: 'table-name-quote',
  find({ catalog, schemaOnly }) {
    if (schemaOnly) return certain([]);
    return certain(
      connectedTables(catalog)
        .filter(({ name }) => name.includes("'"))
        .map(({ name }) => lossOf(this, 'error', name)),
    );
  },
};
