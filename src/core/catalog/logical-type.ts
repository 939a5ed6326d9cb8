import type { ByteReader } from './byte-reader';

/** What a value's bytes look like; several types share one. The numbers are the engine's `PhysicalTypeID`. */
export const Physical = {
  ANY: 0,
  BOOL: 1,
  INT64: 2,
  INT32: 3,
  INT16: 4,
  INT8: 5,
  UINT64: 6,
  UINT32: 7,
  UINT16: 8,
  UINT8: 9,
  INT128: 10,
  DOUBLE: 11,
  FLOAT: 12,
  INTERVAL: 13,
  INTERNAL_ID: 14,
  STRING: 20,
  LIST: 22,
  ARRAY: 23,
  STRUCT: 24,
} as const;

/** The engine's `LogicalTypeID`. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'ANY',
  10: 'NODE',
  11: 'REL',
  12: 'RECURSIVE_REL',
  13: 'SERIAL',
  22: 'BOOL',
  23: 'INT64',
  24: 'INT32',
  25: 'INT16',
  26: 'INT8',
  27: 'UINT64',
  28: 'UINT32',
  29: 'UINT16',
  30: 'UINT8',
  31: 'INT128',
  32: 'DOUBLE',
  33: 'FLOAT',
  34: 'DATE',
  35: 'TIMESTAMP',
  36: 'TIMESTAMP_SEC',
  37: 'TIMESTAMP_MS',
  38: 'TIMESTAMP_NS',
  39: 'TIMESTAMP_TZ',
  40: 'INTERVAL',
  41: 'DECIMAL',
  42: 'INTERNAL_ID',
  50: 'STRING',
  51: 'BLOB',
  52: 'LIST',
  53: 'ARRAY',
  54: 'STRUCT',
  55: 'MAP',
  56: 'UNION',
  58: 'POINTER',
  59: 'UUID',
};

const USER_DEFINED = 1;

export interface TypeField {
  readonly name: string;
  readonly type: LogicalType;
}

export interface LogicalType {
  /** `INT64`, `STRUCT`, …; for a type of an extension the name that it is known by, such as `json`. */
  readonly id: string;
  readonly physical: number;
  /** The element of a LIST or ARRAY; of a MAP its entry, a STRUCT of key and value. */
  readonly element?: LogicalType;
  readonly length?: bigint;
  /** Of a STRUCT; of a UNION too, where the first one is the engine's own tag. */
  readonly fields?: readonly TypeField[];
  readonly precision?: number;
  readonly scale?: number;
}

/** @throws CatalogFormatError MALFORMED */
export function readLogicalType(reader: ByteReader): LogicalType {
  return reader.nested(() => {
    const number = reader.u8();
    const physical = reader.u8();
    const category = reader.u8();
    if (category === USER_DEFINED) return { id: reader.string(), physical };
    const id = NAMES[number] ?? reader.fail(`the type number ${number}`);
    if (physical === Physical.LIST) return { id, physical, element: readLogicalType(reader) };
    if (physical === Physical.ARRAY) return { id, physical, element: readLogicalType(reader), length: reader.u64() };
    if (physical === Physical.STRUCT) {
      return { id, physical, fields: reader.list(() => ({ name: reader.string(), type: readLogicalType(reader) })) };
    }
    if (id === 'DECIMAL') return { id, physical, precision: reader.u32(), scale: reader.u32() };
    return { id, physical };
  });
}

function printFields(fields: readonly TypeField[]): string {
  return fields.map((field) => `${field.name} ${printLogicalType(field.type)}`).join(', ');
}

/** The engine's own spelling, the one that `CALL table_info` shows (`LogicalType::toString`). */
export function printLogicalType(type: LogicalType): string {
  switch (type.id) {
    case 'LIST':
      return type.element === undefined ? type.id : `${printLogicalType(type.element)}[]`;
    case 'ARRAY':
      return type.element === undefined ? type.id : `${printLogicalType(type.element)}[${type.length}]`;
    case 'MAP':
      return `MAP(${(type.element?.fields ?? []).map((field) => printLogicalType(field.type)).join(', ')})`;
    case 'STRUCT':
      return `STRUCT(${printFields(type.fields ?? [])})`;
    case 'UNION':
      return `UNION(${printFields((type.fields ?? []).slice(1))})`;
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    default:
      return type.id;
  }
}
