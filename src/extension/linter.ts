import { lintScript } from '../core/lint/lint-script';
import { codeAddress } from '../core/report/lint-text';

/** What looks at scripts while they are edited. The build makes a file of its own of this, which is read with the first script. */
export const linter = { lintScript, codeAddress };

export type Linter = typeof linter;
