import type { Lost } from '../loss/lost';
import type { TextOf } from '../migration/check-types';
import type { Demand } from './demand';

/** Only errors make `lint` end with exit code 3. */
export type LintSeverity = 'error' | 'warning' | 'note';

/** Lines and columns count from 1, columns in UTF-16 units; the end is behind the last character. */
export interface LintRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What mends a finding: each edit replaces a range of the file. */
export interface LintFix {
  readonly title: TextOf;
  readonly edits: readonly (LintRange & { readonly text: string })[];
}

/** Something that `lint` has to say about a place of a migration's file. */
export interface LintFinding extends LintRange {
  /** Of docs/hazards.md, or of docs/errors.md where the file can't be read or an engine refuses it. */
  readonly code: string;
  readonly severity: LintSeverity;
  readonly message: TextOf;
  /** The next step, where the message alone does not say it. */
  readonly hint?: TextOf;
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  readonly fix?: LintFix;
  readonly lost?: Lost;
  readonly demand?: Demand;
}

/** In the order of the places, the worst first at the same one. */
export function sortLint(findings: readonly LintFinding[]): LintFinding[] {
  const rank = { error: 0, warning: 1, note: 2 };
  return [...findings].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      rank[a.severity] - rank[b.severity] ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
