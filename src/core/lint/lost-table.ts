import type { Entry } from '../danger/rule';
import type { Dialect } from '../dialect/dialect';
import { sqlKeyParts } from '../dialect/sql-names';
import { tableKey } from '../loss/lost';
import { sqlLabel } from '../schema/sql-diff';
import { copiedTables } from './copied-tables';
import type { Look } from './rule';
import { written } from './spots';

/** What the tables of a section were before it; made once a section, since a script may have many thousand statements. */
export class LostTables {
  readonly #created = new Map<string, number[]>();
  readonly #renamed = new Map<string, { readonly index: number; readonly from: string }[]>();
  /** The first statement that copies rows of a table elsewhere. */
  readonly #copied = new Map<string, number>();
  readonly #before: ReadonlySet<string> | undefined;

  constructor({ entries, before, dialect }: Look) {
    this.#before = before && new Set(before.tables.map(tableKey));
    for (const entry of entries) this.#read(entry, dialect);
  }

  /**
   * The name that a table had before its section, if its rows may be lost with it: not where {@link held} gives none, nor
   * where the section has copied them to another table by then.
   */
  lost(entry: Entry, table: string): string | undefined {
    return (this.#copied.get(table) ?? entry.index) < entry.index ? undefined : this.held(entry, table);
  }

  /** The name that a table had before its section, unless the section made it. */
  held({ index }: Entry, table: string): string | undefined {
    let name = table;
    for (let limit = index; ; ) {
      const rename = this.#renamed.get(name)?.findLast((one) => one.index < limit);
      const made = name === table ? this.#created.get(name)?.findLast((at) => at < limit) : undefined;
      if (made !== undefined && made > (rename?.index ?? -1)) return undefined;
      if (!rename) break;
      name = rename.from;
      limit = rename.index;
    }
    return this.#before && !this.#before.has(name) ? undefined : name;
  }

  /** The name that a table had before its section, as far as its renames tell. */
  nameBefore({ index }: Entry, table: string): string {
    let name = table;
    for (let limit = index; ; ) {
      const rename = this.#renamed.get(name)?.findLast((one) => one.index < limit);
      if (!rename) return name;
      name = rename.from;
      limit = rename.index;
    }
  }

  #read({ index, effects, facts, tokens }: Entry, dialect: Dialect): void {
    let fills = false;
    for (const effect of effects) {
      // With IF NOT EXISTS the table may be an older one.
      if (effect.does === 'create-table' && facts.repeatable === 'no') add(this.#created, effect.table, index);
      if (effect.does === 'rename-table') add(this.#renamed, effect.to, { index, from: effect.table });
      if (effect.does === 'insert') fills = true;
    }
    if (!fills) return;
    for (const name of copiedTables(tokens, dialect)) if (!this.#copied.has(name)) this.#copied.set(name, index);
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** A table as people know it: as the schema has it, else as the statement writes it. */
export function shownTable(look: Look, { tokens }: Entry, key: string): string {
  const known = look.before?.tables.find((one) => tableKey(one) === key);
  if (known) return known.kind === 'table' ? sqlLabel(known.schema, known.name) : known.name;
  const [only, ...others] = look.dialect === 'sql' ? sqlKeyParts(key) : [key];
  for (let at = 1; at < tokens.length && others.length === 0; at++) {
    if (tokens.name(at) === only) return written(tokens, at);
  }
  return key;
}
