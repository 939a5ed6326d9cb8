import type { HistoryEvent } from '../../core/migration/types';
import { formatMs } from '../../core/text/format';
import { showKept } from '../documents/show-kept';
import { t, text } from '../services/text';
import { withProgress } from '../services/work';
import type { Command } from './command';
import { pickPlace } from './pick-migration';

/** Everything that migrations did to a database, the newest first, as a document. */
export const showHistory: Command = {
  name: 'showHistory',
  needsEngine: true,
  async run(services, request) {
    const { state, database } = await pickPlace(services, request);
    const context = await services.engines.context(state.project);
    const { listHistory } = await services.engines.workflows();
    const title = t('ui.progress.history', { database: database.name });
    const { events, fromCopy } = await withProgress(title, (running) => listHistory(context, { ...running, database }));
    if (events.length === 0) return services.messages.show('info', t('ui.noHistory', { database: database.name }));
    const name = t('ui.history.name', { database: database.name });
    await showKept(services, state, { name, text: `# ${name}\n\n${table(events)}` });
    services.messages.noteCopy(fromCopy);
  },
};

function table(events: readonly HistoryEvent[]): string {
  const head = ['at', 'action', 'migration', 'state', 'time', 'error'].map((key) => text(`ui.history.${key}`));
  const rows = [...events]
    .reverse()
    .map((event) => [
      event.at.slice(0, 19).replace('T', ' '),
      text(`ui.history.action.${event.action}`),
      event.version,
      text(`history.status.${event.status}`),
      formatMs(event.executionMs),
      (event.error ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|'),
    ]);
  // Errors are long, and nothing stands behind them.
  const widths = head.map((cell, at) => {
    return at === head.length - 1
      ? widthOf(cell)
      : Math.max(...[cell, ...rows.map((row) => row[at] ?? '')].map(widthOf));
  });
  const padded = (cell: string, at: number) => cell + ' '.repeat(Math.max((widths[at] ?? 0) - widthOf(cell), 0));
  const line = (cells: readonly string[]) => `| ${cells.map(padded).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line), ''].join('\n');
}

/** In a monospaced font East Asian characters take two columns. */
function widthOf(cell: string): number {
  return [...cell].reduce(
    (sum, one) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(one) ? 2 : 1),
    0,
  );
}
