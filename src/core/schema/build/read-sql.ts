import { foldName } from '../../dialect/kuzu-names';
import { behindBracket } from '../../statement/shape';
import { skipIfExists } from '../../statement/sql-names';
import { type Tokens, tokenize } from '../../statement/tokens';
import { itemsIn, type Range, sequenceStringsIn, typeNamesAt } from './read-items';
import { mentionsIn } from './sql-mentions';
import { define, needOf, type Path, pathAt, schemaNeed, schemaOf } from './sql-path';
import { isBuiltInType } from './type-names';
import type { DdlKind, NameSpace, Need, Reading } from './types';

const CONSTRAINTS = new Set(['primary', 'unique', 'check', 'foreign', 'constraint']);
const MODIFIERS = new Set(['temp', 'temporary', 'persistent', 'local', 'global', 'unlogged', 'recursive', 'unique']);
/** What ALTER and COMMENT can be about, by the word that names it. */
const SPACES: Readonly<Record<string, readonly NameSpace[]>> = {
  table: ['table'],
  view: ['table'],
  column: ['table'],
  sequence: ['sequence'],
  type: ['type'],
  macro: ['macro', 'table-macro'],
  function: ['macro', 'table-macro'],
  index: ['index'],
  schema: ['schema'],
};

/** What a statement of DuckDB defines and needs. Undefined where it is none that makes a schema. */
export function readSqlDdl(tokens: Tokens): Reading | undefined {
  switch (tokens.word(0)) {
    case 'create':
      return create(tokens);
    case 'alter':
      return alter(tokens);
    case 'comment':
      return comment(tokens);
    case 'drop':
      return { kind: 'change', defines: [], needs: [], takesBack: true };
    default:
      return undefined;
  }
}

function create(tokens: Tokens): Reading | undefined {
  let what = tokens.matches(1, 'or', 'replace') ? 3 : 1;
  while (MODIFIERS.has(tokens.word(what))) what++;
  const at = skipIfExists(tokens, what + 1);
  const path = pathAt(tokens, at);
  const made = (kind: DdlKind, space: NameSpace, more: readonly Need[]): Reading => {
    return { kind, defines: [define(space, path)], needs: [...schemaNeed(tokens, at, path), ...more] };
  };
  const rest = { from: path.end, to: tokens.length };
  switch (tokens.word(what)) {
    case 'schema':
      return { kind: 'schema', defines: [define('schema', path)], needs: [] };
    case 'sequence':
      return made('sequence', 'sequence', []);
    case 'type':
      return made('type', 'type', typeNeeds(tokens, path));
    case 'macro':
    case 'function':
      return macro(tokens, path, made);
    case 'table':
      return made('table', 'table', tableNeeds(tokens, path));
    case 'view':
      return made('view', 'table', [...mentionsIn(tokens, rest, schemaOf(path)), ...sequencesIn(tokens, rest, path)]);
    case 'index':
      return index(tokens, at);
    default:
      return undefined;
  }
}

function macro(
  tokens: Tokens,
  path: Path,
  made: (kind: DdlKind, space: NameSpace, more: readonly Need[]) => Reading,
): Reading {
  const open = path.end;
  const own = new Set(itemsIn(tokens, open).map(({ from }) => tokens.name(from)));
  const behind = behindBracket(tokens, open);
  const body = { from: open, to: tokens.length };
  const isTable = tokens.matches(behind, 'as', 'table');
  const needs = [...mentionsIn(tokens, body, schemaOf(path), own), ...sequencesIn(tokens, body, path)];
  return made('macro', isTable ? 'table-macro' : 'macro', needs);
}

/** `AS ENUM (SELECT …)` reads a table. */
function typeNeeds(tokens: Tokens, path: Path): Need[] {
  const at = path.end + 1;
  if (tokens.word(at) === 'enum') return mentionsIn(tokens, { from: at, to: tokens.length }, schemaOf(path));
  return typesAt(tokens, at, path);
}

function tableNeeds(tokens: Tokens, path: Path): Need[] {
  const rest = { from: path.end, to: tokens.length };
  if (tokens.word(path.end) !== '(')
    return [...mentionsIn(tokens, rest, schemaOf(path)), ...sequencesIn(tokens, rest, path)];
  const items = itemsIn(tokens, path.end);
  return [...items.flatMap((item) => itemNeeds(tokens, item, path)), ...sequencesIn(tokens, rest, path)];
}

