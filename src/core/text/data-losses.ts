import type { CountedLoss } from '../loss/lost';
import type { TextOf } from '../migration/check-types';
import type { Translate } from './english';
import { formatCount } from './format';

/** More than that nobody reads in a question. */
const MOST = 12;

/** Data that will be gone: what it is called, and how much of it there is where that was counted. */
export interface LostData {
  readonly text: TextOf;
  readonly counted?: CountedLoss;
}

/** `rows of User (1,204 in dev), values of User.email (7 in dev)`; empty where nothing is lost. */
export function lostDataText(lost: readonly LostData[], database: string, text: Translate): string {
  const parts = lost.slice(0, MOST).map(({ text: { key, params }, counted }) => {
    const what = text(key, params);
    return counted ? text('gone.counted', { what, count: formatCount(counted.count), database }) : what;
  });
  const rest = lost.length - parts.length;
  const all = [...parts, ...(rest > 0 ? [text('gone.more', { count: formatCount(rest) })] : [])];
  return all.length === 0 ? '' : all.reduce((list, next) => text('gone.list', { list, next }));
}
