import type { MigrateError } from '../../core/errors';
import { type Plan, planRun } from '../../core/migration/plan';
import type { Situation } from './situation';
import type { MigrateRequest } from './types';

/** @throws MigrateError the first thing that stands in the way */
export function planOf(situation: Situation, request: MigrateRequest): Plan {
  const { action, to, steps, allowOutOfOrder } = request;
  const plan = planRun(situation.entries, {
    action,
    ...(to === undefined ? {} : { to }),
    ...(steps === undefined ? {} : { steps }),
    ...(allowOutOfOrder === undefined ? {} : { allowOutOfOrder }),
  });
  const [first]: readonly MigrateError[] = [...situation.problems, ...plan.problems];
  if (first) throw first;
  return plan;
}
