import type { CommandName } from '../constants/commands';
import type { Services } from '../services/services';
import type { Request } from './request';

/** One entry of the palette. What it throws is shown once by whoever runs it; a cancellation is silent. */
export interface Command {
  readonly name: CommandName;
  /** Needs an engine, which runs only in a trusted workspace. */
  readonly needsEngine: boolean;
  run(services: Services, request: Request): Promise<unknown>;
}
