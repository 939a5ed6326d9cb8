import type { ViewState } from '../constants/contexts';
import { defaultDatabase, hasVersions, type ProjectState } from './project-state';
import type { Projects } from './projects';

/** What the view has to say: its rows when there are any, or why there are none. */
export function viewState(projects: Projects): ViewState {
  const [only, ...others] = projects.states;
  if (!only) return projects.isRead ? 'noProject' : 'loading';
  return others.length > 0 ? 'ready' : stateOf(only);
}

function stateOf(state: ProjectState): ViewState {
  if (state.kind === 'broken') return 'ready';
  if (state.list.versions.length > 0 || state.scripts.length > 0 || state.databases.length > 1) return 'ready';
  const file = defaultDatabase(state);
  if (file?.bytes === undefined) return 'noDatabase';
  return hasVersions(file.database) ? 'noVersions' : 'noMigrations';
}
