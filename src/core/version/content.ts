import { changeRows } from '../report/changes';
import { diffSchemas } from '../schema/diff';
import type { Schema } from '../schema/model';
import { compareCodePoints, keyOf } from '../schema/order';

/** A table as the proof knows it. */
export interface TableContent {
  readonly name: string;
  readonly rows: number;
  /** Equal for equal rows in whatever order; decimal text. */
  readonly fingerprint: string;
}

/** All that has to be equal in two databases of which one was made of the other. */
export interface Content {
  readonly schema: Schema;
  /** The next value by name; SERIAL columns as `Table.column`. */
  readonly sequences: ReadonlyMap<string, string>;
  readonly tables: readonly TableContent[];
}

/** The sum of hashes of a node table or of one pair of a rel table. */
export interface ContentSum {
  readonly table: string;
  readonly pair: string;
  readonly rows: number;
  readonly hash: string;
}

/** The sums of each table as one; the order of pairs is no content. */
export function tableContents(schema: Schema, sums: readonly ContentSum[]): TableContent[] {
  return schema.tables.map(({ name }) => {
    const own = sums.filter(({ table }) => table === name);
    const pairs = [...new Set(own.map(({ pair }) => pair))].sort(compareCodePoints);
    return {
      name,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      fingerprint:
        pairs
          .map((pair) =>
            own
              .filter((one) => one.pair === pair)
              .map(({ hash }) => hash)
              .join('+'),
          )
          .join(',') || '0',
    };
  });
}

/** Where two contents differ first: an object, and what of it. */
export interface Difference {
  readonly object: string;
  readonly what: 'schema' | 'sequence' | 'rows' | 'values';
  readonly expected: string;
  readonly actual: string;
}

/**
 * The first difference, schemas before data. The start of a sequence that was used often is not compared: no statement
 * sets it without moving the sequence, and where that stands is compared.
 */
export function firstDifference(source: Content, copy: Content): Difference | undefined {
  const starts = new Map(source.schema.sequences.map((one) => [keyOf(one), one.start]));
  const aligned = {
    ...copy.schema,
    sequences: copy.schema.sequences.map((one) => ({ ...one, start: starts.get(keyOf(one)) ?? one.start })),
  };
  const [change] = changeRows(diffSchemas(source.schema, aligned));
  if (change) return { object: change.object, what: 'schema', expected: '-', actual: change.text };
  for (const [name, next] of source.sequences) {
    const actual = copy.sequences.get(name) ?? '-';
    if (actual !== next) return { object: name, what: 'sequence', expected: next, actual };
  }
  return tableDifference(source.tables, copy.tables);
}

export function tableDifference(
  expected: readonly TableContent[],
  found: readonly TableContent[],
): Difference | undefined {
  for (const { name, rows, fingerprint } of expected) {
    const other = found.find((table) => table.name === name);
    if (other?.rows !== rows) {
      return { object: name, what: 'rows', expected: String(rows), actual: String(other?.rows ?? '-') };
    }
    if (other.fingerprint !== fingerprint) {
      return { object: name, what: 'values', expected: fingerprint, actual: other.fingerprint };
    }
  }
  return undefined;
}
