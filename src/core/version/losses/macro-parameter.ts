import { needsQuotes } from '../../dialect/kuzu-names';
import { certain, type LossRule, lossOf } from '../loss';

/** The engine writes the parameters of a macro without quotes. */
export const macroParameter: LossRule = {
  code: 'KX035',
  name: 'macro-parameter',
  find({ catalog }) {
    return certain(
      catalog.macros
        .filter((macro) => !macro.internal)
        .flatMap(({ name, parameterNames }) => {
          const parameter = parameterNames.find(needsQuotes);
          return parameter === undefined ? [] : [lossOf(this, 'error', name, { parameter })];
        }),
    );
  },
};
