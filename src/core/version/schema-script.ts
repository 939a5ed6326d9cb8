import type { Catalog, CatalogSequence } from '../catalog/model';
import { isSerialSequence, schemaOfCatalog } from '../catalog/to-schema';
import { quoteName, quoteString, sameName } from '../dialect/kuzu-names';
import { normaliseSchema } from '../schema/normalise';
import { sortByName } from '../schema/order';
import { printSchema } from '../schema/print';
import { statement } from '../schema/statement-end';
import { ftsIndexes } from './fts';
import { type SequencePosition, sequencePosition } from './sequence-position';
import { serialName } from './serial';

/** The statement files of a version, by name, in the words that the engine's own IMPORT DATABASE reads. */
export interface SchemaScripts {
  readonly schema: string;
  /** What `IMPORT DATABASE` can build. */
  readonly index: string;
  /** The rest, which only runs statement by statement; empty where there is none. */
  readonly moreIndexes: string;
}

/**
 * The whole schema, with each sequence where it stands.
 * @throws CatalogFormatError MALFORMED, for the settings of an index
 */
export function schemaScripts(catalog: Catalog): SchemaScripts {
  const schema = normaliseSchema(schemaOfCatalog(catalog));
  const placed = new Map(catalog.sequences.map((sequence) => [sequence.name, sequencePosition(sequence)]));
  const sequences = schema.sequences.map((sequence) => ({
    ...sequence,
    start: String(placed.get(sequence.name)?.start ?? sequence.start),
  }));
  const steps = sequences.flatMap(({ name }) => stepsOf(name, placed.get(name)));
  const serials = serialScripts(catalog);
  const printed = printSchema({ ...schema, sequences, indexes: [] });
  return {
    schema: [printed, [...steps, ...serials].map(statement).join('')].filter((part) => part !== '').join('\n'),
    ...indexScripts(catalog, schema.indexes),
  };
}

function stepsOf(name: string, position: SequencePosition | undefined): string[] {
  return Array.from({ length: position?.steps ?? 0 }, () => `RETURN nextval(${quoteString(name)})`);
}

/** A SERIAL column comes with a new sequence at 0, under the name that its table has now. */
function serialScripts(catalog: Catalog): string[] {
  return sortByName([...catalog.nodeTables, ...catalog.relTables], ({ name }) => name)
    .filter(({ internal }) => !internal)
    .flatMap((table) =>
      table.columns.flatMap((column) => {
        const own = column.serialSequence;
        const sequence = catalog.sequences.find(({ name }) => own !== undefined && sameName(name, own));
        if (sequence === undefined || nextOf(sequence) === '0') return [];
        const name = serialName({ table, column });
        const { start, steps } = sequencePosition(sequence.usageCount === 0n ? sequence : { ...sequence, start: -1n });
        const created = `CREATE SEQUENCE ${quoteName(name)} START ${start} MINVALUE ${sequence.min} MAXVALUE ${sequence.max}`;
        return [`DROP SEQUENCE IF EXISTS ${quoteName(name)}`, created, ...stepsOf(name, { start, steps })];
      }),
    );
}

/** `IMPORT DATABASE` prepares all calls before any runs, so that two indexes mean to make the same table of stop words. */
function indexScripts(catalog: Catalog, indexes: ReturnType<typeof schemaOfCatalog>['indexes']) {
  const [, ...others] = ftsIndexes(catalog).filter(({ hasOwnStopWords }) => !hasOwnStopWords);
  const later = new Set(others.map(({ index }) => index.indexName));
  const isLater = (index: (typeof indexes)[number]) => index.type === 'FTS' && later.has(index.name);
  const text = (some: typeof indexes) => some.map(({ definition }) => statement(definition)).join('');
  return { index: text(indexes.filter((one) => !isLater(one))), moreIndexes: text(indexes.filter(isLater)) };
}

/** The next value of every sequence, of SERIAL columns under the name that an import gives them. */
export function sequencePositions(catalog: Catalog): Map<string, string> {
  const positions = new Map<string, string>();
  const tell = (name: string, sequence: CatalogSequence) => positions.set(name, nextOf(sequence));
  for (const sequence of catalog.sequences) {
    if (!sequence.internal && !isSerialSequence(catalog, sequence)) tell(sequence.name, sequence);
  }
  for (const table of [...catalog.nodeTables, ...catalog.relTables]) {
    for (const column of table.columns) {
      const own = column.serialSequence;
      const sequence = catalog.sequences.find(({ name }) => own !== undefined && sameName(name, own));
      if (sequence !== undefined) tell(`${table.name}.${column.name}`, sequence);
    }
  }
  return positions;
}

function nextOf({ start, usageCount, current, increment, min, max, cycle }: CatalogSequence): string {
  const next = usageCount === 0n ? start : current + increment;
  const isOver = next > max || next < min;
  return isOver ? (cycle ? 'again' : 'over') : String(next);
}
