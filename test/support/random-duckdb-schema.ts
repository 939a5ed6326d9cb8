// Over 400 lines: one generator, whose steps all change the same draft of a schema.
import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import type { Rename } from '../../src/core/schema/change';
import { cleaned, isWhole, type Spec, type SpecColumn, type SpecTable } from './random-duckdb-spec';

/** Two schemas that share tables, and the names by which the shared things are known again. */
export interface RandomPair {
  readonly before: Spec;
  readonly after: Spec;
  readonly renames: readonly Rename[];
}

export const duckdbPair: fc.Arbitrary<RandomPair> = fc.gen().map((g) => {
  const random = new Random(g);
  const before = cleaned(random.spec());
  const after = cleaned(random.mutated(before));
  return { before, after, renames: renamesOf(before, after) };
});

const TABLES = ['t', 'order', 'with space', 'Ünï', "it's", 'a"b', 'Users'];
const COLUMNS = ['id', 'a', 'b', 'value', 'Name', 'x y', 'select', 'position'];
const SPECIAL = ['rowid', '#row', '#depth', 'kept', 'level'];
const TYPES = [
  'INTEGER',
  'INTEGER',
  'BIGINT',
  'VARCHAR',
  'VARCHAR COLLATE nocase',
  'DECIMAL(10, 2)',
  'TIMESTAMP',
  "ENUM('a', 'b')",
  'mood0',
  'INTEGER[]',
  'STRUCT(p INTEGER, "q r" VARCHAR)',
  'mood0[]',
  'moods0',
  'pair0',
  'mood0[2]',
  'STRUCT(m mood0, n INTEGER)',
  'MAP(VARCHAR, mood0)',
  'UNION(m mood0, n INTEGER)',
  'UNION(s VARCHAR, n INTEGER)[]',
];

class Random {
  private ids = 0;

  constructor(private readonly g: GeneratorValue) {}

  private below(count: number): number {
    return this.g(fc.nat, { max: Math.max(count - 1, 0) });
  }

  private chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  private name(words: readonly string[]): string {
    return `${this.pick(words)}${++this.ids}`;
  }

  private comment(): { comment?: string } {
    return this.chance(20) ? { comment: `it's ${++this.ids}` } : {};
  }

  spec(): Spec {
    const spec: Spec = {
      app: this.chance(50),
      types: [
        { name: 'mood0', values: ['a', 'b'], ...this.comment() },
        { name: 'moods0', made: 'mood0[]', ...this.comment() },
        ...(this.chance(50) ? [{ name: 'pair0', made: 'STRUCT(m mood0, l moods0)', ...this.comment() }] : []),
      ],
      sequences: this.chance(60) ? [{ name: 's0', start: 100, ...this.comment() }] : [],
      macros: [],
      tables: [],
      views: [],
      indexes: [],
    };
    for (let i = this.below(3); i > 0; i--) this.addMacro(spec);
    for (let i = this.below(6); i > 0; i--) this.addTable(spec);
    for (let i = this.below(4); i > 0; i--) this.addView(spec);
    for (let i = this.below(4); i > 0; i--) this.addIndex(spec);
    return spec;
  }

  private addMacro(spec: Spec): void {
    const calls = this.pick(spec.macros)?.name;
    const name = `m${spec.macros.length}`;
    if (spec.macros.some((one) => one.name === name)) return;
    const mood = this.chance(30);
    spec.macros.push({ name, plus: this.below(9), mood, ...(calls ? { calls } : {}), ...this.comment() });
  }

  private addTable(spec: Spec): void {
    const table: SpecTable = {
      id: ++this.ids,
      name: this.name(TABLES),
      inApp: this.chance(30),
      columns: [],
      key: [],
      uniques: [],
      checks: [],
      foreign: [],
      ...this.comment(),
    };
    for (let i = this.below(5); i >= 0; i--) table.columns.push(this.column(spec, table));
    spec.tables.push(table);
    if (this.chance(60)) table.key = [table.columns[0]?.id ?? 0];
    for (const [percent, add] of [
      [30, this.addUnique],
      [30, this.addCheck],
      [60, this.addForeign],
    ] as const) {
      if (this.chance(percent)) add.call(this, spec, table);
    }
  }

