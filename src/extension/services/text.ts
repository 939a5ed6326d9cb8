import * as vscode from 'vscode';
import type { MigrateError, Params } from '../../core/errors';
import { editorTexts as texts } from '../../core/text/editor-texts';
import type { Translate } from '../../core/text/english';
import { fill, type RenderedError, renderError } from '../../core/text/fill';
import { lossSentence } from '../../core/text/loss-sentence';

export type TextKey = keyof typeof texts;

/**
 * A text of the table in the user's language. The template goes to VS Code without its parameters: it would read
 * `{0}` where the table has `{name}`.
 */
export function t(key: TextKey, params: Params = {}): string {
  return fill(vscode.l10n.t(texts[key]), params, lookup);
}

/** As {@link t}, for a key that is made of a code; one that is not in the table stands as it is. */
export const text: Translate = (key, params = {}) => fill(lookup(key), params, lookup);

/** An error's message, with its reasons, and the next step. */
export function errorText(error: MigrateError): RenderedError {
  const { message, hint } = renderError(error, text);
  // What an export would lose is the reason itself, where it is refused.
  return { message: [message, ...error.losses.map((loss) => lossSentence(loss, text))].join(' '), hint };
}

/** Hints speak of flags; where the editor has another way, `ui.` and the key name it. */
function lookup(key: string): string {
  const table: Readonly<Record<string, string>> = texts;
  const template = table[`ui.${key}`] ?? table[key];
  return template === undefined ? key : vscode.l10n.t(template);
}
