import type { Params } from '../../core/errors';
import { type TextKey, t } from './text';

/** A command that can't run here and now, for a reason that is no failure: said once, and not logged. */
export class Refusal extends Error {
  constructor(
    readonly key: TextKey,
    params: Params = {},
  ) {
    super(t(key, params));
    this.name = 'Refusal';
  }
}