  private column(spec: Spec, table: SpecTable): SpecColumn {
    const of = this.pick(table.columns);
    if (of && this.chance(12)) {
      const macro = this.pick(spec.macros)?.name;
      const generated = { of: of.id, ...(macro && this.chance(50) ? { macro } : {}) };
      const type = 'BIGINT';
      return { id: ++this.ids, name: this.name(COLUMNS), type, notNull: false, generated, ...this.comment() };
    }
    const type = this.pick(TYPES) ?? 'INTEGER';
    const value = this.chance(40) ? this.default(type) : undefined;
    // Names of the engine's and of plans' own, each once a table.
    const special = SPECIAL.filter((name) => !table.columns.some((one) => one.name === name));
    return {
      id: ++this.ids,
      name: (this.chance(15) ? this.pick(special) : undefined) ?? this.name(COLUMNS),
      type,
      notNull: this.chance(25),
      ...(value === undefined ? {} : { default: value }),
      ...this.comment(),
    };
  }

  private default(type: string): string | undefined {
    const choices: Record<string, readonly string[]> = {
      INTEGER: ['7', '-1', 'm0(3)', "nextval('s0')"],
      BIGINT: ['7', 'm1(3)', "nextval('s0')"],
      VARCHAR: ["'8'", "'9'"],
      'DECIMAL(10, 2)': ['1.50'],
      TIMESTAMP: ['current_timestamp', "TIMESTAMP '2020-01-01 00:00:00'"],
      mood0: ["'a'", "'b'::mood0"],
      'INTEGER[]': ['[1, 2]'],
      'mood0[]': ["['a']", "['a'::mood0]", "['b']::moods0"],
      moods0: ["['b'::mood0]"],
      pair0: ["{'m': 'a', 'l': ['b']}"],
      'STRUCT(m mood0, n INTEGER)': ["{'m': 'a', 'n': 7}"],
      'UNION(m mood0, n INTEGER)': ['7', "'a'::mood0"],
    };
    return this.pick(choices[type] ?? []);
  }

  private addUnique(_spec: Spec, table: SpecTable): void {
    const [one, other] = [this.pick(table.columns), this.pick(table.columns)];
    if (one && other) table.uniques.push([...new Set([one.id, other.id])]);
  }

  private addCheck(spec: Spec, table: SpecTable): void {
    const [one, macro] = [this.pick(table.columns), this.pick(spec.macros)?.name];
    if (one) table.checks.push({ column: one.id, ...(macro && this.chance(50) ? { macro } : {}) });
  }

  private addForeign(spec: Spec, table: SpecTable): void {
    const target = this.chance(40) ? table : this.pick(spec.tables.filter(({ inApp }) => inApp === table.inApp));
    if (target === undefined) return;
    const referenced = this.pick([target.key, ...target.uniques].filter((ids) => ids.length > 0));
    if (referenced === undefined) return;
    const columns = referenced.map((id): SpecColumn => {
      const type = target.columns.find((one) => one.id === id)?.type ?? 'INTEGER';
      return { id: ++this.ids, name: this.name(COLUMNS), type, notNull: target !== table && this.chance(20) };
    });
    table.columns.push(...columns);
    table.foreign.push({ columns: columns.map(({ id }) => id), table: target.id, referenced: [...referenced] });
  }

  private addView(spec: Spec): void {
    const view = this.pick(spec.views.filter(({ asMacro }) => !asMacro));
    const table = this.pick(spec.tables);
    const from = view && this.chance(40) ? view.name : table?.id;
    if (from === undefined) return;
    const columns = typeof from === 'string' || this.chance(40) ? 'all' : (table?.columns.slice(0, 2) ?? []);
    spec.views.push({
      // By name, a view often stands before what it reads.
      name: `${this.pick(['z', 'v', 'a'])}_view${++this.ids}`,
      from,
      columns: columns === 'all' ? columns : columns.map(({ id }) => id),
      asMacro: this.chance(20),
      ...(this.chance(30) ? { macro: 'm0' } : {}),
      ...(this.chance(20) ? { shown: `shown${++this.ids}` } : {}),
      ...(this.chance(60) ? { columnComment: `on ${++this.ids}` } : {}),
      ...this.comment(),
    });
  }

