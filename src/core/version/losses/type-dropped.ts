import { schemaOfCatalog } from '../../catalog/to-schema';
import { certain, type LossRule, lossOf } from '../loss';

/** Columns name what a type stands for, never the type. */
export const typeDropped: LossRule = {
  code: 'KX003',
  name: 'type-dropped',
  find({ catalog }) {
    return certain(
      schemaOfCatalog(catalog).types.map(({ name, definition }) => lossOf(this, 'warning', name, { definition })),
    );
  },
};
