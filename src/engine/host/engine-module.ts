import type { Statement, StatementResult } from '../driver';
import type { EngineInfo, OpenParams } from './protocol';

/** What an engine package has to offer inside the child process. */
export interface EngineModule {
  readonly info: EngineInfo;
  open(params: OpenParams): Promise<EngineConnection>;
}

export interface EngineConnection {
  /** Runs exactly one statement. */
  execute(statement: Statement): Promise<StatementResult>;
  /** After a failed statement: leaves no transaction open that a later statement could fall into. */
  abandon(error: unknown): Promise<void>;
  close(): Promise<void>;
}

/** A guard that does not hold: the engine has met no error, so that what is open has to be rolled back. */
export class GuardError extends Error {
  constructor() {
    super('a guard of the next statement does not hold');
    this.name = 'GuardError';
  }
}
