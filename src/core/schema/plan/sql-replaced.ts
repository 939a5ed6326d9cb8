import { foldName, sameName } from '../../dialect/kuzu-names';
import { sameSequence } from '../diff';
import type { Macro, Schema, Sequence, UserType } from '../model';
import { indexByName, keyOf } from '../order';
import { createSqlMacro, createSqlType, isTableMacro } from '../sql-statements';
import { sqlTokens } from '../sql-tokens';
import type { WayRequest } from './types';

/** The sequences, types and macros that go or are made anew: no table may hold on to them meanwhile. */
export interface Replaced {
  readonly sequences: readonly Sequence[];
  /** Those first that have others inside. */
  readonly types: readonly UserType[];
  readonly macros: readonly Macro[];
  /** Whether an expression mentions one of them, or a macro whose text does. */
  readonly mentionedBy: (text: string) => boolean;
}

/** What differs, and what can't stay while that is replaced. */
export function replacedObjects({ before, after }: WayRequest): Replaced {
  // As the diff has it: one that was used says another start, and made anew it would give its numbers a second time.
  const sequences = differing(before.sequences, after.sequences, sameSequence);
  const types = withOuterTypes(differing(before.types, after.types, sameText(createSqlType)), before);
  const macros = differing(before.macros, after.macros, sameText(createSqlMacro));
  const names = new Set([...types, ...macros].map(({ name }) => foldName(name)));
  // A sequence is named in a string: `nextval('app.s')`.
  const mentionedBy = (text: string) =>
    sqlTokens(text).some((token) =>
      token.kind === 'name'
        ? names.has(foldName(token.text))
        : token.kind === 'string' &&
          sequences.some(({ name }) => foldName(token.text).includes(foldName(name).replaceAll('"', '""'))),
    );
  // A macro's text is a part of what calls it: what that needs is held as well (measured).
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const { name, parameters, body } of before.macros) {
      if (mentionedBy(`${parameters}, ${body}`)) names.add(foldName(name));
    }
  }
  return { sequences, types, macros, mentionedBy };
}

/** A macro that is left out of the newer schema, or is of the other kind there: OR REPLACE can't do that. */
export function mustDropMacro(macro: Macro, after: Schema): boolean {
  const newer = after.macros.find((one) => sameName(keyOf(one), keyOf(macro)));
  return newer === undefined || isTableMacro(newer) !== isTableMacro(macro);
}

function differing<T extends { readonly name: string; readonly schema?: string }>(
  before: readonly T[],
  after: readonly T[],
  same: (older: T, newer: T) => boolean,
): T[] {
  const newer = indexByName(after, keyOf);
  return before.filter((item) => {
    const other = newer.get(foldName(keyOf(item)));
    return other === undefined || !same(item, other);
  });
}

/** Whether two objects are made by the same words, but for the case of their names. */
function sameText<T extends { readonly name: string }>(text: (item: T) => string): (a: T, b: T) => boolean {
  const plain = (item: T) => text({ ...item, name: 'x' });
  return (a, b) => plain(a) === plain(b);
}

/** The engine knows which type was made of which, and the catalog doesn't tell: any that has one's text in it may be. */
function withOuterTypes(changed: readonly UserType[], { types }: Schema): UserType[] {
  return types
    .filter((type) => changed.some((one) => type.definition.includes(one.definition)))
    .sort((a, b) => b.definition.length - a.definition.length);
}
