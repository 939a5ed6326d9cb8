import { t } from '../services/text';
import type { Command } from './command';
import { pickSource, sourceOf } from './pick-source';
import { pickProject } from './picking';
import type { Request } from './request';
import { showComparison } from './show-comparison';

/** Any two sources in the multi-file diff, one entry for each object that differs. */
export const compareCommand: Command = {
  name: 'compare',
  needsEngine: true,
  async run(services, request) {
    const state = await pickProject(services, request);
    const [one, other] = sidesOf(request);
    const from =
      one === undefined
        ? await pickSource(services, state, { placeHolder: t('ui.source.first') })
        : sourceOf(state, one);
    const placeHolder = t('ui.source.second', { source: from.name });
    const to =
      other === undefined ? await pickSource(services, state, { placeHolder, except: from }) : sourceOf(state, other);
    await showComparison(services, state, { from, to, layout: 'objects' });
  },
};

/** From a row of a tree it is the one side, and the other is asked for. */
function sidesOf({ from, to, versions, version, database }: Request): readonly [string?, string?] {
  if (versions) return [`version:${versions[0]}`, `version:${versions[1]}`];
  if (version !== undefined) return [`version:${version}`];
  return [from ?? (database === undefined ? undefined : `db:${database}`), to];
}
