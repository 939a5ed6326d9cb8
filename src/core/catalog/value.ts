import type { ByteReader } from './byte-reader';
import { type LogicalType, Physical, readLogicalType } from './logical-type';

/** A constant inside an expression. */
export interface Value {
  readonly type: LogicalType;
  readonly isNull: boolean;
  /** Absent for nested values, which the parser never makes of a literal, and for intervals and internal ids. */
  readonly scalar?: bigint | number | string | boolean;
  readonly children: readonly Value[];
}

/** @throws CatalogFormatError MALFORMED */
export function readValue(reader: ByteReader): Value {
  return reader.nested(() => {
    const type = readLogicalType(reader);
    const isNull = reader.bool();
    const size = reader.u32();
    if (type.physical === Physical.LIST || type.physical === Physical.ARRAY || type.physical === Physical.STRUCT) {
      const children: Value[] = [];
      for (let index = 0; index < size; index++) children.push(readValue(reader));
      return { type, isNull, children };
    }
    const scalar = readScalar(reader, type.physical, isNull);
    return { type, isNull, children: [], ...(scalar === undefined ? {} : { scalar }) };
  });
}

/** A NULL has its bytes too, whatever is in them; only a NULL without a type has none. */
function readScalar(reader: ByteReader, physical: number, isNull: boolean): Value['scalar'] {
  switch (physical) {
    case Physical.BOOL:
      return reader.u8() !== 0;
    case Physical.INT64:
      return reader.i64();
    case Physical.INT32:
      return BigInt(reader.i32());
    case Physical.INT16:
      return BigInt(reader.i16());
    case Physical.INT8:
      return BigInt(reader.i8());
    case Physical.UINT64:
      return reader.u64();
    case Physical.UINT32:
      return BigInt(reader.u32());
    case Physical.UINT16:
      return BigInt(reader.u16());
    case Physical.UINT8:
      return BigInt(reader.u8());
    case Physical.INT128:
      return reader.i128();
    case Physical.DOUBLE:
      return reader.f64();
    case Physical.FLOAT:
      return reader.f32();
    case Physical.INTERVAL:
    case Physical.INTERNAL_ID:
      reader.u64();
      reader.u64();
      return undefined;
    case Physical.STRING:
      return reader.string();
    case Physical.ANY:
      return isNull ? undefined : reader.fail('a value without a type');
    default:
      return reader.fail(`a value of physical type ${physical}`);
  }
}
