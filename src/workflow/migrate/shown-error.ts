import path from 'node:path';
import { MigrateError } from '../../core/errors';
import type { MigrationBody, MigrationKind } from '../../core/migration/kind';
import { shownPath } from '../../project/inside';
import type { RunCode } from './kinds';

/** A kind whose errors name files as all others do, relative to the project; code is loaded by its absolute path. */
export function withShownErrors(kind: MigrationKind<RunCode>, dir: string): MigrationKind<RunCode> {
  const fail = (error: unknown): never => {
    throw shown(error, dir);
  };
  const withErrors = (body: MigrationBody<RunCode>): MigrationBody<RunCode> =>
    body.kind === 'code' ? { ...body, run: (database, options) => body.run(database, options).catch(fail) } : body;
  return {
    ...kind,
    parse: async (source) => {
      const parsed = await kind.parse(source).catch(fail);
      const { up, down } = parsed;
      return {
        ...parsed,
        up: withErrors(up),
        ...(down ? { down: withErrors(down) } : {}),
        close: () => parsed.close(),
      };
    },
  };
}

function shown(error: unknown, dir: string): unknown {
  if (!MigrateError.is(error)) return error;
  const { code, params, where, losses, cause } = error;
  const relative = (file: string) => (path.isAbsolute(file) ? shownPath(dir, file) : file);
  return new MigrateError(code, typeof params.file === 'string' ? { ...params, file: relative(params.file) } : params, {
    where: where.file === undefined ? where : { ...where, file: relative(where.file) },
    losses,
    cause: cause ?? error,
  });
}
