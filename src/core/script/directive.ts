import { parseId } from '../migration/id';
import { splitRenameTexts } from '../schema/rename-text';
import { isNear } from './near';

/** What a comment line asks for. Offsets count from the start of the comment's text. */
export type Directive =
  | { readonly kind: 'transaction' }
  | { readonly kind: 'requires'; readonly ids: readonly { readonly id: string; readonly at: number }[] }
  | { readonly kind: 'lint-ignore'; readonly codes: readonly string[] }
  | { readonly kind: 'assert' | 'assume'; readonly query: string; readonly at: number }
  | { readonly kind: 'rename'; readonly renames: readonly string[] }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'batch'; readonly size: number };

/** A line that was meant as a directive: what is wrong with it, as a nested text key. */
export interface WrongDirective {
  readonly kind: 'wrong';
  readonly detail: string;
}

const WORDS = ['transaction', 'requires', 'lint-ignore', 'assert', 'assume', 'rename', 'reopen', 'batch'] as const;
type Word = (typeof WORDS)[number];

const CODE = /^[a-z][\w.-]*$/i;
const ANY = /^/;
const SIZE = /^[1-9]\d*$/;
const RENAMES = /^[^\s=]+=[^\s=]+(?:\s*,\s*[^\s=]+=[^\s=]+)*$/;
const QUERY = /^(?:match|return|call|with|unwind|optional|select|from|values|exists|\()/i;

/** What a word without its colon has to be followed by to be meant as a directive rather than as prose. */
const VALUES: Readonly<Partial<Record<Word, RegExp>>> = {
  transaction: /^none$/i,
  requires: /^\d[\d._]*(?:\s*,\s*\d[\d._]*)*$/,
  batch: /^\d+$/,
  rename: RENAMES,
};

/** Reads a comment's text without its sign; undefined for an ordinary comment. */
export function readDirective(comment: string): Directive | WrongDirective | undefined {
  const line = /^\s*([a-z][\w-]*)(\s*:)?/i.exec(comment);
  if (!line) return undefined;
  const [head, written = '', colon] = line;
  const after = comment.slice(head.length);
  const at = head.length + (after.length - after.trimStart().length);
  const value = after.trim();
  const word = WORDS.find((one) => one === written.toLowerCase());
  if (word === undefined) return misspelt(written.toLowerCase(), colon !== undefined, value);
  if (word === 'reopen') return reopen(colon !== undefined, value);
  if (word === 'lint-ignore') return lintIgnore(value);
  if (colon === undefined) return VALUES[word]?.test(value) ? wrong('missingColon', word) : undefined;
  if (word === 'transaction') return /^none$/i.test(value) ? { kind: word } : wrong('transactionValue', value);
  if (word === 'requires') return requires(value, at);
  if (word === 'batch') return batch(value);
  if (word === 'rename') return renames(value);
  return value === '' ? wrong('emptyQuery', word) : { kind: word, query: value, at };
}

/** A nested text key with its argument. */
export function wrong(key: string, argument: string): WrongDirective {
  return { kind: 'wrong', detail: `@script.${key}:${argument}` };
}

function misspelt(written: string, colon: boolean, value: string): WrongDirective | undefined {
  const known = WORDS.find((word) => isNear(written, word));
  if (known === undefined) return undefined;
  const meant =
    known === 'reopen'
      ? value === ''
      : // “asset: …” and “renamed: …” are words of their own, and one letter off.
        colon && (known === 'rename' ? RENAMES : known === 'assert' || known === 'assume' ? QUERY : ANY).test(value);
  return meant ? wrong('unknownDirective', written) : undefined;
}

function reopen(colon: boolean, value: string): Directive | WrongDirective | undefined {
  if (value === '' && !colon) return { kind: 'reopen' };
  return colon ? wrong('reopenValue', value) : undefined;
}

function lintIgnore(value: string): Directive | WrongDirective {
  const codes = value.split(',').map((code) => code.trim());
  return codes.every((code) => CODE.test(code)) ? { kind: 'lint-ignore', codes } : wrong('lintIgnoreValue', value);
}

function requires(value: string, at: number): Directive | WrongDirective {
  const ids: { id: string; at: number }[] = [];
  let offset = at;
  for (const part of value.split(',')) {
    const id = part.trim();
    if (/\s/.test(id) || parseId(id) === undefined) return wrong('requiresValue', value);
    ids.push({ id, at: offset + part.indexOf(id) });
    offset += part.length + 1;
  }
  return { kind: 'requires', ids };
}

function batch(value: string): Directive | WrongDirective {
  const size = Number(value);
  return SIZE.test(value) && Number.isSafeInteger(size) ? { kind: 'batch', size } : wrong('batchValue', value);
}

function renames(value: string): Directive | WrongDirective {
  const list = splitRenameTexts(value);
  return list ? { kind: 'rename', renames: list } : wrong('renameValue', value);
}
