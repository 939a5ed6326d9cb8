import { exportColumns } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';
import { typesWithin } from '../value-path';

/** The engine turns every colon in a type into a blank (`PropertyDefinitionCollection::toCypher`). */
export const fieldName: LossRule = {
  code: 'KX034',
  name: 'field-name',
  find({ catalog }) {
    return certain(
      exportColumns(catalog).flatMap(({ column, object }) => {
        const fields = typesWithin(column.logicalType).flatMap((type) => type.fields ?? []);
        const field = fields.find(({ name }) => name.includes(':'));
        return field === undefined ? [] : [lossOf(this, 'error', object, { field: field.name })];
      }),
    );
  },
};
