import { foldName } from '../../dialect/kuzu-names';
import { behindBracket } from '../../statement/shape';
import type { Tokens } from '../../statement/tokens';
import { callsIn, itemsIn, type Range, sequenceStringsIn, typeNamesAt } from './read-items';
import { isBuiltInType } from './type-names';
import type { Definition, Need, Reading } from './types';

/** What a statement of the Kùzu family defines and needs. Undefined where it is none that makes a schema. */
export function readCypherDdl(tokens: Tokens): Reading | undefined {
  switch (tokens.word(0)) {
    case 'create':
      return create(tokens);
    case 'alter':
      return alter(tokens);
    case 'comment':
      return changeOf(tableAt(tokens, 3));
    case 'drop':
      return { kind: 'change', defines: [], needs: [], takesBack: true };
    case 'call':
      return index(tokens);
    case 'load':
    case 'install':
      return { kind: 'extension', defines: [], needs: [] };
    case 'return':
      return { kind: 'sequence', defines: [], needs: sequencesIn(tokens, { from: 0, to: tokens.length }) };
    default:
      return undefined;
  }
}

function create(tokens: Tokens): Reading | undefined {
  const what = tokens.word(1);
  const all = { from: 2, to: tokens.length };
  if (what === 'sequence') {
    return { kind: 'sequence', defines: [defined(tokens, skipIf(tokens, 2), 'sequence')], needs: [] };
  }
  if (what === 'macro') {
    const body = behindBracket(tokens, 3);
    const expressions = [
      { from: 3, to: body },
      { from: body + 1, to: tokens.length },
    ];
    const needs = [...expressions.flatMap((range) => macrosIn(tokens, range)), ...sequencesIn(tokens, all)];
    return { kind: 'macro', defines: [defined(tokens, 2, 'macro')], needs };
  }
  if (what === 'type') return { kind: 'type', defines: [defined(tokens, 2, 'type')], needs: typesAt(tokens, 4) };
  if ((what !== 'node' && what !== 'rel') || tokens.word(2) !== 'table') return undefined;
  const name = skipIf(tokens, tokens.word(3) === 'group' ? 4 : 3);
  const items = itemsIn(tokens, name + 1);
  const needs = items.flatMap((item) => itemNeeds(tokens, item));
  return { kind: what, defines: [defined(tokens, name, 'table'), ...serials(tokens, name, items)], needs };
}

/** A FROM–TO pair, a column, a key, or the multiplicity. */
function itemNeeds(tokens: Tokens, { from, to }: Range): Need[] {
  if (isPair(tokens, from)) return [tableAt(tokens, from + 1), tableAt(tokens, from + 3)];
  if (to - from < 2 || (tokens.matches(from, 'primary', 'key') && tokens.word(from + 2) === '(')) return [];
  const rest = { from: from + 2, to };
  return [...typesAt(tokens, from + 1), ...macrosIn(tokens, rest), ...sequencesIn(tokens, rest)];
}

function alter(tokens: Tokens): Reading {
  const action = tokens.word(3);
  const needs = itemNeeds(tokens, { from: skipIf(tokens, 4), to: tokens.length });
  const about = tableAt(tokens, 2);
  if (action === 'add') return { kind: 'change', defines: [], needs: [about, ...needs], about };
  return { ...changeOf(about), takesBack: true };
}

function changeOf(about: Need): Reading {
  return { kind: 'change', defines: [], needs: [about], about };
}

/** `CALL CREATE_FTS_INDEX('Doc', 'idx', ['text'], stopwords := 'Stop')`. */
function index(tokens: Tokens): Reading {
  const strings: Need[] = [];
  for (let at = 3; at < tokens.length; at++) {
    const name = tokens.string(at);
    if (name === undefined) continue;
    const how = at === 3 ? 'must' : 'maybe';
    strings.push({ spaces: ['table'], names: [foldName(name)], shown: name, at: tokens.start(at), how });
  }
  const [table, name] = [tokens.string(3) ?? '', tokens.string(5) ?? ''];
  const defines: Definition[] = [{ space: 'index', name: foldName(`${table}.${name}`), shown: name }];
  return { kind: 'index', defines, needs: strings };
}

/** @source measured: a SERIAL column makes the sequence `TABLE_COLUMN_serial`. */
function serials(tokens: Tokens, table: number, items: readonly Range[]): Definition[] {
  return items
    .filter(({ from }) => tokens.word(from + 1) === 'serial')
    .map(({ from }) => {
      const name = `${tokens.name(table)}_${tokens.name(from)}_serial`;
      return { space: 'sequence', name, shown: name, implied: true };
    });
}

function tableAt(tokens: Tokens, at: number): Need {
  return { spaces: ['table'], names: [tokens.name(at)], shown: shown(tokens, at), at: tokens.start(at), how: 'must' };
}

function typesAt(tokens: Tokens, at: number): Need[] {
  return typeNamesAt(tokens, at)
    .filter((place) => tokens.kind(place) === 'word' && !isBuiltInType(tokens.name(place), 'cypher'))
    .map((place) => {
      const how = 'must' as const;
      return {
        spaces: ['type'],
        names: [tokens.name(place)],
        shown: shown(tokens, place),
        at: tokens.start(place),
        how,
      };
    });
}

function macrosIn(tokens: Tokens, range: Range): Need[] {
  return callsIn(tokens, range).map((at) => {
    const how = 'known' as const;
    return { spaces: ['macro'], names: [tokens.name(at)], shown: shown(tokens, at), at: tokens.start(at), how };
  });
}

function sequencesIn(tokens: Tokens, range: Range): Need[] {
  return sequenceStringsIn(tokens, range).map((at) => {
    const name = tokens.string(at) ?? '';
    return { spaces: ['sequence'], names: [foldName(name)], shown: name, at: tokens.start(at), how: 'must' as const };
  });
}

function defined(tokens: Tokens, at: number, space: Definition['space']): Definition {
  return { space, name: tokens.name(at), shown: shown(tokens, at) };
}

function shown(tokens: Tokens, at: number): string {
  const raw = tokens.raw(at);
  return tokens.kind(at) === 'name' ? raw.slice(1, -1) : raw;
}

/** `FROM a TO b`: a column may be called `from`, but then its type follows, not a name and TO. */
function isPair(tokens: Tokens, at: number): boolean {
  return tokens.word(at) === 'from' && tokens.word(at + 2) === 'to' && tokens.name(at + 3) !== '';
}

function skipIf(tokens: Tokens, at: number): number {
  return tokens.matches(at, 'if', 'not', 'exists') ? at + 3 : at;
}
