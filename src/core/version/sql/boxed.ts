import { quoteSqlString, writeSqlName } from '../../dialect/sql-names';
import { picked, whereSet } from '../../schema/sql-pick';
import { innerTypes, type SqlField, sqlTypeOf } from '../../schema/sql-type';
import { carrierType } from './carrier';

/**
 * A UNION inside of a STRUCT or of another UNION, or with members that are made of other types, is in a parquet file a
 * STRUCT of our own: `tag`, and `m0`, `m1`, … for the members. Nothing of the engine's reads such a UNION (measured).
 */
export function isBoxed(type: string): boolean {
  return hasUnreadable(type, false);
}

function hasUnreadable(type: string, inStruct: boolean): boolean {
  const own = sqlTypeOf(type);
  const isMade = (inner: string) => innerTypes(sqlTypeOf(inner)).length > 0;
  if (own.kind === 'union' && (inStruct || innerTypes(own).some(isMade))) return true;
  return innerTypes(own).some((inner) => hasUnreadable(inner, inStruct || own.kind === 'struct'));
}

/** The value as a file holds it. @param depth how many lambdas there are around */
export function box(value: string, type: string, depth = 0): string {
  return taken(value, type, depth, {
    inner: box,
    leaf: (leaf, own) => (carrierType(own) === own ? leaf : `CAST(${leaf} AS ${carrierType(own)})`),
    union: (members) => {
      const fields = members.map((part, at) => {
        return `m${at} := ${box(`union_extract(${value}, ${quoteSqlString(part.name)})`, part.type, depth)}`;
      });
      const tag = `tag := CAST(union_tag(${value}) AS VARCHAR)`;
      return whereSet(value, `struct_pack(${[tag, ...fields].join(', ')})`);
    },
  });
}

/** The value of a type that {@link box} put into a file. */
export function unbox(value: string, type: string, depth = 0): string {
  const made = taken(value, type, depth, {
    inner: unbox,
    leaf: (leaf, own) => `CAST(${leaf} AS ${own})`,
    union: (members) => {
      const values = members.map((part, at) => {
        const own = unbox(`struct_extract(${value}, 'm${at}')`, part.type, depth);
        return `CAST(union_value(${part.written} := ${own}) AS ${type})`;
      });
      const cases = members.map(({ name }, at) => `WHEN ${quoteSqlString(name)} THEN ${at + 1}`);
      return picked(values, `CASE struct_extract(${value}, 'tag') ${cases.join(' ')} END`);
    },
  });
  return `CAST(${made} AS ${type})`;
}

interface Ways {
  readonly inner: (value: string, type: string, depth: number) => string;
  readonly leaf: (value: string, type: string) => string;
  readonly union: (members: readonly SqlField[]) => string;
}

function taken(value: string, type: string, depth: number, ways: Ways): string {
  const own = sqlTypeOf(type);
  const name = `x${depth}`;
  switch (own.kind) {
    case 'union':
      return ways.union(own.parts);
    case 'list':
      return `list_transform(${value}, lambda ${name}: ${ways.inner(name, own.element, depth + 1)})`;
    case 'map': {
      const key = ways.inner(`${name}.key`, own.key, depth + 1);
      const entry = `struct_pack(key := ${key}, value := ${ways.inner(`${name}.value`, own.value, depth + 1)})`;
      return `map_from_entries(list_transform(map_entries(${value}), lambda ${name}: ${entry}))`;
    }
    case 'struct': {
      const fields = own.parts.map(({ name: field, written, type: inner }) => {
        return `${written} := ${ways.inner(`struct_extract(${value}, ${quoteSqlString(field)})`, inner, depth)}`;
      });
      return whereSet(value, `struct_pack(${fields.join(', ')})`);
    }
    default:
      return ways.leaf(value, type);
  }
}

/** A column of a file as the value of its type. */
export function readColumn(column: string, type: string): string {
  const name = writeSqlName(column);
  return isBoxed(type) ? unbox(name, type) : `CAST(${name} AS ${type})`;
}
