import { exportTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

export const commentDropped: LossRule = {
  code: 'KX002',
  name: 'comment-dropped',
  find({ catalog }) {
    return certain(
      exportTables(catalog).flatMap(({ table }) => (table.comment === '' ? [] : [lossOf(this, 'warning', table.name)])),
    );
  },
};
