import type { LintFinding, LintRange, LintSeverity } from '../lint/finding';
import type { Translate } from '../text/english';
import { codeSpan, plainText } from './markdown-text';

/** A finding as scripts read it. */
export interface LintRow extends LintRange {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly message: string;
  /** The next step, where the message does not say it. */
  readonly hint?: string;
  readonly file: string;
  readonly fix?: { readonly title: string; readonly edits: readonly (LintRange & { readonly text: string })[] };
}

/** Findings with their words in one language. */
export function lintRows(findings: readonly LintFinding[], text: Translate): LintRow[] {
  return findings.map(({ code, severity, message, hint, file, line, column, endLine, endColumn, fix }) => ({
    code,
    severity,
    message: text(message.key, message.params),
    ...(hint ? { hint: text(hint.key, hint.params) } : {}),
    file,
    ...{ line, column, endLine, endColumn },
    ...(fix ? { fix: { title: text(fix.title.key, fix.title.params), edits: fix.edits } } : {}),
  }));
}

/** A comment for a review: a list by file, with links to what each code means. Ends with a line break. */
export function lintMarkdown(rows: readonly LintRow[], summary: string): string {
  const files = [...new Set(rows.map(({ file }) => file))];
  const parts = files.map((file) => {
    const own = rows.filter((row) => row.file === file);
    return `#### ${codeSpan(file)}\n\n${own.map(rowLine).join('')}`;
  });
  return [`### Lint: ${plainText(summary)}\n`, ...parts].join('\n');
}

function rowLine({ code, severity, message, hint, line, fix }: LintRow): string {
  const words = [message, ...(hint === undefined ? [] : [hint])].map(plainText).join(' ');
  const mend = fix ? ` *${plainText(fix.title)}.*` : '';
  return `- **${severity}** line ${line}: ${words} ([${code}](${codeAddress(code)}))${mend}\n`;
}

const DOCS = 'https://github.com/kuzu-migrate/kuzu-migrate/blob/main/docs';

/** Where a code is explained. */
export function codeAddress(code: string): string {
  const page = /^(?:DL|KM)\d+$/.test(code) ? 'hazards.md' : 'errors.md';
  return `${DOCS}/${page}#${code.toLowerCase()}`;
}
