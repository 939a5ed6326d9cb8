import type { Dialect } from '../dialect/dialect';
import { foldName } from '../dialect/kuzu-names';
import { sqlKeyParts } from '../dialect/sql-names';
import { tableKey } from '../loss/lost';
import type { Schema, Table } from '../schema/model';
import type { Tokens } from '../statement/tokens';
import type { Look } from './rule';

/** What a section still finds as it was before it; made once a section, since a script may have many thousand statements. */
export class Standing {
  readonly #dialect: Dialect;
  readonly #tables: ReadonlyMap<string, Table>;
  /** The first statement that changes a table. */
  readonly #touched = new Map<string, number>();
  /** The first statement that makes, alters or drops something, by the last part of its name. */
  readonly #named = new Map<string, number>();

  constructor({ entries, dialect }: Look, before: Schema) {
    this.#dialect = dialect;
    this.#tables = new Map(before.tables.map((table) => [tableKey(table), table]));
    for (const { index, effects, tokens } of entries) {
      for (const effect of effects) {
        if (['insert', 'update', 'delete'].includes(effect.does) || !('table' in effect)) continue;
        note(this.#touched, effect.table, index);
        if (effect.does === 'rename-table') note(this.#touched, effect.to, index);
      }
      for (const name of subjectNames(tokens)) note(this.#named, name, index);
    }
  }

  /** The table of a key, where no statement before the one at the index has changed it. */
  table(key: string, index: number): Table | undefined {
    return (this.#touched.get(key) ?? index) < index ? undefined : this.#tables.get(key);
  }

  /** Whether no statement before the one at the index makes, alters or drops something of that name. */
  isUntouched(key: string, index: number): boolean {
    const last = this.#dialect === 'sql' ? sqlKeyParts(key).at(-1) : key;
    return (this.#named.get(foldName(last ?? key)) ?? index) >= index;
  }
}

/** Every name in the head of a statement that may change what bears it. */
function subjectNames(tokens: Tokens): string[] {
  const names: string[] = [];
  if (!['create', 'alter', 'drop'].includes(tokens.word(0))) return names;
  // Behind these it is only used.
  for (let at = 1; at < tokens.length && !['(', 'as', 'on', 'from'].includes(tokens.word(at)); at++) {
    // What is there stays as it is.
    if (tokens.word(0) === 'create' && tokens.matches(at, 'if', 'not', 'exists')) return [];
    names.push(tokens.name(at));
  }
  return names;
}

function note(map: Map<string, number>, key: string, index: number): void {
  if (!map.has(key)) map.set(key, index);
}
