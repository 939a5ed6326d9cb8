import { isSqlSchema } from '../sql-print';
import { planCypher } from './cypher';
import { planSql } from './sql';
import type { Way, WayRequest } from './types';

/** The statements that turn one schema into the other, with the data that both can hold. */
export function planWay(request: WayRequest): Way {
  return isSqlSchema(request.before) || isSqlSchema(request.after) ? planSql(request) : planCypher(request);
}
