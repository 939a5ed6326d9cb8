import { engineCanReadBack } from '../../catalog/engine-text';
import { certain, type LossRule, lossOf } from '../loss';

/** Such a macro goes into any database, but none that has it is opened again after it was closed. */
export const macroNotReadable: LossRule = {
  code: 'KX037',
  name: 'macro-not-readable',
  find({ catalog }) {
    return certain(
      catalog.macros
        .filter((macro) => !macro.internal && !engineCanReadBack(macro.expression))
        .map(({ name, body }) => lossOf(this, 'error', name, { body })),
    );
  },
};
