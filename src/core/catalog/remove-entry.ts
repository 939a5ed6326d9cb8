import { foldName } from '../dialect/kuzu-names';
import type { DroppedObject } from '../statement/dropped-object';
import { ByteReader } from './byte-reader';
import { readEntry } from './entries';
import { isHelperMacro } from './index-text';
import type { CatalogEntry } from './model';

/** Tables, sequences, functions, types: the places of the sets in a catalog, see {@link readCatalog}. */
const SET = { macro: 2, type: 3 } as const;

/** `missing`: no such entry. `foreign`: the engine or an extension made it, and needs it. */
export type Removal =
  | { readonly outcome: 'removed'; readonly bytes: Uint8Array; readonly entry: CatalogEntry }
  | { readonly outcome: 'missing' | 'foreign' };

/**
 * A catalog without one of its macros or types, for which Kùzu has no statement. The result is as long as what was given,
 * its end filled with zeros, so that it fits into the same pages: the engine reads the sets one after the other and looks
 * at nothing behind the last; there is no checksum (`Catalog::deserialize` of Kùzu 0.11.3).
 * @param bytes those that `catalogRange` names; they are not changed
 * @throws CatalogFormatError MALFORMED
 */
export function removeEntry(bytes: Uint8Array, { kind, name }: DroppedObject): Removal {
  const reader = new ByteReader(bytes);
  if (bytes.length === 0) return { outcome: 'missing' };
  for (let set = 0; set < SET[kind]; set++) skipSet(reader);
  // The next free id.
  reader.u64();
  const countAt = reader.position;
  const count = reader.u64();
  for (let at = 0n; at < count; at++) {
    const start = reader.position;
    const entry = readEntry(reader, false);
    if (entry.kind !== kind || !isNamed(entry, name)) continue;
    if (isForeign(entry)) return { outcome: 'foreign' };
    const shorter = new Uint8Array(bytes.length);
    shorter.set(bytes.subarray(0, start));
    shorter.set(bytes.subarray(reader.position), start);
    new DataView(shorter.buffer).setBigUint64(countAt, count - 1n, true);
    return { outcome: 'removed', bytes: shorter, entry };
  }
  return { outcome: 'missing' };
}

function skipSet(reader: ByteReader): void {
  reader.u64();
  reader.list(() => readEntry(reader, false));
}

/** The engine keeps the name of a macro in capitals, of every script, and finds both in any case of ASCII letters. */
function isNamed({ kind, name }: CatalogEntry, wanted: string): boolean {
  if (foldName(name) === foldName(wanted)) return true;
  return kind === 'macro' && foldName(name) === foldName(capitals(wanted));
}

/**
 * Letter by letter, as the engine does. Where a word's capitals are two letters it takes the one letter of Unicode's simple
 * mapping, if there is one: `ẞ` for `ß`, and the Greek letters with an iota, which lie 8 or 9 places further.
 */
function capitals(name: string): string {
  return Array.from(name, (letter) => {
    const capital = letter.toUpperCase();
    if (Array.from(capital).length === 1) return capital;
    const code = letter.codePointAt(0) ?? 0;
    const simple = [0x1e9e, code + 8, code + 9].map((one) => String.fromCodePoint(one));
    return simple.find((one) => one.toLowerCase() === letter) ?? letter;
  }).join('');
}

/** The helper macros of full-text indexes, and the types that extensions bring along. */
function isForeign(entry: CatalogEntry): boolean {
  if (entry.kind === 'macro') return isHelperMacro(entry);
  return entry.kind === 'type' && entry.definition === entry.name;
}
