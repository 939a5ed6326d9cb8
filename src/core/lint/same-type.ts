import type { Dialect } from '../dialect/dialect';
import { familyType } from '../hazard/family-type';

const SAME = new Map(
  Object.entries({ INT: 'INT32', TEXT: 'STRING', REAL: 'FLOAT', FLOAT4: 'FLOAT', FLOAT8: 'DOUBLE', LOGICAL: 'BOOL' }),
);
/** In SQL the number behind INT counts bytes. */
const SQL = new Map(
  Object.entries({
    INT1: 'INT8',
    INT2: 'INT16',
    INT4: 'INT32',
    INT8: 'INT64',
    SHORT: 'INT16',
    LONG: 'INT64',
    DATETIME: 'TIMESTAMP',
  }),
);

/** What each spelling of these stands for is known; of all others two spellings may be one type. */
const KNOWN = new Set(
  'INT8 INT16 INT32 INT64 INT128 UINT8 UINT16 UINT32 UINT64 BOOL STRING FLOAT DOUBLE DATE TIMESTAMP BLOB UUID INTERVAL'.split(
    ' ',
  ),
);

/** Whether a type as it is written is surely another one than the engine's own spelling says. */
export function typesDiffer(asked: string, there: string, dialect: Dialect): boolean {
  const plain = (type: string) => {
    const upper = type
      .toUpperCase()
      .replace(/\s+/g, '')
      .replace(/^VARCHAR\(\d+\)$/, 'VARCHAR');
    return (dialect === 'sql' ? SQL.get(upper) : undefined) ?? SAME.get(upper) ?? familyType(upper);
  };
  const [a, b] = [plain(asked), plain(there)];
  return KNOWN.has(a) && KNOWN.has(b) && a !== b;
}
