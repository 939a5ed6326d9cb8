import { type LogicalType, printLogicalType } from '../catalog/logical-type';
import { quoteString } from '../dialect/kuzu-names';

/** A place inside of a column where values of some type lie. */
export interface ValuePath {
  readonly type: LogicalType;
  /** How deep the place is; 0 is the column itself. */
  readonly depth: number;
  /** Somewhere inside of a map, whose values are given without knowing which of them are NULL. */
  readonly inMap: boolean;
  /**
   * A condition that holds where one of the values here fulfils `test`. It has at most one `ANY` on each level: of two
   * lambdas side by side in one query the engine answers one wrongly (measured on 0.11.3).
   */
  where(test: (value: string) => string): string;
}

/**
 * All places of a type, the outermost first.
 * @param expression the value itself, such as `` t.`email` ``
 */
export function valuePaths(type: LogicalType, expression: string, depth = 0): ValuePath[] {
  const here: ValuePath = { type, depth, inMap: false, where: (test) => test(expression) };
  return [here, ...innerPaths(type, expression, depth + 1)];
}

function innerPaths(type: LogicalType, expression: string, depth: number): ValuePath[] {
  const { element, fields = [] } = type;
  switch (type.id) {
    case 'LIST':
      return element === undefined ? [] : elementPaths(element, expression, depth);
    case 'ARRAY':
      // A lambda takes no array.
      return element === undefined
        ? []
        : elementPaths(element, `CAST(${expression} AS ${printLogicalType(element)}[])`, depth);
    case 'MAP':
      return (element?.fields ?? []).flatMap((field, index) =>
        elementPaths(field.type, `${index === 0 ? 'map_keys' : 'map_values'}(${expression})`, depth).map((path) => ({
          ...path,
          inMap: true,
        })),
      );
    case 'STRUCT':
      return fields.flatMap((field) =>
        guard(
          `${expression} IS NOT NULL`,
          valuePaths(field.type, `struct_extract(${expression}, ${fieldName(field.name)})`, depth),
        ),
      );
    case 'UNION':
      // The first field is the tag; of another member than the one that is set the engine gives some value.
      return fields
        .slice(1)
        .flatMap((field) =>
          guard(
            `union_tag(${expression}) = ${fieldName(field.name)}`,
            valuePaths(field.type, `union_extract(${expression}, ${fieldName(field.name)})`, depth),
          ),
        );
    default:
      return [];
  }
}

/** The engine keeps the backquotes of a quoted field name as a part of the name. */
function fieldName(name: string): string {
  return quoteString(name);
}

function elementPaths(type: LogicalType, list: string, depth: number): ValuePath[] {
  const variable = `v${depth}`;
  return valuePaths(type, variable, depth).map((path) => ({
    ...path,
    where: (test) => `ANY(${variable} IN ${list} WHERE ${path.where(test)})`,
  }));
}

function guard(condition: string, paths: readonly ValuePath[]): ValuePath[] {
  return paths.map((path) => ({ ...path, where: (test) => `(${condition} AND ${path.where(test)})` }));
}

/** Every type inside of a type, itself first. */
export function typesWithin(type: LogicalType): LogicalType[] {
  const inner = [
    ...(type.element === undefined ? [] : [type.element]),
    ...(type.fields ?? []).map((field) => field.type),
  ];
  return [type, ...inner.flatMap(typesWithin)];
}

export function isNested(type: LogicalType): boolean {
  return type.element !== undefined || type.fields !== undefined;
}
