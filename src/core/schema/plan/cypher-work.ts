import { foldName, quoteString, writeName } from '../../dialect/kuzu-names';
import { commentOnTable } from '../statements';
import type { Defaults } from './cypher-defaults';
import { type FamilyTable, type SharedTable, serialColumns, serialSequence, type Tables } from './cypher-tables';
import { temporaryName } from './temporary-name';
import type { Left, PlannedStatement } from './types';

/** A way in the making: what it does so far, and what its tables are called by now. */
export class Work {
  readonly statements: PlannedStatement[] = [];
  readonly left: Left[] = [];
  /** Of a node table that is made anew: the column of the old one that holds the keys which no column held before. */
  readonly newKeys = new Map<SharedTable, string>();
  private readonly names = new Map<FamilyTable, string>();

  /** @param taken folded names of all tables that are or will be */
  constructor(
    readonly tables: Tables,
    readonly rebuilds: ReadonlySet<SharedTable>,
    private readonly taken: Set<string>,
    readonly defaults: Defaults,
  ) {}

  add(...texts: readonly string[]): void {
    this.statements.push(...texts.map((text) => ({ text })));
  }

  /** What a table of the older schema is called by now. */
  nameOf(before: FamilyTable): string {
    return this.names.get(before) ?? before.name;
  }

  /**
   * Renames a table. Its SERIAL sequences keep their names, so that it could not be dropped and no other table of its
   * old name made: they go, and it gets empty ones under the names that its DROP looks for.
   * @source measured on Kùzu 0.11.3
   */
  rename(before: FamilyTable, to: string): void {
    const from = this.nameOf(before);
    this.add(`ALTER TABLE ${writeName(from)} RENAME TO ${writeName(to)}`);
    for (const column of serialColumns(before)) {
      this.add(
        `CREATE SEQUENCE ${writeName(serialSequence(to, column))}`,
        `DROP SEQUENCE IF EXISTS ${writeName(serialSequence(from, column))}`,
      );
    }
    this.names.set(before, to);
  }

  comment(table: FamilyTable): void {
    if (table.comment) this.add(commentOnTable(table.name, table.comment));
  }

  temporary(base: string): string {
    return temporaryName(base, this.taken);
  }

  /** The shared node table that is called so in the newer schema. */
  node(name: string): SharedTable | undefined {
    const key = foldName(name);
    return this.tables.shared.find(({ after }) => after.kind === 'node' && foldName(after.name) === key);
  }
}

/** `COPY T(a, b) FROM (MATCH …) (from = 'A', to = 'B')`. */
export function copyInto(table: string, columns: readonly string[], query: string, ends?: readonly [string, string]) {
  const names = columns.map(writeName).join(', ');
  const options = ends ? ` (from = ${quoteString(ends[0])}, to = ${quoteString(ends[1])})` : '';
  return `COPY ${writeName(table)}(${names}) FROM (${query})${options}`;
}
