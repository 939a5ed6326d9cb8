import type { Dialect } from '../dialect/dialect';
import { sameName } from '../dialect/kuzu-names';
import { familyType } from '../hazard/family-type';
import { tableKey } from '../loss/lost';
import type { Schema, Table } from '../schema/model';
import { alteredTable } from './alter-table';
import { createdTable, type WrittenTable } from './create-table';
import type { Hit, LintRule, Look } from './rule';
import { eachEntry, written } from './spots';

/**
 * What the migration before it has made and this one asks for again, with something else in it.
 * @source measured on Kùzu 0.11.3 and DuckDB 1.5.5: IF NOT EXISTS leaves what is there, and says nothing
 */
export const otherShape: LintRule = {
  code: 'KM433',
  summary: 'Says IF NOT EXISTS of something that is there in another shape, and so does nothing.',
  severity: 'error',
  find: (look) => {
    const { before } = look;
    if (!before) return [];
    return eachEntry(look, (entry) => {
      const { tokens, index } = entry;
      const created = createdTable(tokens, look.dialect);
      if (created?.ifNotExists) {
        const table = standing(look, before, index, created.name);
        const detail = table && difference(created, table, look.dialect);
        return detail ? { index, argument: written(tokens, created.nameAt), detail } : [];
      }
      return columnHit(look, before, index) ?? [];
    });
  },
};

/** The table of a name, where no statement of the section before has changed it. */
function standing(look: Look, before: Schema, index: number, name: string): Table | undefined {
  const table = before.tables.find((one) => tableKey(one) === name);
  if (!table) return undefined;
  const earlier = look.entries.slice(0, index).flatMap(({ effects }) => effects);
  const isTouched = earlier.some(
    (effect) =>
      effect.does !== 'insert' &&
      effect.does !== 'update' &&
      effect.does !== 'delete' &&
      (('table' in effect && effect.table === name) || (effect.does === 'rename-table' && effect.to === name)),
  );
  return isTouched ? undefined : table;
}

function difference(created: WrittenTable, table: Table, dialect: Dialect): string | undefined {
  if (created.kind !== table.kind) return `@lint.shape.kind:${table.kind}`;
  for (const column of created.columns) {
    const there = table.columns.find(({ name }) => sameName(name, column.name));
    if (!there) return `@lint.shape.missing:${column.name}`;
    if (differs(column.type, there.type, dialect)) return `@lint.shape.type:${column.name} ${there.type}`;
  }
  const more = table.columns.find(({ name }) => !created.columns.some((column) => sameName(column.name, name)));
  return more ? `@lint.shape.more:${more.name}` : undefined;
}

function columnHit(look: Look, before: Schema, index: number): Hit | undefined {
  const entry = look.entries[index];
  const altered = entry && alteredTable(entry.tokens, look.dialect);
  if (!entry || !altered || altered.action !== 'add') return undefined;
  const { tokens } = entry;
  const { subjectAt } = altered;
  if (!tokens.matches(subjectAt - 3, 'if', 'not', 'exists')) return undefined;
  const there = standing(look, before, index, altered.table)?.columns.find(({ name }) =>
    sameName(name, tokens.name(subjectAt)),
  );
  if (!there) return undefined;
  let type = '';
  for (let at = subjectAt + 1; at < tokens.length && tokens.word(at) !== 'default'; at++) type += tokens.raw(at);
  if (!differs(type, there.type, look.dialect)) return undefined;
  const name = written(tokens, subjectAt);
  return { index, argument: `${altered.table}.${name}`, detail: `@lint.shape.type:${name} ${there.type}` };
}

const SAME = new Map(
  Object.entries({ INT: 'INT32', TEXT: 'STRING', REAL: 'FLOAT', FLOAT4: 'FLOAT', FLOAT8: 'DOUBLE', LOGICAL: 'BOOL' }),
);
/** In SQL the number behind INT counts bytes. */
const SQL = new Map(
  Object.entries({
    INT1: 'INT8',
    INT2: 'INT16',
    INT4: 'INT32',
    INT8: 'INT64',
    SHORT: 'INT16',
    LONG: 'INT64',
    DATETIME: 'TIMESTAMP',
  }),
);

/** What each spelling of these stands for is known; of all others two spellings may be one type. */
const KNOWN = new Set(
  'INT8 INT16 INT32 INT64 INT128 UINT8 UINT16 UINT32 UINT64 BOOL STRING FLOAT DOUBLE DATE TIMESTAMP BLOB UUID INTERVAL'.split(
    ' ',
  ),
);

function differs(asked: string, there: string, dialect: Dialect): boolean {
  const plain = (type: string) => {
    const upper = type
      .toUpperCase()
      .replace(/\s+/g, '')
      .replace(/^VARCHAR\(\d+\)$/, 'VARCHAR');
    return (dialect === 'sql' ? SQL.get(upper) : undefined) ?? SAME.get(upper) ?? familyType(upper);
  };
  const [a, b] = [plain(asked), plain(there)];
  return KNOWN.has(a) && KNOWN.has(b) && a !== b;
}
