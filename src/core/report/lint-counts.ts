import type { LintFinding, LintSeverity } from '../lint/finding';

/** How many findings there are of each kind. */
export function lintCounts(findings: readonly Pick<LintFinding, 'severity'>[]): Record<`${LintSeverity}s`, number> {
  const count = (severity: LintSeverity) => findings.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('note') };
}
