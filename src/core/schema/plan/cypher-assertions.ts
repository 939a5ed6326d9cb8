import { sameName, writeName } from '../../dialect/kuzu-names';
import { MigrateError } from '../../errors';
import type { NodeTable, RelTable } from '../model';
import type { Defaults } from './cypher-defaults';
import { numberedEnd } from './cypher-rebuild';
import { isNode, isRel, keyOfPair, originOf, type SharedTable } from './cypher-tables';
import type { Work } from './cypher-work';

/**
 * What has to hold of the rows before the first statement runs, so that nothing is half done when they do not fit: a new
 * key is there and once in each row, no node has more relationships than a stricter multiplicity allows, and a table whose
 * relationships nothing can move has none.
 * @returns queries of the older schema, each with one row of one value
 * @throws MigrateError GENERATE_DIFFERS where none can be written that alone keeps relationships from being lost
 */
export function assertionsOf(work: Work): string[] {
  const tables = [...work.rebuilds];
  const rels = tables.filter(isRel);
  const queries = [
    ...tables.filter(isNode).flatMap((table) => keyAssertion(table, work.defaults)),
    ...rels.flatMap(multiplicityAssertions),
    ...rels.flatMap(emptyAssertion),
  ];
  // A directive is one line. What no other one asks fails in the COPY, which loses nothing.
  return queries.filter((query) => !/[\r\n]/.test(query));
}

function keyAssertion(table: SharedTable<NodeTable>, defaults: Defaults): string[] {
  const { before, renamed, after } = table;
  const key = originOf(table, after.primaryKey);
  if (key === undefined) {
    const column = after.columns.find(({ name }) => sameName(name, after.primaryKey));
    const isOne = column?.default !== undefined && defaults.kindOf(column) === 'constant';
    return isOne ? [`MATCH (n:${writeName(before.name)}) RETURN count(*) <= 1`] : [];
  }
  if (sameName(renamed.primaryKey, after.primaryKey)) return [];
  const value = `n.${writeName(key.name)}`;
  return [
    `MATCH (n:${writeName(before.name)}) WITH ${value} AS k, count(*) AS c WHERE k IS NULL OR c > 1 RETURN count(*) = 0`,
  ];
}

/** Kùzu counts the relationships of each pair by themselves. */
function multiplicityAssertions({ before, renamed, after }: SharedTable<RelTable>): string[] {
  if (before.storageDirection === 'bwd') return [];
  const [oldFrom, oldTo] = renamed.multiplicity.split('_');
  const [from, to] = after.multiplicity.split('_');
  const kept = new Set(after.connections.map(keyOfPair));
  return before.connections.flatMap((pair, at) => {
    const now = renamed.connections[at];
    if (now === undefined || !kept.has(keyOfPair(now))) return [];
    const match = `MATCH (a:${writeName(pair.from)})-[r:${writeName(before.name)}]->(b:${writeName(pair.to)})`;
    const atMostOne = (end: string) => `${match} WITH ${end}, count(r) AS c WHERE c > 1 RETURN count(*) = 0`;
    return [
      ...(to === 'ONE' && oldTo !== 'ONE' ? [atMostOne('a')] : []),
      ...(from === 'ONE' && oldFrom !== 'ONE' ? [atMostOne('b')] : []),
    ];
  });
}

function emptyAssertion(table: SharedTable<RelTable>): string[] {
  if (numberedEnd(table) === undefined) return [];
  if (/[\r\n]/.test(table.before.name)) {
    throw new MigrateError('GENERATE_DIFFERS', { detail: `@plan.refused.lineBreak:${table.before.name}` });
  }
  return [`MATCH ()-[r:${writeName(table.before.name)}]->() RETURN count(*) = 0`];
}
