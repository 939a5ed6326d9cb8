import { changeObject } from '../core/report/changes';
import { oneLine } from '../core/report/one-line';
import { newSchemaOf, type Rename } from '../core/schema/change';
import type { RenameCandidate } from '../core/schema/rename-candidate';
import { renameText } from '../core/schema/rename-text';
import { sqlLabel } from '../core/schema/sql-diff';
import { inShell } from '../core/text/in-shell';
import type { Shell } from './shell';

/** A question a line, with the answer as it can be copied. */
export function candidateLines(candidates: readonly RenameCandidate[], shell: Shell): string[] {
  return candidates.map((candidate) => {
    const { rename, sure, evidence } = candidate;
    const params = {
      from: changeObject(rename),
      to: newObject(rename),
      evidence: evidence.map(({ key, params: own }) => shell.text(key, own)).join(', ') || '-',
      option: `--rename ${inShell(renameText(rename))}`,
    };
    const text = sure ? shell.text('rename.maybe', params) : shell.text('rename.unsure', params);
    return `${shell.dim(shell.text('cli.note'))}: ${text}`;
  });
}

/** A question as scripts read it: `answer` is what `--rename` takes; codes and values of the evidence in no language. */
export function candidateJson({ rename, score, sure, evidence }: RenameCandidate): Record<string, unknown> {
  return {
    from: changeObject(rename),
    to: newObject(rename),
    answer: renameText(rename),
    score: Number(score.toFixed(2)),
    sure,
    evidence: evidence.map(({ key, params }) => ({ code: key.replace('rename.evidence.', ''), ...params })),
  };
}

function newObject(rename: Rename): string {
  const table = rename.kind === 'rename-column' ? [rename.table] : [];
  return oneLine(sqlLabel(newSchemaOf(rename) ?? 'main', ...table, rename.to));
}
