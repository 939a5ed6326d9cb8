import type { MigrateError, Params } from '../errors';

/**
 * Fills `{name}` in. A parameter of the form `@key:argument` is a text itself.
 * @param lookup finds the template of such a text.
 */
export function fill(template: string, params: Params, lookup: (key: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    const nested = typeof value === 'string' ? /^@([\w.]+)(?::([\s\S]*))?$/.exec(value) : null;
    return nested?.[1] ? fill(lookup(nested[1]), { argument: nested[2] ?? '' }, lookup) : String(value);
  });
}

export interface RenderedError {
  readonly message: string;
  readonly hint: string;
}

export function renderError(error: MigrateError, text: (key: string, params: Params) => string): RenderedError {
  return { message: text(`error.${error.code}`, error.params), hint: text(`hint.${error.code}`, error.params) };
}
