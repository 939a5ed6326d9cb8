import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine writes names and types of columns alone (`PropertyDefinitionCollection::toCypher`). */
export const defaultDropped: LossRule = {
  code: 'KX001',
  name: 'default-dropped',
  find({ catalog }) {
    return certain(
      exportColumns(catalog).flatMap(({ column, object }) =>
        column.default === undefined ? [] : [lossOf(this, 'warning', object, { default: column.default })],
      ),
    );
  },
};
