import { quoteSqlString, writeSqlName } from '../../src/core/dialect/sql-names';

/** A schema of DuckDB with an identity for each table and column, so that a related one can be made of it. */
export interface Spec {
  types: SpecType[];
  sequences: { name: string; start: number; step?: number; comment?: string }[];
  macros: SpecMacro[];
  tables: SpecTable[];
  views: SpecView[];
  indexes: SpecIndex[];
  app: boolean;
}

export interface SpecType {
  name: string;
  /** Labels; else it is made of other types. */
  values?: string[];
  made?: string;
  comment?: string;
}

export interface SpecMacro {
  name: string;
  plus: number;
  /** Whether its text casts to `mood0`. */
  mood: boolean;
  /** Another scalar macro that it calls. */
  calls?: string;
  comment?: string;
}

export interface SpecTable {
  readonly id: number;
  name: string;
  inApp: boolean;
  columns: SpecColumn[];
  key: number[];
  uniques: number[][];
  checks: { column: number; macro?: string }[];
  foreign: { columns: number[]; table: number; referenced: number[] }[];
  comment?: string;
}

export interface SpecColumn {
  readonly id: number;
  name: string;
  type: string;
  default?: string;
  notNull: boolean;
  generated?: { of: number; macro?: string };
  comment?: string;
}

export interface SpecView {
  name: string;
  /** Of a table; or the name of an earlier view. */
  from: number | string;
  columns: number[] | 'all';
  macro?: string;
  asMacro: boolean;
  /** Another name for its first column. */
  shown?: string;
  comment?: string;
  /** On the column that calls the macro. */
  columnComment?: string;
}

export interface SpecIndex {
  name: string;
  table: number;
  columns: number[];
  unique: boolean;
  macro?: string;
  comment?: string;
}

/** Types whose values differ from row to row. */
export const isDistinct = (type: string) =>
  /^(INTEGER|BIGINT|VARCHAR|DECIMAL|TIMESTAMP)/.test(type) && !type.endsWith('[]');
export const isWhole = (type: string) => type === 'INTEGER' || type === 'BIGINT';

export const column = (table: SpecTable, id: number) => table.columns.find((one) => one.id === id);

