import { engineTextKeepsTree } from '../../catalog/engine-text';
import { isHelperMacro } from '../../catalog/index-text';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine prints the body of a macro without its parentheses and without the minus of a number. */
export const macroChanged: LossRule = {
  code: 'KX004',
  name: 'macro-changed',
  find({ catalog }) {
    return certain(
      catalog.macros
        .filter((macro) => !macro.internal && !isHelperMacro(macro) && !engineTextKeepsTree(macro.expression))
        .map(({ name, body, expression }) => lossOf(this, 'warning', name, { body, exported: expression.raw })),
    );
  },
};
