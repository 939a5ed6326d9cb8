import type { ErrorCode } from './text/en-errors';
import type { Loss } from './version/loss';

export type Param = string | number;
export type Params = Readonly<Record<string, Param>>;

/** Where in the user's files or statements an error lies; every part is optional, lines and columns count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly statement?: string;
}

/**
 * Every error that a user may see. The text is made from `code` and `params` at the face that shows it (CLI or
 * editor), in the user's language, so that nobody has to match message text.
 */
export class MigrateError extends Error {
  readonly code: ErrorCode;
  readonly params: Params;
  readonly where: Where;
  /** What an export would lose, where that is the reason. */
  readonly losses: readonly Loss[];

  constructor(
    code: ErrorCode,
    params: Params = {},
    options: { where?: Where; cause?: unknown; losses?: readonly Loss[] } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MigrateError';
    this.code = code;
    this.params = params;
    this.where = options.where ?? {};
    this.losses = options.losses ?? [];
  }

  static is(error: unknown, code?: ErrorCode): error is MigrateError {
    return error instanceof MigrateError && (code === undefined || error.code === code);
  }
}

/** The system's code of a failed file operation (`ENOENT`, `EACCES`, …), or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
