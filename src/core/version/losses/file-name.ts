import { exportFiles } from '../export-files';
import { certain, type LossRule, type LossSeverity, lossOf } from '../loss';

/** What most file systems allow, in bytes. */
const LONGEST = 255;

interface Problem {
  readonly severity: LossSeverity;
  readonly part: string;
}

/** The engine makes file names of table names as they are, and reads them back as paths, patterns and string literals. */
function problemOf(file: string): Problem | undefined {
  if (file.includes('/')) return { severity: 'blocked', part: '/' };
  if (new TextEncoder().encode(file).length > LONGEST) return { severity: 'blocked', part: `> ${LONGEST}` };
  if (file.includes('"')) return { severity: 'error', part: '"' };
  if (file.includes('\\')) return { severity: 'error', part: '\\' };
  const set = /\[[^\]]+\]/.exec(file);
  if (set !== null) return { severity: 'error', part: set[0] };
  // A letter and a colon are the beginning of an absolute path, on every system.
  const drive = /^[A-Za-z]:/.exec(file);
  return drive === null ? undefined : { severity: 'error', part: drive[0] };
}

export const fileName: LossRule = {
  code: 'KX030',
  name: 'file-name',
  find(context) {
    return certain(
      exportFiles(context).flatMap(({ file, object }) => {
        const problem = problemOf(file);
        return problem === undefined ? [] : [lossOf(this, problem.severity, object, { file, part: problem.part })];
      }),
    );
  },
};