/** The same without what refers to things that are not there, or can't any more. */
export function cleaned(spec: Spec): Spec {
  const macros = spec.macros.map((macro, at) => {
    const { calls, ...rest } = macro;
    const callable = spec.macros.slice(0, at).some(({ name }) => name === calls);
    return calls !== undefined && callable ? { ...rest, calls } : rest;
  });
  const hasMacro = (name: string | undefined) => macros.some((one) => one.name === name);
  const withMacro = <T extends { macro?: string }>(item: T): T => {
    const { macro, ...rest } = item;
    return (hasMacro(macro) ? item : rest) as T;
  };
  const tables: SpecTable[] = [];
  for (const table of spec.tables) {
    const whole = (id: number) => table.columns.some((one) => one.id === id && !one.generated && isWhole(one.type));
    const columns = table.columns
      .filter(({ generated }) => generated === undefined || whole(generated.of))
      .map((column): SpecColumn => {
        const isThere = column.type !== 'pair0' || spec.types.some(({ name }) => name === 'pair0');
        const one = isThere ? column : { ...column, type: 'STRUCT(m mood0, l mood0[])' };
        const keeps = one.default === undefined || hasParts(one.default, one.type, spec);
        const { default: value, generated, ...rest } = one;
        if (generated) return { ...rest, notNull: false, generated: withMacro(generated) };
        return keeps && value !== undefined ? { ...rest, default: value } : rest;
      });
    if (columns.every(({ generated }) => generated)) continue;
    const next: SpecTable = { ...table, inApp: table.inApp && spec.app, columns };
    const plain = (id: number) => {
      const one = column(next, id);
      return one !== undefined && !one.generated && isDistinct(one.type);
    };
    const seen = new Set<string>();
    const inKeys = (id: number) => next.key.includes(id) || next.uniques.some((ids) => ids.includes(id));
    next.key = table.key.every(plain) ? table.key : [];
    next.uniques = table.uniques.filter((ids) => {
      const text = [...ids].sort().join();
      const ok = ids.length > 0 && ids.every(plain) && text !== [...next.key].sort().join() && !seen.has(text);
      seen.add(text);
      return ok;
    });
    next.checks = table.checks
      .filter(({ column: id }, at) => whole(id) && table.checks.findIndex((one) => one.column === id) === at)
      .map(withMacro);
    next.foreign = table.foreign.filter(({ columns: ids, table: id, referenced }, at) => {
      const target = id === next.id ? next : tables.find((one) => one.id === id);
      if (target === undefined || target.inApp !== next.inApp) return false;
      if (![target.key, ...target.uniques].some((key) => key.length > 0 && key.join() === referenced.join()))
        return false;
      if (table.foreign.findIndex((one) => one.columns.join() === ids.join()) !== at) return false;
      return ids.every((one, i) => {
        const from = column(next, one);
        return from && !from.generated && !inKeys(one) && from.type === column(target, referenced[i] ?? -1)?.type;
      });
    });
    tables.push(next);
  }
  const byId = (id: number) => tables.find((one) => one.id === id);
  const views: SpecView[] = [];
  for (const view of spec.views) {
    const isThere =
      typeof view.from === 'number' ? byId(view.from) !== undefined : views.some(({ name }) => name === view.from);
    if (isThere) views.push(withMacro(view));
  }
  const indexes = spec.indexes.flatMap((index): SpecIndex[] => {
    const table = byId(index.table);
    const columns = index.columns.filter((id) => table && column(table, id) && !column(table, id)?.generated);
    if (!table || columns.length !== index.columns.length) return [];
    const types = columns.map((id) => column(table, id)?.type ?? '');
    if (!types.every(isDistinct)) return [];
    const { macro, ...rest } = index;
    return [macro !== undefined && hasMacro(macro) && types.every(isWhole) ? index : rest];
  });
  return { ...spec, macros, tables, views, indexes };
}

