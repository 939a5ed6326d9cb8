import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Dialect } from '../../core/dialect/dialect';
import type { PluginCheckInput, PluginFinding } from '../../core/migration/user-code';
import type { Cell } from '../driver';

/** The wire between a caller and the process that runs user code. The caller sends one request after another. */

export interface CodePosition {
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** What a failed request carries. */
export interface CodeFailure {
  /** `invalid`: what the module exports is wrong. `database`: a call of `db` failed, and the caller knows why. */
  readonly kind: 'failed' | 'invalid' | 'database';
  /** The message of the user's error, or a nested text key. */
  readonly detail: string;
  readonly position?: CodePosition;
}

export interface LoadParams {
  readonly file: string;
  /** Evaluated instead of what lies in the file. */
  readonly source: string | null;
}

export interface LoadedModule {
  /** Names it in later requests. */
  readonly module: number;
  readonly hasDown: boolean;
  readonly transaction: 'auto' | 'none';
}

export interface CallParams {
  readonly module: number;
  readonly direction: 'up' | 'down';
  /** Counts the calls, so that a call of `db` can't be taken for one of a later call. */
  readonly call: number;
  readonly dialect: Dialect;
}

export interface LoadedPlugin {
  readonly module: number;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly checks: readonly string[];
}

export interface ParseParams {
  readonly module: number;
  /** The ending of the kind. */
  readonly kind: string;
  readonly file: string;
  readonly text: string;
  readonly dialect: Dialect;
}

export type ParsedBody = readonly { readonly text: string; readonly line: number }[] | 'code';

export interface ParsedByPlugin {
  /** A module like a loaded one, for the directions that are code. */
  readonly module: number;
  readonly up: ParsedBody;
  readonly down: ParsedBody | null;
  readonly transaction: 'auto' | 'none';
}

export interface CheckParams {
  readonly module: number;
  readonly check: string;
  readonly call: number;
  readonly dialect: Dialect;
  readonly input: PluginCheckInput;
}

export interface DatabaseParams {
  readonly call: number;
  readonly text: string;
}

export const loadRequest = new RequestType<LoadParams, LoadedModule, CodeFailure>('code/load');
export const callRequest = new RequestType<CallParams, null, CodeFailure>('code/call');
/** Answers with a failure when code went on after its call had ended. */
export const closeRequest = new RequestType<number, null, CodeFailure>('code/close');
export const pluginRequest = new RequestType<LoadParams, LoadedPlugin, CodeFailure>('code/plugin');
export const parseRequest = new RequestType<ParseParams, ParsedByPlugin, CodeFailure>('code/parse');
export const checkRequest = new RequestType<CheckParams, PluginFinding[], CodeFailure>('code/check');

/** From the process to its caller. A failure's message is the engine's. */
export const runRequest = new RequestType<DatabaseParams, { touched: number | null }, void>('database/run');
export const rowsRequest = new RequestType<DatabaseParams, readonly Readonly<Record<string, Cell>>[], void>(
  'database/rows',
);

/** Something that nobody waits for any more, for the log. */
export const noteNotification = new NotificationType<string>('code/note');

/** JSON-RPC error code of every failure of user code. */
export const CODE_ERROR = -32002;
/** JSON-RPC error code of a statement that failed, or that was refused because an earlier one had failed. */
export const DATABASE_ERROR = -32003;
