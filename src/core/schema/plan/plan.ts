import { planCypher } from './cypher';
import type { Way, WayRequest } from './types';

/** The statements that turn one schema into the other, with the data that both can hold. */
export function planWay(request: WayRequest): Way {
  return planCypher(request);
}
