import type { Shape } from './shape';

/**
 * A value as JSON holds it: the text of a scalar, the fields of a STRUCT in their order, `[tag, value]` of a UNION, the
 * elements of a list, pairs of a map; null for NULL.
 */
export type ValueTree = string | null | readonly ValueTree[];

type Answer = string | number | boolean | null | undefined;

/** The answers of all queries: of each the cells by the positions, joined by commas. */
export type Answers = readonly ReadonlyMap<string, readonly Answer[]>[];

/** Puts the value of one place together. @param at the positions of its query, joined by commas */
export function treeOf(shape: Shape, answers: Answers, at: string): ValueTree {
  const look = ({ query, cell }: { query: number; cell: number }): Answer => answers[query]?.get(at)?.[cell];
  const places = (size: Answer) => Array.from({ length: Number(size) }, (_, index) => `${at},${index + 1}`);
  switch (shape.kind) {
    case 'leaf': {
      const text = look(shape.text);
      return text === null || text === undefined ? null : String(text);
    }
    case 'struct':
      return look(shape.there) === true ? shape.fields.map((field) => treeOf(field, answers, at)) : null;
    case 'union': {
      const tag = look(shape.tag);
      if (typeof tag !== 'string') return null;
      const member = shape.members.get(tag);
      return [tag, member === undefined ? null : treeOf(member, answers, at)];
    }
    case 'list': {
      const size = look(shape.size);
      if (size === null || size === undefined) return null;
      return places(size).map((place) => treeOf(shape.element, answers, place));
    }
    case 'map': {
      const size = look(shape.size);
      if (size === null || size === undefined) return null;
      return places(size).map((place) => [treeOf(shape.key, answers, place), treeOf(shape.value, answers, place)]);
    }
  }
}

/** Whether a parsed JSON value is a tree: files come from anywhere. */
export function isTree(value: unknown): value is ValueTree {
  return value === null || typeof value === 'string' || (Array.isArray(value) && value.every(isTree));
}
