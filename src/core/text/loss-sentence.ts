import type { Loss } from '../version/loss';
import { enLosses } from './en-losses';
import type { Translate } from './english';

/** What an export loses, as a sentence of the user's language. */
export function lossSentence(loss: Loss, text: Translate): string {
  const key = `loss.${loss.code}`;
  // A manifest of an older release may tell of losses that there are no more.
  if (!(key in enLosses)) return text('loss.other', { object: loss.object, code: loss.code });
  return text(key, { ...loss.params, object: loss.object });
}
