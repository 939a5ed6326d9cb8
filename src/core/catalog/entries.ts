import type { Multiplicity, StorageDirection } from '../schema/model';
import type { ByteReader } from './byte-reader';
import { type Expression, readExpression } from './expression';
import { literalText, printExpression } from './expression-text';
import { printLogicalType, readLogicalType } from './logical-type';
import type { CatalogColumn, CatalogEntry } from './model';
import { printParameters } from './parameters';

/** The engine's `CatalogEntryType`; functions are not written, since the engine registers them itself. */
const NODE_TABLE = 0;
const REL_GROUP = 2;
const MACRO = 10;
const SEQUENCE = 40;
const TYPE = 41;
const INDEX = 42;

const INTERNAL_ID_COLUMN = '_ID';

const DIRECTIONS: readonly StorageDirection[] = ['fwd', 'bwd', 'both'];

/**
 * One entry of a catalog set.
 * @throws CatalogFormatError MALFORMED
 */
export function readEntry(reader: ByteReader, internal: boolean): CatalogEntry {
  const type = reader.u8();
  const name = reader.string();
  const entry = { name, id: reader.u64(), hasParent: reader.bool(), internal };
  switch (type) {
    case NODE_TABLE:
    case REL_GROUP: {
      const comment = reader.string();
      const columns = readColumns(reader);
      const table = { ...entry, comment, columns: columns.filter((column) => column.name !== INTERNAL_ID_COLUMN) };
      if (type === NODE_TABLE) return { ...table, kind: 'node', primaryKey: reader.string() };
      return { ...table, kind: 'rel', ...readRelGroup(reader) };
    }
    case MACRO: {
      const expression = readExpression(reader);
      const positional = reader.list(() => reader.string());
      const defaults = reader.list(() => ({ name: reader.string(), value: readExpression(reader) }));
      return {
        ...entry,
        kind: 'macro',
        parameters: printParameters(positional, defaults),
        parameterNames: [...positional, ...defaults.map((parameter) => parameter.name)],
        body: printExpression(expression),
        expression,
      };
    }
    case SEQUENCE:
      return {
        ...entry,
        kind: 'sequence',
        usageCount: reader.u64(),
        current: reader.i64(),
        increment: reader.i64(),
        start: reader.i64(),
        min: reader.i64(),
        max: reader.i64(),
        cycle: reader.bool(),
      };
    case TYPE: {
      const logicalType = readLogicalType(reader);
      return { ...entry, kind: 'type', definition: printLogicalType(logicalType), logicalType };
    }
    case INDEX:
      return {
        ...entry,
        kind: 'index',
        type: reader.string(),
        tableId: reader.u64(),
        indexName: reader.string(),
        columnIds: reader.list(() => reader.u32()),
        settings: reader.blob(),
      };
    default:
      return reader.fail(`the entry type ${type}`);
  }
}

function readRelGroup(reader: ByteReader) {
  const from = readMultiplicity(reader);
  const to = readMultiplicity(reader);
  const multiplicity: Multiplicity = `${from}_${to}`;
  const direction = reader.u8();
  const storageDirection = DIRECTIONS[direction] ?? reader.fail(`the storage direction ${direction}`);
  const connections = reader.list(() => ({ fromId: reader.u64(), toId: reader.u64(), id: reader.u64() }));
  return { multiplicity, storageDirection, connections };
}

function readMultiplicity(reader: ByteReader): 'MANY' | 'ONE' {
  const value = reader.u8();
  if (value > 1) reader.fail(`the multiplicity ${value}`);
  return value === 0 ? 'MANY' : 'ONE';
}

/** In the order of their ids, which is the order of definition: the engine keeps them in a sorted map. */
function readColumns(reader: ByteReader): CatalogColumn[] {
  // The next column id and the next property id.
  reader.u32();
  reader.u32();
  const columns = reader.list(() => readColumn(reader));
  // Which storage column holds which property.
  reader.list(() => [reader.u32(), reader.u32()]);
  return columns;
}

function readColumn(reader: ByteReader): CatalogColumn {
  const id = reader.u32();
  const name = reader.string();
  const logicalType = readLogicalType(reader);
  const defaultExpression = readExpression(reader);
  const column = { id, name, logicalType, type: printLogicalType(logicalType), defaultExpression };
  if (logicalType.id === 'SERIAL') {
    const serialSequence = literalText(defaultExpression.children[0]);
    return serialSequence === undefined ? column : { ...column, serialSequence };
  }
  return isNull(defaultExpression) ? column : { ...column, default: printExpression(defaultExpression) };
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value.isNull;
}
