import { needsQuotes } from '../../dialect/kuzu-names';
import { connectedTables } from '../export-tables';
import { certain, type LossRule, lossOf } from '../loss';

/** Letters of any language are plain names for the engine, also where our own texts put them in backquotes. */
const UNICODE_NAME = /^[\p{ID_Start}\p{Pc}][\p{ID_Continue}\p{Sc}]*$/u;

function standsBare(name: string): boolean {
  return !needsQuotes(name) || (UNICODE_NAME.test(name) && /\P{ASCII}/u.test(name));
}

/** The engine asks for the ends of a rel table by `return a.key,b.key`, without quotes. */
export const keyNeedsQuotes: LossRule = {
  code: 'KX028',
  name: 'key-needs-quotes',
  find({ catalog }) {
    return certain(
      connectedTables(catalog)
        .filter(({ primaryKey }) => !standsBare(primaryKey))
        .map(({ name, primaryKey }) => lossOf(this, 'blocked', `${name}.${primaryKey}`)),
    );
  },
};
