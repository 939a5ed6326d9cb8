import { sameName } from '../dialect/kuzu-names';
import { sqlTypeOf, withoutCollation } from '../schema/sql-type';
import { familyType } from './family-type';
import { isLosslessCast } from './lossless-cast';

/** Whether every value of a type of DuckDB survives as the other; false where it is not known to. */
export function isLosslessSqlCast(before: string, after: string): boolean {
  const [old, next] = [withoutCollation(before), withoutCollation(after)];
  if (old === next) return true;
  const [from, to] = [sqlTypeOf(old), sqlTypeOf(next)];
  if (to.kind === 'union' && from.kind !== 'union') return to.parts.some(({ type }) => type === old);
  switch (from.kind) {
    case 'enum':
      // The labels are texts.
      return next === 'VARCHAR' || (to.kind === 'enum' && from.labels.every((label) => to.labels.includes(label)));
    case 'list':
      if (to.kind !== 'list' || (to.size !== undefined && to.size !== from.size)) return false;
      return isLosslessSqlCast(from.element, to.element);
    case 'map':
      return to.kind === 'map' && isLosslessSqlCast(from.key, to.key) && isLosslessSqlCast(from.value, to.value);
    case 'struct':
    case 'union':
      if (to.kind !== from.kind) return false;
      return from.parts.every((part) => {
        const target = to.parts.find(({ name }) => sameName(name, part.name));
        return target !== undefined && isLosslessSqlCast(part.type, target.type);
      });
    case 'plain':
      return isLosslessCast(familyType(old), familyType(next));
  }
}
