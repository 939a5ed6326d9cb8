import { RequestType } from 'vscode-jsonrpc';
import type { Statement, StatementResult } from '../driver';

/** The wire between a caller and one engine process. One process serves one session at a time. */

export interface EngineInfo {
  readonly version: string;
  readonly storageVersion: number;
}

export interface OpenParams {
  readonly path?: string;
  readonly readOnly: boolean;
  readonly memoryMB?: number;
  readonly storageVersion?: number;
  readonly keepBlocks?: true;
}

export interface RunParams {
  /** Tells the lines of this run from those of the last one. */
  readonly run: number;
  readonly statements: readonly Statement[];
}

/** What a failed request carries: the engine's own text, and which statement of a run it came from. */
export interface EngineFailure {
  readonly message: string;
  readonly index?: number;
}

export const infoRequest = new RequestType<null, EngineInfo, EngineFailure>('engine/info');
export const openRequest = new RequestType<OpenParams, null, EngineFailure>('engine/open');
export const runRequest = new RequestType<RunParams, StatementResult[], EngineFailure>('engine/run');
export const closeRequest = new RequestType<null, null, EngineFailure>('engine/close');

/**
 * The file descriptor on which the engine's process says which statement comes next, as lines `RUN INDEX`. A pipe of its
 * own: the bytes of a synchronous write can't be overtaken by a crash, and cost a tenth of a message.
 */
export const PROGRESS_FD = 4;

/** JSON-RPC error code of every failure that the engine itself reported. */
export const ENGINE_ERROR = -32001;
