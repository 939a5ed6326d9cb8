import { MigrateError } from '../core/errors';
import type { GlobalOptions, Shell } from './shell';

/**
 * Refuses `--json` beside a format that it would silently replace.
 * @param alike the formats that go with it
 * @throws MigrateError USAGE
 */
export function requireOneFormat(
  shell: Shell,
  { json }: GlobalOptions,
  format: string,
  alike: readonly string[],
): void {
  if (json && !alike.includes(format)) {
    throw new MigrateError('USAGE', { detail: shell.text('cli.oneFormat'), help: '--help' });
  }
}
