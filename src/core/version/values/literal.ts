import { type LogicalType, printLogicalType } from '../../catalog/logical-type';
import { quoteString } from '../../dialect/kuzu-names';
import { intervalLiteral } from './interval';
import type { ValueTree } from './tree';

/** Numbers whose own text is a literal of that very type, so that the engine looks them up in an index. */
const BARE = /^-?\d{1,18}$/;

/**
 * The expression of a value in a statement that gives it to a column of the type.
 * @throws RangeError for a tree that is no value of the type
 */
export function literalOf(type: LogicalType, tree: ValueTree): string {
  return tree === null ? 'NULL' : write(type, tree, true);
}

/** Inside of another value a NULL has to be told its type. */
function inner(type: LogicalType, tree: ValueTree): string {
  return tree === null ? `CAST(NULL AS ${printLogicalType(type)})` : write(type, tree, false);
}

function write(type: LogicalType, tree: ValueTree, outer: boolean): string {
  if (tree === null) return 'NULL';
  const { id, element, fields = [] } = type;
  const name = printLogicalType(type);
  if (id === 'STRUCT') {
    const values = partsOf(type, tree);
    return `{${fields.map((field, at) => `${field.name}: ${inner(field.type, values[at] ?? null)}`).join(', ')}}`;
  }
  if (id === 'UNION') {
    const [tag, value = null] = partsOf(type, tree);
    const member = fields.slice(1).find((field) => field.name === tag);
    if (member === undefined) throw new RangeError(`${String(tag)}: ${name}`);
    return `CAST(union_value(${member.name} := ${inner(member.type, value)}) AS ${name})`;
  }
  if (id === 'MAP') {
    const [key, value] = element?.fields ?? [];
    const pairs = partsOf(type, tree).map((pair) => partsOf(type, pair));
    if (key === undefined || value === undefined) throw new RangeError(name);
    const keys = listOf(
      key.type,
      pairs.map(([one = null]) => one),
    );
    return `map(${keys}, ${listOf(
      value.type,
      pairs.map(([, one = null]) => one),
    )})`;
  }
  if (element !== undefined) {
    const parts = partsOf(type, tree);
    const list = listOf(
      element,
      parts.map((part) => (isLostNull(element, part) ? null : part)),
    );
    return id === 'ARRAY' && !outer ? `CAST(${list} AS ${name})` : list;
  }
  if (typeof tree !== 'string') throw new RangeError(name);
  return scalar(id, name, tree);
}

/**
 * A NULL of a UNION that an array holds, or a list inside of one, is stored as the first member, and a JSON one then has a
 * text that is no JSON: nothing but the same NULL makes it again.
 * @source measured on Kùzu 0.11.3
 */
function isLostNull({ id, fields = [] }: LogicalType, tree: ValueTree): boolean {
  const first = fields[1];
  if (id !== 'UNION' || first?.type.id !== 'json' || tree === null || typeof tree === 'string') return false;
  return tree[0] === first.name && tree[1] === '';
}

function partsOf(type: LogicalType, tree: ValueTree): readonly ValueTree[] {
  if (tree === null || typeof tree === 'string') throw new RangeError(printLogicalType(type));
  return tree;
}

function listOf(element: LogicalType, trees: readonly ValueTree[]): string {
  if (trees.length === 0) return `CAST([] AS ${printLogicalType(element)}[])`;
  // Beside a value a plain NULL takes its type, which may have names of fields that no cast can be told.
  const typed = trees.every((tree) => tree === null);
  return `[${trees.map((tree) => (tree === null && !typed ? 'NULL' : inner(element, tree))).join(', ')}]`;
}

function scalar(id: string, name: string, text: string): string {
  if (id === 'STRING') return quoteString(text);
  if (id === 'INT64' && BARE.test(text)) return text;
  if (id === 'INTERVAL') return intervalLiteral(text);
  if (id === 'BLOB') return `BLOB(${quoteString(text)})`;
  const early = /^(\d+)(-\d\d-\d\d) \(BC\)(.*)$/s.exec(text);
  // The year 1 before Christ is the year 0 of the texts that the engine reads.
  const read = early === null ? text : `${String(Number(early[1]) - 1).padStart(4, '0')}${early[2]}${early[3]}`;
  return `CAST(${quoteString(read)} AS ${name})`;
}
