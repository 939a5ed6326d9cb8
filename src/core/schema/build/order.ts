import { MigrateError, type Where } from '../../errors';
import { behindNeeds } from '../dependencies';
import { circleFrom, groupsOf } from './circles';
import { placeIn } from './pieces';
import type { DdlKind, NameSpace, Need, Piece } from './types';

export interface Ordered {
  /** Each behind what it needs, otherwise by kind, then as given. */
  readonly pieces: readonly Piece[];
  /** DDL_DUPLICATE, DDL_UNDEFINED, DDL_CYCLE: all that there are. */
  readonly findings: readonly MigrateError[];
  /** Functions that macros call and that no piece defines, with where: built in, or missing. */
  readonly calls: readonly Call[];
}

export interface Call {
  readonly name: string;
  readonly where: Where & { readonly file: string; readonly line: number };
}

/** Objects by kind, so that the text reads as one would write it. What changes an object stands with it. */
const RANKS: Readonly<Record<DdlKind, number>> = {
  extension: 0,
  schema: 1,
  type: 2,
  sequence: 3,
  macro: 4,
  node: 5,
  table: 5,
  rel: 6,
  view: 7,
  change: 7,
  index: 8,
};

/** Puts the statements of a schema in an order in which they run, and says why none can where that is so. */
export function orderPieces(given: readonly Piece[]): Ordered {
  const { owners, duplicates } = ownersOf(given);
  const ownerOf = (need: Need): Piece | undefined => {
    for (const name of need.names) {
      for (const space of need.spaces) {
        const owner = owners.get(`${space}\0${name}`);
        if (owner) return owner;
      }
    }
    return undefined;
  };
  const rankOf = ({ kind, about }: Piece) => RANKS[(kind === 'change' && about && ownerOf(about)?.kind) || kind];
  const sorted = [...given].sort((a, b) => rankOf(a) - rankOf(b));
  const at = new Map(sorted.map((piece, index) => [piece, index]));
  const { hard, soft } = edgesOf(sorted, at, ownerOf);
  // A word that may mean nothing must not turn an order around that a certain need asks for.
  const groupOf = new Map<number, number>();
  const groups = groupsOf(sorted.length, (item) => [...(hard[item] ?? []), ...(soft[item] ?? [])]);
  groups.forEach((group, index) => {
    for (const item of group) groupOf.set(item, index);
  });
  const needs = sorted.map((_piece, item) => {
    const kept = [...(soft[item] ?? [])].filter((other) => groupOf.get(other) !== groupOf.get(item));
    return [...new Set([...(hard[item] ?? []), ...kept])].sort((a, b) => a - b);
  });
  const ordered = behindNeeds(
    sorted.map((_piece, index) => index),
    (item) => needs[item] ?? [],
  );
  const pick = (item: number) => sorted[item] ?? [];
  return {
    pieces: ordered.flatMap(pick),
    findings: [...duplicates, ...undefinedIn(given, ownerOf), ...circlesIn(sorted, hard)],
    calls: callsIn(given, ownerOf),
  };
}

function ownersOf(pieces: readonly Piece[]) {
  const owners = new Map<string, Piece>();
  const duplicates: MigrateError[] = [];
  for (const piece of pieces) {
    for (const { space, name, shown, implied } of piece.defines) {
      const key = `${space}\0${name}`;
      const other = owners.get(key);
      if (!other) owners.set(key, piece);
      else if (!implied) {
        const params = { kind: kindWord(space), name: shown, place: place(other), other: place(piece) };
        const { file, line, column } = piece.statement;
        duplicates.push(new MigrateError('DDL_DUPLICATE', params, { where: { file, line, column } }));
      }
    }
  }
  return { owners, duplicates };
}

type Edges = readonly ReadonlySet<number>[];

function edgesOf(
  sorted: readonly Piece[],
  at: ReadonlyMap<Piece, number>,
  ownerOf: (need: Need) => Piece | undefined,
): { readonly hard: Edges; readonly soft: Edges } {
  const hard = sorted.map(() => new Set<number>());
  const soft = sorted.map(() => new Set<number>());
  const indexOf = (need: Need): number | undefined => {
    const owner = ownerOf(need);
    return owner && at.get(owner);
  };
  const changes = new Map<number, number[]>();
  sorted.forEach(({ about, needs }, item) => {
    for (const need of needs) {
      const owner = indexOf(need);
      if (owner !== undefined && owner !== item) (need.how === 'maybe' ? soft : hard)[item]?.add(owner);
    }
    const target = about && indexOf(about);
    if (target === undefined || target === item) return;
    const before = changes.get(target) ?? [];
    // Changes of one object keep their order among themselves.
    for (const one of before.slice(-1)) soft[item]?.add(one);
    changes.set(target, [...before, item]);
  });
  // Whoever needs an object means it with what was added to it.
  sorted.forEach((_piece, item) => {
    for (const owner of [...(hard[item] ?? []), ...(soft[item] ?? [])]) {
      const own = changes.get(owner) ?? [];
      if (!own.includes(item)) for (const change of own) soft[item]?.add(change);
    }
  });
  return { hard, soft };
}

function undefinedIn(pieces: readonly Piece[], ownerOf: (need: Need) => Piece | undefined): MigrateError[] {
  return pieces.flatMap(({ needs, statement }) => {
    const told = new Set<string>();
    return needs.flatMap((need) => {
      const key = `${need.spaces[0]}\0${need.names[0]}`;
      if (need.how !== 'must' || ownerOf(need) || told.has(key)) return [];
      told.add(key);
      const where = placeIn(statement, need.at);
      const params = {
        kind: kindWord(need.spaces[0] ?? 'table'),
        name: need.shown,
        place: `${where.file}:${where.line}`,
      };
      return [new MigrateError('DDL_UNDEFINED', params, { where })];
    });
  });
}

function circlesIn(sorted: readonly Piece[], hard: Edges): MigrateError[] {
  const needs = (item: number) => [...(hard[item] ?? [])].sort((a, b) => a - b);
  return groupsOf(sorted.length, needs)
    .filter(({ length }) => length > 1)
    .map((group) => circleFrom(Math.min(...group), needs).flatMap((item) => sorted[item] ?? []))
    .flatMap((circle) => {
      const [first] = circle;
      if (!first) return [];
      const names = circle.map((piece) => `${nameOf(piece)} (${place(piece)})`);
      const { file, line, column } = first.statement;
      const params = { circle: [...names, nameOf(first)].join(' → ') };
      return [new MigrateError('DDL_CYCLE', params, { where: { file, line, column } })];
    });
}

function callsIn(pieces: readonly Piece[], ownerOf: (need: Need) => Piece | undefined): Call[] {
  return pieces
    .filter(({ kind }) => kind === 'macro')
    .flatMap(({ needs, statement }) => {
      const unknown = needs.filter((need) => need.how === 'known' && need.spaces.includes('macro') && !ownerOf(need));
      return unknown.map(({ shown, at }) => ({ name: shown, where: placeIn(statement, at) }));
    });
}

function nameOf({ defines, statement }: Piece): string {
  return defines[0]?.shown ?? statement.text.slice(0, 40);
}

function place({ statement: { file, line } }: Piece): string {
  return `${file}:${line}`;
}

/** A text of the table, whose keys have no hyphen. */
function kindWord(space: NameSpace): string {
  return `@ddl.kind.${space.replace('-', '')}`;
}
