import type { PluginFinding } from '../../core/migration/user-code';
import { CodeProblem } from './problem';

/** What a plugin's check returned, with nothing in it but what a finding has. @throws CodeProblem */
export function findingsOf(value: unknown, check: string): PluginFinding[] {
  if (!Array.isArray(value)) throw new CodeProblem(`@code.notList:${check}`, 'invalid');
  return value.map((item: Partial<Record<keyof PluginFinding, unknown>> | null) => {
    const { severity, message, file, line } = item ?? {};
    const known = severity === 'error' || severity === 'note';
    if (!known || typeof message !== 'string') throw new CodeProblem(`@code.plugin.finding:${check}`, 'invalid');
    const place = {
      ...(typeof file === 'string' ? { file } : {}),
      ...(typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    };
    return { severity, message, ...place };
  });
}