  private addIndex(spec: Spec): void {
    const table = this.pick(spec.tables);
    const one = table && this.pick(table.columns);
    if (!table || !one) return;
    spec.indexes.push({
      name: `ix${++this.ids}`,
      table: table.id,
      columns: [one.id],
      unique: this.chance(30),
      ...(this.chance(30) ? { macro: 'm0' } : {}),
      ...this.comment(),
    });
  }

  mutated(before: Spec): Spec {
    const spec = structuredClone(before);
    for (let i = this.below(6); i >= 0; i--) this.mutate(spec);
    return spec;
  }

  private mutate(spec: Spec): unknown {
    const table = this.pick(spec.tables);
    const column = table && this.pick(table.columns);
    switch (this.below(27)) {
      case 0:
        return this.addTable(spec);
      case 1:
        spec.tables = spec.tables.filter((one) => one !== table);
        return;
      case 2:
        if (table) table.name = this.name(TABLES);
        return;
      case 3:
      case 4:
        if (column) column.name = this.name(COLUMNS);
        return;
      case 5:
      case 6:
        if (table) table.columns.push(this.column(spec, table));
        return;
      case 7:
      case 8:
        if (table && table.columns.length > 1) table.columns = table.columns.filter((one) => one !== column);
        return;
      case 9:
      case 10:
        if (table && column) this.changeType(spec, table, column);
        return;
      case 11: {
        if (!column || column.generated) return;
        const value = this.chance(70) ? this.default(column.type) : undefined;
        if (value === undefined) delete column.default;
        else column.default = value;
        return;
      }
      case 12:
        if (column) column.notNull = !column.notNull;
        return;
      case 13:
        if (table && column) table.key = table.key.length > 0 && this.chance(50) ? [] : [column.id];
        return;
      case 14:
        return table && (this.chance(50) ? this.addUnique(spec, table) : void table.uniques.pop());
      case 15:
        return table && (this.chance(50) ? this.addCheck(spec, table) : void table.checks.pop());
      case 16:
        return table && (this.chance(50) ? this.addForeign(spec, table) : void table.foreign.pop());
      case 17:
        return this.chance(50) ? this.addView(spec) : void spec.views.splice(this.below(spec.views.length), 1);
      case 18:
        return this.chance(50) ? this.addIndex(spec) : void spec.indexes.splice(this.below(spec.indexes.length), 1);
      case 19: {
        const macro = this.pick(spec.macros);
        if (macro) macro.plus += 1;
        else this.addMacro(spec);
        return;
      }
      case 20:
        if (this.chance(50)) spec.macros.pop();
        else if (column?.generated) delete column.generated.macro;
        return;
      case 21:
        return this.mutateNumbers(spec);
      case 22:
        this.changeMood(spec);
        return;
      case 23:
        return table && this.move(spec, table);
      case 24:
        return table && column && this.compute(table, column);
      default: {
        const all = [table, column, ...spec.views, ...spec.indexes, ...spec.macros, ...spec.types, ...spec.sequences];
        const one = this.pick(all.filter((item) => item !== undefined));
        if (one && 'asMacro' in one && this.chance(50)) {
          if (one.columnComment === undefined) one.columnComment = `on ${++this.ids}`;
          else delete one.columnComment;
        } else if (one && this.chance(40)) delete one.comment;
        else if (one) one.comment = `it's ${++this.ids}`;
      }
    }
  }

  /** A column that was stored and is computed from now on, or the other way round. */
  private compute(table: SpecTable, column: SpecColumn): void {
    const of = this.pick(table.columns.filter((one) => one !== column && !one.generated && isWhole(one.type)));
    if (column.generated) delete column.generated;
    else if (of && /^(INTEGER|BIGINT|VARCHAR)$/.test(column.type)) {
      Object.assign(column, { type: 'BIGINT', notNull: false, generated: { of: of.id } });
      delete column.default;
    }
  }

  /** To the other schema: one alone, or all, whose keys move with them. */
  private move(spec: Spec, table: SpecTable): void {
    const inApp = !table.inApp;
    for (const one of this.chance(50) ? [table] : spec.tables) one.inApp = spec.app && inApp;
  }

