import { type LogicalType, printLogicalType } from '../../catalog/logical-type';
import { quoteString } from '../../dialect/kuzu-names';
import { decimalText, floatText, plainText } from '../carry/exact-text';

/**
 * Values of any type, taken apart by queries: the engine has no text of a nested value that says everything, and answers
 * lambdas wrongly once there are two. One query tells all that stands in no list, and one more each list.
 */
export interface Query {
  /** The clauses behind the rows `t`. */
  readonly clauses: string;
  /** What a place in this query's lists is told by: the row and then positions. */
  readonly positions: readonly string[];
  /** The expressions to return behind the positions. */
  readonly cells: string[];
}

/** Where a cell comes from. */
interface Cell {
  readonly query: number;
  readonly cell: number;
}

export type Shape =
  | { readonly kind: 'leaf'; readonly text: Cell }
  | { readonly kind: 'struct'; readonly there: Cell; readonly fields: readonly Shape[] }
  | { readonly kind: 'union'; readonly tag: Cell; readonly members: ReadonlyMap<string, Shape> }
  | { readonly kind: 'list'; readonly size: Cell; readonly element: Shape; readonly query: number }
  | { readonly kind: 'map'; readonly size: Cell; readonly key: Shape; readonly value: Shape; readonly query: number };

/** The queries of one row's values, and how to put their answers together. */
export class Shredder {
  readonly queries: Query[];

  /**
   * @param clauses lead to the rows `t`
   * @param positions the variables that tell them apart
   * @param textOf the text of a value that has no parts
   */
  constructor(
    clauses: string,
    positions: readonly string[],
    private readonly textOf: (type: LogicalType, value: string) => string = leafText,
  ) {
    this.queries = [{ clauses, positions, cells: [] }];
  }

  /** @param value an expression over `t` */
  shape(type: LogicalType, value: string): Shape {
    return this.#shape({ type, value, query: 0, guards: [], scope: 't' });
  }

  /** A text in the query of the rows themselves. */
  leaf(type: LogicalType, value: string): Shape {
    return { kind: 'leaf', text: this.#cell({ query: 0, guards: [] }, this.textOf(type, value)) };
  }

  #shape(place: Place): Shape {
    const { type, value } = place;
    const { id, element, fields = [] } = type;
    if (id === 'STRUCT') {
      const there = `${value} IS NOT NULL`;
      return {
        kind: 'struct',
        there: this.#cell(place, there),
        fields: fields.map((field) =>
          this.#shape(inside(place, field.type, there, `struct_extract(${value}, ${quoteString(field.name)})`)),
        ),
      };
    }
    if (id === 'UNION') {
      // The first field is the tag; of another member than the one that is set the engine gives some value.
      const members = fields.slice(1).map(({ name, type: member }): [string, Shape] => {
        const guard = `union_tag(${value}) = ${quoteString(name)}`;
        return [name, this.#shape(inside(place, member, guard, `union_extract(${value}, ${quoteString(name)})`))];
      });
      return { kind: 'union', tag: this.#cell(place, `union_tag(${value})`), members: new Map(members) };
    }
    if ((id === 'LIST' || id === 'ARRAY') && element !== undefined) {
      const list = id === 'LIST' ? value : `CAST(${value} AS ${printLogicalType(element)}[])`;
      const inner = this.#unwind(place, `size(${list})`, (at) => [['e', `list_extract(${list}, ${at})`]]);
      return {
        kind: 'list',
        size: this.#cell(place, sizeOf(value, list)),
        element: this.#shape({
          type: element,
          value: inner.names[0] ?? '',
          query: inner.query,
          guards: [],
          scope: inner.names.join(', '),
        }),
        query: inner.query,
      };
    }
    if (id === 'MAP' && element?.fields?.[0] !== undefined && element.fields[1] !== undefined) {
      const keys = `map_keys(${value})`;
      // The list of all values doesn't say which of them are NULL.
      const inner = this.#unwind(place, `size(${keys})`, (at) => [
        ['m', `list_extract(${keys}, ${at})`],
        ['e', `list_extract(map_extract(${value}, list_extract(${keys}, ${at})), 1)`],
      ]);
      const [key = '', entry = ''] = inner.names;
      const scope = inner.names.join(', ');
      return {
        kind: 'map',
        size: this.#cell(place, sizeOf(value, keys)),
        key: this.#shape({ type: element.fields[0].type, value: key, query: inner.query, guards: [], scope }),
        value: this.#shape({ type: element.fields[1].type, value: entry, query: inner.query, guards: [], scope }),
        query: inner.query,
      };
    }
    return { kind: 'leaf', text: this.#cell(place, this.textOf(type, value)) };
  }

  /** Where there is no value the engine answers with something, another thing in another file. */
  #cell({ query, guards }: Pick<Place, 'query' | 'guards'>, expression: string): Cell {
    const cells = this.queries[query]?.cells ?? [];
    const text =
      guards.length === 0 ? expression : `CASE WHEN ${guards.join(' AND ')} THEN ${expression} ELSE NULL END`;
    return { query, cell: cells.push(text) - 1 };
  }

  /** A query with a row for each element. */
  #unwind(place: Place, size: string, elements: (at: string) => readonly (readonly [string, string])[]) {
    const outer = this.queries[place.query];
    const query = this.queries.length;
    const at = `i${query}`;
    const positions = outer?.positions ?? [];
    const scope = [...positions, place.scope].join(', ');
    const filter = place.guards.length === 0 ? '' : ` WITH ${scope} WHERE ${place.guards.join(' AND ')}`;
    const made = elements(at).map(([name, text]): [string, string] => [`${name}${query}`, text]);
    const kept = [...positions, at, ...made.map(([name, text]) => `${text} AS ${name}`)].join(', ');
    this.queries.push({
      clauses: `${outer?.clauses}${filter} UNWIND range(1, ${size}) AS ${at} WITH ${kept}`,
      positions: [...positions, at],
      cells: [],
    });
    return { query, names: made.map(([name]) => name) };
  }
}

interface Place {
  readonly type: LogicalType;
  readonly value: string;
  readonly query: number;
  /** What has to hold so that there is a value here. */
  readonly guards: readonly string[];
  /** The variables that the value hangs on. */
  readonly scope: string;
}

function inside(place: Place, type: LogicalType, guard: string, value: string): Place {
  return { ...place, type, value, guards: [...place.guards, guard] };
}

function sizeOf(value: string, list: string): string {
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE size(${list}) END`;
}

export function leafText(type: LogicalType, value: string): string {
  if (type.id === 'STRING') return value;
  if (type.id === 'DECIMAL') return decimalText(value);
  if (type.id === 'DOUBLE' || type.id === 'FLOAT') return floatText(value);
  return plainText(value);
}