/** A column or a constraint: types, keys, and functions in its expressions; every other word is a column. */
function itemNeeds(tokens: Tokens, item: Range, path: Path): Need[] {
  const calls = mentionsIn(tokens, item, schemaOf(path)).filter(({ spaces }) => spaces.includes('macro'));
  const keys = [...calls, ...referencesIn(tokens, item, path)];
  if (CONSTRAINTS.has(tokens.word(item.from))) return keys;
  const type = item.from + 1;
  const untyped = type >= item.to || ['as', 'generated', 'default'].includes(tokens.word(type));
  return untyped ? keys : [...typesAt(tokens, type, path), ...keys];
}

function alter(tokens: Tokens): Reading {
  const at = skipIfExists(tokens, 2);
  const path = pathAt(tokens, at);
  const about = needOf(tokens, at, path, { schema: '', spaces: SPACES[tokens.word(1)] ?? ['table'], how: 'must' });
  const rest = { from: path.end, to: tokens.length };
  const calls = mentionsIn(tokens, rest, schemaOf(path)).filter(({ how }) => how === 'maybe' || how === 'known');
  const needs = [about, ...calls, ...referencesIn(tokens, rest, path), ...sequencesIn(tokens, rest, path)];
  const takesBack = ['drop', 'rename'].includes(tokens.word(path.end)) ? { takesBack: true as const } : {};
  return { kind: 'change', defines: [], needs, about, ...takesBack };
}

/** `COMMENT ON COLUMN a.b.c IS …`, `COMMENT ON MACRO TABLE f IS …`. */
function comment(tokens: Tokens): Reading {
  const what = tokens.word(2);
  const isTableMacro = SPACES[what]?.includes('macro') === true && tokens.word(3) === 'table';
  const at = isTableMacro ? 4 : 3;
  const whole = pathAt(tokens, at);
  const path = what === 'column' ? { ...whole, parts: whole.parts.slice(0, -1) } : whole;
  const spaces = isTableMacro ? (['table-macro'] as const) : (SPACES[what] ?? ['table']);
  const about = needOf(tokens, at, path, { schema: '', spaces, how: 'must' });
  return { kind: 'change', defines: [], needs: [about], about };
}

/** The name may be left out; the index lies in the schema of its table. */
function index(tokens: Tokens, at: number): Reading {
  const named = tokens.word(at) === 'on' && tokens.word(at + 1) !== 'on' ? undefined : pathAt(tokens, at);
  const on = (named?.end ?? at) + 1;
  const table = pathAt(tokens, on);
  const rest = { from: table.end, to: tokens.length };
  const calls = mentionsIn(tokens, rest, schemaOf(table)).filter(({ spaces }) => spaces.includes('macro'));
  const name = named?.parts.at(-1) ?? '';
  const schema = schemaOf(table);
  const defines = named ? [define('index', { ...named, parts: schema === '' ? [name] : [schema, name] })] : [];
  return {
    kind: 'index',
    defines,
    needs: [needOf(tokens, on, table, { schema: '', spaces: ['table'], how: 'must' }), ...calls],
  };
}

function referencesIn(tokens: Tokens, { from, to }: Range, path: Path): Need[] {
  const needs: Need[] = [];
  for (let at = from; at < to; at++) {
    if (tokens.word(at) !== 'references' || tokens.name(at + 1) === '') continue;
    const table = pathAt(tokens, at + 1);
    needs.push(needOf(tokens, at + 1, table, { schema: schemaOf(path), spaces: ['table'], how: 'must' }));
  }
  return needs;
}

function typesAt(tokens: Tokens, at: number, path: Path): Need[] {
  return typeNamesAt(tokens, at).flatMap((place) => {
    const type = pathAt(tokens, place);
    const [name = ''] = type.parts;
    if (type.parts.length === 1 && isBuiltInType(name, 'sql')) return [];
    return [needOf(tokens, place, type, { schema: schemaOf(path), spaces: ['type'], how: 'must' })];
  });
}

/** The string holds a name as SQL writes it. */
function sequencesIn(tokens: Tokens, range: Range, path: Path): Need[] {
  return sequenceStringsIn(tokens, range).map((at) => {
    const said = tokens.string(at) ?? '';
    const { parts } = pathAt(tokenize(said, 'sql'), 0);
    const named = { parts: parts.length === 0 ? [foldName(said)] : parts, shown: said, end: at + 1 };
    return needOf(tokens, at, named, { schema: schemaOf(path), spaces: ['sequence'], how: 'must' });
  });
}
