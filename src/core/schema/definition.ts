import type { Dialect } from '../dialect/dialect';
import { foldName } from '../dialect/kuzu-names';
import { sqlKey, sqlKeyParts } from '../dialect/sql-names';
import { classifyTokens } from '../statement/classify';
import type { StatementFacts } from '../statement/facts';
import { type Tokens, tokenize } from '../statement/tokens';
import { readCypherDdl } from './build/read-cypher';
import { itemsIn } from './build/read-items';
import { readSqlDdl } from './build/read-sql';
import type { NameSpace } from './build/types';

/** One object of a schema, by its names. */
export interface SchemaObject {
  /** `any`: a name that stands somewhere, and may be that of a table, a view, a sequence, a macro or a type. */
  readonly kind: 'table' | 'column' | 'connection' | 'index' | 'view' | 'sequence' | 'macro' | 'type' | 'any';
  readonly sqlSchema?: string;
  /** Of a column, a connection or an index. */
  readonly table?: string;
  readonly name: string;
  /** Of a connection. */
  readonly from?: string;
  readonly to?: string;
}

/** Where the name stands in a statement. */
export interface NamePlace {
  readonly at: number;
  readonly length: number;
}

const SPACES: Readonly<Record<SchemaObject['kind'], readonly NameSpace[]>> = {
  table: ['table'],
  view: ['table'],
  column: ['table'],
  connection: ['table'],
  sequence: ['sequence'],
  macro: ['macro', 'table-macro'],
  type: ['type'],
  index: ['index'],
  any: ['table', 'sequence', 'macro', 'table-macro', 'type'],
};

/**
 * The last of some statements that makes an object, or changes it; one that drops it is passed over, since it was made
 * again. A table that was renamed is followed back to its older names.
 * @returns which statement it is, and where in it; undefined where none names the object
 */
export function findDefinition(
  texts: readonly string[],
  dialect: Dialect,
  object: SchemaObject,
): (NamePlace & { readonly index: number }) | undefined {
  let wanted = object;
  for (let index = texts.length - 1; index >= 0; index--) {
    const tokens = tokenize(texts[index] ?? '', dialect);
    const place = placeIn(tokens, dialect, wanted);
    if (place !== undefined) return { index, at: tokens.start(place), length: tokens.raw(place).length };
    wanted = before(wanted, classifyTokens(tokens, dialect));
  }
  return undefined;
}

/** The object as it was called before a statement. */
function before(object: SchemaObject, { effects }: StatementFacts): SchemaObject {
  if (object.table === undefined) return object;
  const table = keyOf(object.sqlSchema, object.table);
  for (const effect of effects) {
    if (effect.does !== 'rename-table') continue;
    if (effect.to === table) {
      const older = object.sqlSchema === undefined ? effect.table : sqlKeyParts(effect.table).at(-1);
      return { ...object, table: older ?? '' };
    }
  }
  return object;
}

/** The place of the token that names the object in a statement that makes or changes it. */
function placeIn(tokens: Tokens, dialect: Dialect, object: SchemaObject): number | undefined {
  const { kind, sqlSchema, name } = object;
  const owner = kind === 'column' || kind === 'connection' ? (object.table ?? '') : name;
  const reading = dialect === 'sql' ? readSqlDdl(tokens) : readCypherDdl(tokens);
  const key =
    kind === 'index' && dialect === 'cypher' ? foldName(`${object.table ?? ''}.${name}`) : keyOf(sqlSchema, owner);
  const makes = reading?.defines.some((one) => !one.implied && one.name === key && SPACES[kind].includes(one.space));
  if (makes && kind === 'column') return columnPlace(tokens, name);
  if (makes && kind === 'connection') return pairPlace(tokens, object);
  if (makes) return namePlace(tokens, name) ?? 0;
  if (kind === 'view' || kind === 'sequence' || kind === 'macro' || kind === 'type' || kind === 'index')
    return undefined;
  const facts = classifyTokens(tokens, dialect);
  if (facts.kind !== 'alter-table') return undefined;
  const isIt = facts.effects.some(
    (effect) =>
      ('table' in effect && effect.table === key) ||
      (kind !== 'column' && effect.does === 'rename-table' && effect.to === key),
  );
  if (!isIt) return undefined;
  if (kind === 'connection') return pairPlace(tokens, object);
  return kind === 'column' ? lastPlace(tokens, name) : (namePlace(tokens, name) ?? 0);
}

/** As the statements' readers key names. */
function keyOf(sqlSchema: string | undefined, name: string): string {
  const folded = foldName(name);
  return sqlSchema === undefined ? folded : sqlKey([foldName(sqlSchema), folded]);
}

function namePlace(tokens: Tokens, name: string): number | undefined {
  const wanted = foldName(name);
  for (let at = 1; at < tokens.length; at++) {
    if (tokens.name(at) === wanted || foldName(tokens.string(at) ?? '') === wanted) return at;
  }
  return undefined;
}

/** Behind the name of the table, which the column may share. */
function lastPlace(tokens: Tokens, name: string): number | undefined {
  const wanted = foldName(name);
  for (let at = tokens.length - 1; at > 2; at--) if (tokens.name(at) === wanted) return at;
  return undefined;
}

function columnPlace(tokens: Tokens, name: string): number | undefined {
  const wanted = foldName(name);
  for (let open = 2; open < tokens.length; open++) {
    if (tokens.word(open) === '(') return itemsIn(tokens, open).find(({ from }) => tokens.name(from) === wanted)?.from;
  }
  return undefined;
}

function pairPlace(tokens: Tokens, { from = '', to = '' }: SchemaObject): number | undefined {
  const [source, target] = [foldName(from), foldName(to)];
  for (let at = 2; at < tokens.length; at++) {
    const isPair = tokens.word(at) === 'from' && tokens.word(at + 2) === 'to';
    if (isPair && tokens.name(at + 1) === source && tokens.name(at + 3) === target) return at;
  }
  return undefined;
}
