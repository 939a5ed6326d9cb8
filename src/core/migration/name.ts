import type { Dialect } from '../dialect/dialect';
import { flywayName, type LeadingId, leadingId } from './id';
import type { FileName } from './types';

/** A file that looks like a migration and has no usable name; `bad` says why, as a nested text key. */
export interface BadName {
  readonly bad: string;
  readonly language: Dialect | 'code';
}

const LANGUAGES: ReadonlyMap<string, Dialect | 'code'> = new Map([
  ['cypher', 'cypher'],
  ['sql', 'sql'],
  ...['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => [ending, 'code'] as const),
]);

/** Parts of a version or of a schema that may lie in a folder of migrations. */
const PARTS = /^(schema|copy|index|macro|load)\./i;
/** Declarations and tests beside code migrations, and the settings of tools. */
const BESIDE_CODE = /\.(d|test|spec|config)$/i;
/** A file for one way. */
const HALF = /\.(up|down)$/i;
/** Flyway's repeatable scripts, its baselines and its callbacks: skipped silently they would be missed. */
const FLYWAY_OTHER = /^(R__|B\d+(?:[._]\d+)*__|(?:before|after)[A-Z])/;

/**
 * Tells what a file of a migration folder is by its name: the forms of the design, those of golang-migrate, dbmate and
 * goose, which are among them, and Flyway's `V1__x` and `U1__x`. Endings are read in any case.
 * @param extraEndings of plugin kinds, with or without the leading dot; the longest one that fits is the file's `kind`, as it was given.
 * @returns undefined for what is no migration by convention: other endings, hidden files, names that begin with `_`,
 * parts of a version (`schema.*`, `copy.*`, `index.*`, `macro.*`, `load.*`), `*.d.ts`, `*.test.ts`, `*.spec.ts`,
 * `*.config.ts`.
 */
export function parseFileName(fileName: string, extraEndings: readonly string[] = []): FileName | BadName | undefined {
  if (/^[._]/.test(fileName)) return undefined;
  const kind = endingOf(fileName, extraEndings);
  if (kind !== undefined) {
    const found = code(fileName.slice(0, -dotted(kind).length));
    return 'bad' in found ? found : { ...found, kind };
  }
  const dot = fileName.lastIndexOf('.');
  const language = LANGUAGES.get(fileName.slice(dot + 1).toLowerCase());
  if (dot < 1 || language === undefined || PARTS.test(fileName)) return undefined;
  const stem = fileName.slice(0, dot);
  if (language === 'code') return BESIDE_CODE.test(stem) ? undefined : code(stem);
  const found = named(stem, true);
  if (found) return { ...found, language };
  return { bad: FLYWAY_OTHER.test(stem) ? '@migrationName.flyway' : '@migrationName.noId', language };
}

/** A code migration has both ways in one module; half of one would run as a whole. */
function code(stem: string): FileName | BadName {
  const found = named(stem);
  if (!found) return { bad: '@migrationName.noId', language: 'code' };
  if (found.role !== 'single' || HALF.test(stem)) return { bad: '@migrationName.codePair', language: 'code' };
  return { ...found, language: 'code' };
}

/** The longest ending that fits, as it was given. */
function endingOf(fileName: string, extraEndings: readonly string[]): string | undefined {
  const lower = fileName.toLowerCase();
  return extraEndings
    .filter((ending) => ending.length > 1 && lower.endsWith(dotted(ending).toLowerCase()))
    .sort((a, b) => dotted(b).length - dotted(a).length)[0];
}

function dotted(ending: string): string {
  return ending.startsWith('.') ? ending : `.${ending}`;
}

/** Reads a name without its ending. @param pairs whether `.up`, `.down` and `_rollback` have their meaning */
function named(stem: string, pairs = false): Omit<FileName, 'language'> | undefined {
  const flyway = flywayName(stem);
  if (flyway) return { id: flyway.id, name: flyway.name, role: flyway.undo ? 'down' : 'single' };
  const half = pairs ? HALF.exec(stem) : null;
  const whole = half ? stem.slice(0, half.index) : stem;
  const found = leadingId(whole);
  const name = found && nameBehind(whole, found);
  if (!found || name === undefined) return undefined;
  if (half) return { id: found.id, name, role: half[1]?.toLowerCase() === 'up' ? 'up' : 'down' };
  const back = pairs ? /(?:^|_)rollback$/i.exec(name) : null;
  if (back) return { id: found.id, name: name.slice(0, back.index), role: 'down' };
  return { id: found.id, name, role: 'single' };
}

/** `-` stands before a name, too, but not before a digit: `2024-01-15_x` has no id that would be told from it. */
function nameBehind(stem: string, { end }: LeadingId): string | undefined {
  const rest = stem.slice(end);
  return rest === '' ? '' : /^(?:_+|-(?!\d))(.*)$/s.exec(rest)?.[1];
}
