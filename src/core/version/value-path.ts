import { type LogicalType, printLogicalType } from '../catalog/logical-type';
import { quoteString } from '../dialect/kuzu-names';

/**
 * A place inside of a column where values of some type lie. Lists are unwound, never asked by `ANY`: the engine answers
 * the second lambda of a query wrongly, and nested ones can end its process (measured on 0.11.3).
 */
export interface ValuePath {
  readonly type: LogicalType;
  /** How deep the place is; 0 is the column itself. */
  readonly depth: number;
  /** Somewhere inside of a map, whose values are given without knowing which of them are NULL. */
  readonly inMap: boolean;
  /** The clauses that lead here from the rows `t`. */
  readonly steps: readonly string[];
  /** The variable that a value here hangs on. */
  readonly scope: string;
  /** What has to hold besides, so that there is a value here. */
  readonly guards: readonly string[];
  readonly value: string;
}

/**
 * All places of a type, the outermost first.
 * @param value the column itself, such as `` t.`email` ``
 */
export function valuePaths(type: LogicalType, value: string): ValuePath[] {
  return pathsFrom({ type, value, depth: 0, inMap: false, steps: [], scope: 't', guards: [] });
}

function pathsFrom(path: ValuePath): ValuePath[] {
  return [path, ...innerPaths(path).flatMap(pathsFrom)];
}

function innerPaths(path: ValuePath): ValuePath[] {
  const { value } = path;
  const { id, element, fields = [] } = path.type;
  switch (id) {
    case 'LIST':
      return element === undefined ? [] : [unwound(path, element, value)];
    case 'ARRAY':
      return element === undefined ? [] : [unwound(path, element, `CAST(${value} AS ${printLogicalType(element)}[])`)];
    case 'MAP':
      return (element?.fields ?? []).map((field, index) => ({
        ...unwound(path, field.type, `${index === 0 ? 'map_keys' : 'map_values'}(${value})`),
        inMap: true,
      }));
    case 'STRUCT':
      // The engine keeps the backquotes of a quoted field name as a part of the name.
      return fields.map((field) =>
        inside(path, field.type, `${value} IS NOT NULL`, `struct_extract(${value}, ${quoteString(field.name)})`),
      );
    case 'UNION':
      // The first field is the tag; of another member than the one that is set the engine gives some value.
      return fields.slice(1).map(({ name, type }) => {
        const member = quoteString(name);
        return inside(path, type, `union_tag(${value}) = ${member}`, `union_extract(${value}, ${member})`);
      });
    default:
      return [];
  }
}

function inside(path: ValuePath, type: LogicalType, guard: string, value: string): ValuePath {
  return { ...path, type, depth: path.depth + 1, value, guards: [...path.guards, guard] };
}

function unwound(path: ValuePath, type: LogicalType, list: string): ValuePath {
  const scope = `v${path.depth + 1}`;
  const filter = path.guards.length === 0 ? [] : [`WITH ${path.scope} WHERE ${path.guards.join(' AND ')}`];
  const steps = [...path.steps, ...filter, `UNWIND ${list} AS ${scope}`];
  return { ...path, type, depth: path.depth + 1, value: scope, scope, steps, guards: [] };
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