  private changeMood(spec: Spec): void {
    if (this.chance(30)) {
      const without = spec.types.filter(({ name }) => name !== 'pair0');
      if (without.length === spec.types.length) spec.types.push({ name: 'pair0', made: 'STRUCT(m mood0, l mood0[])' });
      else spec.types = without;
    } else {
      for (const one of spec.types) if (one.values) one.values = one.values.length > 2 ? ['b', 'a'] : ['a', 'b', 'c'];
    }
  }

  private mutateNumbers(spec: Spec): void {
    const [sequence] = spec.sequences;
    if (sequence && this.chance(70)) sequence.step = (sequence.step ?? 1) + 1;
    else if (sequence) spec.sequences = [];
    else spec.sequences.push({ name: 's0', start: 5 });
    if (this.chance(10)) spec.app = !spec.app;
  }

  /** To a type that takes every value that the rows may have, and gives it back. */
  private changeType(spec: Spec, table: SpecTable, column: SpecColumn): void {
    const ways: Record<string, readonly string[]> = {
      INTEGER: ['BIGINT', 'VARCHAR', 'UNION(m mood0, n INTEGER)'],
      BIGINT: ['INTEGER', 'VARCHAR'],
      VARCHAR: ['VARCHAR COLLATE nocase'],
      'DECIMAL(10, 2)': ['VARCHAR', 'DECIMAL(12, 3)'],
      "ENUM('a', 'b')": ["ENUM('b', 'a', 'z')", 'VARCHAR', 'mood0'],
      'INTEGER[]': ['BIGINT[]', 'VARCHAR'],
      TIMESTAMP: ['VARCHAR'],
      'STRUCT(p INTEGER, "q r" VARCHAR)': ['STRUCT(p BIGINT, "q r" VARCHAR)'],
      'mood0[]': ["ENUM('b', 'a')[]", 'VARCHAR[]', 'moods0', 'VARCHAR'],
      'STRUCT(m mood0, n INTEGER)': ['STRUCT(n BIGINT, d DATE, m mood0)', "STRUCT(m ENUM('b', 'x', 'a'), n INTEGER)"],
      'MAP(VARCHAR, mood0)': ['MAP(VARCHAR, VARCHAR)', "MAP(VARCHAR, ENUM('b', 'a'))"],
      'UNION(m mood0, n INTEGER)': [
        'UNION(n BIGINT, d DATE, m mood0)',
        'VARCHAR',
        "UNION(m ENUM('b', 'a'), n INTEGER)",
      ],
      'UNION(s VARCHAR, n INTEGER)[]': ['UNION(n BIGINT, s VARCHAR)[]'],
    };
    const type = this.pick(ways[column.type] ?? []);
    if (type === undefined || column.generated) return;
    const old = column.type;
    column.type = type;
    delete column.default;
    // What refers to it, or what it refers to, becomes the same where that is still possible.
    for (const other of spec.tables) {
      for (const { columns, table: target, referenced } of other.foreign) {
        if (target !== table.id || !this.chance(60)) continue;
        const id = columns[referenced.indexOf(column.id)];
        const referring = other.columns.find((one) => one.id === id && one.type === old);
        if (referring) {
          referring.type = type;
          delete referring.default;
        }
      }
    }
  }
}

function renamesOf(before: Spec, after: Spec): Rename[] {
  const tables: Rename[] = [];
  const columns: Rename[] = [];
  for (const table of before.tables) {
    const newer = after.tables.find(({ id }) => id === table.id);
    if (newer === undefined) continue;
    const schemaOf = ({ inApp }: SpecTable) => (inApp ? 'app' : 'main');
    const sqlSchema = schemaOf(newer);
    const moved = newer.inApp === table.inApp ? {} : { toSchema: sqlSchema };
    if (newer.name !== table.name || newer.inApp !== table.inApp) {
      tables.push({ kind: 'rename-table', sqlSchema: schemaOf(table), ...moved, from: table.name, to: newer.name });
    }
    for (const column of table.columns) {
      const to = newer.columns.find(({ id }) => id === column.id)?.name;
      if (to === undefined || to === column.name) continue;
      columns.push({ kind: 'rename-column', sqlSchema, table: newer.name, from: column.name, to });
    }
  }
  return [...tables, ...columns];
}
