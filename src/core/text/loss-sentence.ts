import type { Loss } from '../version/loss';
import type { Translate } from './english';

/** What an export loses, as a sentence of the user's language. */
export function lossSentence(loss: Loss, text: Translate): string {
  return text(`loss.${loss.code}`, { ...loss.params, object: loss.object });
}
