import type { MigrateError, Params } from '../errors';

/**
 * Fills `{name}` in. A parameter of the form `@key:argument` is a text itself.
 * @param lookup finds the template of such a text, and gives back a key that it doesn't know.
 */
export function fill(template: string, params: Params, lookup: (key: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    const nested = typeof value === 'string' ? /^@([\w.-]+)(?::([\s\S]*))?$/.exec(value) : null;
    const key = nested?.[1];
    // A user's own word may begin with an @, too: only a text that there is stands in for it.
    if (key === undefined || lookup(key) === key) return String(value);
    return fill(lookup(key), { argument: nested?.[2] ?? '' }, lookup);
  });
}

export interface RenderedError {
  readonly message: string;
  readonly hint: string;
}

export function renderError(error: MigrateError, text: (key: string, params: Params) => string): RenderedError {
  return { message: text(`error.${error.code}`, error.params), hint: text(`hint.${error.code}`, error.params) };
}
