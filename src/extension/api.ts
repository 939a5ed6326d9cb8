import type { Dialogs } from './services/dialogs';
import type { Services } from './services/services';

/** What the extension gives to its own tests, and to nobody else. */
export interface ExtensionApi {
  readonly services: Services;
  /** Milliseconds from the first line of the bundle to the end of activation. */
  readonly activationMs: number;
  /** Answers in place of the user. */
  setDialogs(dialogs: Dialogs): void;
}
