import type { Expression } from '../../src/core/catalog/expression';
import { type LogicalType, Physical } from '../../src/core/catalog/logical-type';
import type { Catalog, CatalogColumn, CatalogNodeTable, CatalogRelTable } from '../../src/core/catalog/model';

const nothing: Expression = {
  kind: 'literal',
  raw: 'NULL',
  alias: '',
  children: [],
  value: { type: { id: 'ANY', physical: Physical.ANY }, isNull: true, children: [] },
};

/** A column of a scalar type, or of the type given. */
export function column(
  name: string,
  type: string,
  logicalType: LogicalType = { id: type, physical: 0 },
): CatalogColumn {
  return { id: 0, name, type, logicalType, defaultExpression: nothing };
}

const entry = (name: string, id: number) => ({ id: BigInt(id), name, hasParent: false, internal: false, comment: '' });

/** A node table whose key is its first column. */
export function nodeTable(name: string, columns = [column('id', 'INT64')]): CatalogNodeTable {
  return { ...entry(name, 0), kind: 'node', columns, primaryKey: columns[0]?.name ?? '' };
}

export interface RelSpec {
  readonly name: string;
  readonly pairs: readonly (readonly [from: string, to: string])[];
  readonly columns?: readonly CatalogColumn[];
  readonly storageDirection?: CatalogRelTable['storageDirection'];
}

/** A catalog of node tables and of rel tables between them. */
export function catalogWith(nodes: readonly CatalogNodeTable[], rels: readonly RelSpec[] = []): Catalog {
  const nodeTables = nodes.map((table, index) => ({ ...table, id: BigInt(index) }));
  const idOf = (name: string) => nodeTables.find((table) => table.name === name)?.id ?? -1n;
  const relTables = rels.map(
    ({ name, pairs, columns = [], storageDirection = 'both' }, index): CatalogRelTable => ({
      ...entry(name, nodes.length + index),
      kind: 'rel',
      columns,
      connections: pairs.map(([from, to], at) => ({ id: BigInt(at), fromId: idOf(from), toId: idOf(to) })),
      multiplicity: 'MANY_MANY',
      storageDirection,
    }),
  );
  return { nodeTables, relTables, sequences: [], macros: [], types: [], indexes: [] };
}
