import type { LogicalType } from '../catalog/logical-type';
import { typesWithin } from './value-path';

/** Types that parquet files of the engine hold as another one: DOUBLE, TIMESTAMP, STRING, a list or a struct. */
const CONVERTED = ['INT128', 'TIMESTAMP_NS', 'TIMESTAMP_MS', 'TIMESTAMP_SEC', 'TIMESTAMP_TZ', 'json', 'ARRAY', 'UNION'];

/** Whether values of a type, or some inside of it, have to be converted when they are read back from parquet. */
export function isConverted(type: LogicalType): boolean {
  return typesWithin(type).some(({ id }) => CONVERTED.includes(id));
}
