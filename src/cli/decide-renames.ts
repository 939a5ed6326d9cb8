import type { Rename } from '../core/schema/change';
import type { RenameCandidate } from '../core/schema/rename-candidate';
import { renameText } from '../core/schema/rename-text';
import { refuseToDecide } from '../workflow/generate/plan';
import { ask } from './ask';
import type { GlobalOptions, Shell } from './shell';

/** Asks for each on the terminal. `--yes` is no answer to it: then the old one goes and the new one comes, and that is said. */
export function decideOnTerminal(shell: Shell, options: GlobalOptions) {
  return async (candidates: readonly RenameCandidate[]): Promise<readonly Rename[]> => {
    if (options.yes) return [];
    if (process.stdin.isTTY !== true || shell.json) refuseToDecide(candidates);
    shell.pauseProgress();
    const chosen: Rename[] = [];
    for (const { rename, evidence } of candidates) {
      const why = evidence.map(({ key, params }) => shell.text(key, params)).join(', ');
      const answer = await ask(shell.text('cli.ask.rename', { rename: renameText(rename), why }));
      if (/^(y|yes|はい)$/i.test(answer)) chosen.push(rename);
    }
    return chosen;
  };
}
