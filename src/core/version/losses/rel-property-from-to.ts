import { foldName } from '../../dialect/kuzu-names';
import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** While it loads a rel table the engine calls the keys of both ends `from` and `to`. */
export const relPropertyFromTo: LossRule = {
  code: 'KX029',
  name: 'rel-property-from-to',
  find({ catalog, schemaOnly }) {
    if (schemaOnly) return certain([]);
    return certain(
      exportColumns(catalog)
        .filter(({ table, column }) => table.kind === 'rel' && ['from', 'to'].includes(foldName(column.name)))
        .map(({ object }) => lossOf(this, 'error', object)),
    );
  },
};
