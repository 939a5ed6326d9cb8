import * as vscode from 'vscode';
import type { MigrateError, Params } from '../../core/errors';
import { en } from '../../core/text/en';
import type { Translate } from '../../core/text/english';
import { fill, type RenderedError, renderError } from '../../core/text/fill';

export type TextKey = keyof typeof en;

/**
 * A text of the table in the user's language. The template goes to VS Code without its parameters: it would read
 * `{0}` where the table has `{name}`.
 */
export function t(key: TextKey, params: Params = {}): string {
  return fill(vscode.l10n.t(en[key]), params, lookup);
}

/** As {@link t}, for a key that is made of a code; one that is not in the table stands as it is. */
export const text: Translate = (key, params = {}) => fill(lookup(key), params, lookup);

/** An error's message and next step. */
export function errorText(error: MigrateError): RenderedError {
  return renderError(error, text);
}

/** Hints speak of flags; where the editor has another way, `ui.` and the key name it. */
function lookup(key: string): string {
  const table: Readonly<Record<string, string>> = en;
  const template = table[`ui.${key}`] ?? table[key];
  return template === undefined ? key : vscode.l10n.t(template);
}