/** Whether what a DEFAULT calls is there, and fits the column's type. */
function hasParts(text: string, type: string, { macros, sequences, types }: Spec): boolean {
  const macro = /^(m\d)\(/.exec(text)?.[1];
  if (macro !== undefined) return isWhole(type) && macros.some(({ name }) => name === macro);
  const sequence = /^nextval\('(s\d)'\)/.exec(text)?.[1];
  if (sequence !== undefined) return isWhole(type) && sequences.some(({ name }) => name === sequence);
  const cast = /::(mood\d)$/.exec(text)?.[1];
  if (cast !== undefined) return /ENUM|mood/.test(type) && types.some(({ name }) => name === cast);
  return true;
}

export const fullName = ({ inApp, name }: { readonly inApp: boolean; readonly name: string }) =>
  `${inApp ? 'app.' : ''}${writeSqlName(name)}`;

/** DDL in an order in which it runs. */
export function statementsOf(spec: Spec): string[] {
  const table = (id: number) => spec.tables.find((one) => one.id === id);
  const comment = (target: string, text: string | undefined) =>
    text === undefined ? [] : [`COMMENT ON ${target} IS ${quoteSqlString(text)}`];
  return [
    ...(spec.app ? ['CREATE SCHEMA app'] : []),
    ...spec.types.flatMap(({ name, values, made, comment: text }) => [
      `CREATE TYPE ${name} AS ${made ?? `ENUM (${values?.map(quoteSqlString).join(', ')})`}`,
      ...comment(`TYPE ${name}`, text),
    ]),
    ...spec.sequences.flatMap(({ name, start, step = 1, comment: text }) => [
      `CREATE SEQUENCE ${name} START ${start} INCREMENT ${step}`,
      ...comment(`SEQUENCE ${name}`, text),
    ]),
    ...spec.macros.flatMap(({ name, plus, calls, mood, comment: text }) => [
      `CREATE MACRO ${name}(x, y := ${plus}) AS ${calls === undefined ? 'x' : `${calls}(x)`} + ${
        mood ? "CASE WHEN ['a']::moods0 = ['a'::mood0] THEN y END" : 'y'
      }`,
      ...comment(`MACRO ${name}`, text),
    ]),
    ...spec.tables.flatMap((one) => [
      tableText(one, spec),
      ...comment(`TABLE ${fullName(one)}`, one.comment),
      ...one.columns.flatMap(({ name, comment: text }) =>
        comment(`COLUMN ${fullName(one)}.${writeSqlName(name)}`, text),
      ),
    ]),
    ...spec.views.flatMap((view) => [
      viewText(view, spec),
      ...comment(`${view.asMacro ? 'MACRO TABLE' : 'VIEW'} ${view.name}`, view.comment),
      ...(view.asMacro || view.macro === undefined ? [] : comment(`COLUMN ${view.name}.made`, view.columnComment)),
    ]),
    ...spec.indexes.flatMap((index) => {
      const on = table(index.table);
      if (on === undefined) return [];
      const items = index.columns.map((id) => {
        const name = writeSqlName(column(on, id)?.name ?? '');
        return index.macro === undefined ? name : `(${index.macro}(${name}))`;
      });
      return [
        `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${index.name} ON ${fullName(on)} (${items.join(', ')})`,
        ...comment(`INDEX ${on.inApp ? 'app.' : ''}${index.name}`, index.comment),
      ];
    }),
  ];
}

function tableText(table: SpecTable, { tables }: Spec): string {
  const names = (from: SpecTable | undefined, ids: readonly number[]) =>
    `(${ids.map((id) => writeSqlName(from?.columns.find((one) => one.id === id)?.name ?? '')).join(', ')})`;
  const call = (macro: string | undefined, text: string) => (macro === undefined ? text : `${macro}(${text})`);
  const named = (id: number) => writeSqlName(column(table, id)?.name ?? '');
  const items = [
    ...table.columns.map((one) => {
      const head = `${writeSqlName(one.name)} ${one.type}`;
      if (one.generated) {
        return `${head} GENERATED ALWAYS AS (${call(one.generated.macro, named(one.generated.of))} + 1)`;
      }
      return `${head}${one.default === undefined ? '' : ` DEFAULT ${one.default}`}${one.notNull ? ' NOT NULL' : ''}`;
    }),
    ...(table.key.length > 0 ? [`PRIMARY KEY ${names(table, table.key)}`] : []),
    ...table.uniques.map((ids) => `UNIQUE ${names(table, ids)}`),
    ...table.checks.map(({ column: id, macro }) => `CHECK (${call(macro, named(id))} > -1000)`),
    ...table.foreign.map(({ columns, table: id, referenced }) => {
      const target = tables.find((one) => one.id === id);
      const name = target ? fullName(target) : '';
      return `FOREIGN KEY ${names(table, columns)} REFERENCES ${name} ${names(target, referenced)}`;
    }),
  ];
  return `CREATE TABLE ${fullName(table)} (${items.join(', ')})`;
}

function viewText(view: SpecView, { tables }: Spec): string {
  const of = typeof view.from === 'number' ? tables.find((one) => one.id === view.from) : undefined;
  const ids = view.columns === 'all' ? [] : view.columns.filter((id) => of && column(of, id));
  const list = ids.map((id) => writeSqlName((of && column(of, id)?.name) ?? ''));
  const some = [...(list.length > 0 ? list : ['*']), ...(view.macro === undefined ? [] : [`${view.macro}(1) AS made`])];
  const query = `SELECT ${some.join(', ')} FROM ${of ? fullName(of) : view.from}`;
  return view.asMacro
    ? `CREATE MACRO ${view.name}(least := 1) AS TABLE ${query}`
    : `CREATE VIEW ${view.name}${view.shown === undefined ? '' : ` (${view.shown})`} AS ${query}`;
}
