import { MigrateError, type Where } from '../errors';
import type { Danger } from './find';

/**
 * The error for a danger that refuses its statement.
 * @returns MigrateError STATEMENT_DANGEROUS, whose `detail` says what the danger is and the way round
 */
export function dangerError({ code, params }: Danger, where: Where): MigrateError {
  const detail = `@danger.${code}:${params.argument ?? ''}`;
  return new MigrateError('STATEMENT_DANGEROUS', { code, detail, statement: where.statement ?? '' }, { where });
}
