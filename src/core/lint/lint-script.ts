import { dangersIn } from '../danger/find';
import type { Entry } from '../danger/rule';
import { spansOf } from '../danger/spans';
import type { Dialect } from '../dialect/dialect';
import { sqlKeyParts } from '../dialect/sql-names';
import type { Schema } from '../schema/model';
import { parseScript, type ScriptRole } from '../script/parse';
import type { Script, Section } from '../script/script';
import { HAZARD_CODES } from './codes';
import { entriesWithoutComments } from './dash-comment';
import { type LintFinding, type LintFix, type LintRange, sortLint } from './finding';
import { lacksWayDown, noWayDown } from './no-way-down';
import { Places } from './places';
import type { Hit, LintRule, Look } from './rule';
import { LOSS_RULES, STATEMENT_RULES } from './rules';
import { type ChangeHit, changeHits } from './schema-change';
import { toldLosses } from './told-losses';
import { unknownCode, unknownCodes } from './unknown-code';
import { writtenRenames } from './written-renames';

export interface LintInput {
  /** As it is shown. */
  readonly file: string;
  readonly text: string;
  readonly dialect: Dialect;
  readonly role: ScriptRole;
  /** Whether another file holds the way down; of a file for both ways it is left out. */
  readonly hasDownFile?: boolean;
  /** The schemas before and after the way up, as far as a shadow has told them. */
  readonly before?: Schema;
  readonly after?: Schema;
  /** See `Look`; of the way up. */
  readonly instead?: ReadonlyMap<number, string>;
}

const KNOWN: ReadonlySet<string> = new Set(HAZARD_CODES.map(({ code }) => code));

/**
 * What can be told of a script without running it: what is wrong with its text, what the dialect lacks, what crashes the
 * engine, what loses data. `lint-ignore` is obeyed. Never throws, and knows more where the schemas are given.
 */
export function lintScript(input: LintInput): LintFinding[] {
  const { text, dialect, role, file } = input;
  const script = parseScript(text, dialect, role);
  const places = new Places(text);
  const problems: LintFinding[] = script.problems.map(({ code, detail, line, column }) => ({
    code,
    severity: 'error',
    message: { key: `error.${code}`, params: { file, line, detail } },
    hint: { key: `hint.${code}`, params: {} },
    file,
    ...{ line, column, endLine: line, endColumn: column + 1 },
  }));
  const linter = new Linter(input, script, places);
  const down = role === 'down' ? (script.down ?? script.up) : script.down;
  return sortLint([
    ...problems,
    ...(role === 'down' ? [] : linter.section('up', script.up, input.before)),
    ...(down ? linter.section('down', down, input.after) : []),
    ...(role === 'down' ? [] : [...linter.changes(), ...linter.wayDown()]),
    ...unknownCodes(text, script, KNOWN).map(({ code, start }) => {
      return linter.finding(unknownCode, places.range(start, start + code.length), { argument: code });
    }),
  ]);
}

class Linter {
  constructor(
    private readonly input: LintInput,
    private readonly script: Script,
    private readonly places: Places,
  ) {}

  section(way: 'up' | 'down', section: Section, before: Schema | undefined): LintFinding[] {
    const { dialect, instead } = this.input;
    const { statements } = section;
    const entries = entriesWithoutComments(statements, dialect);
    const told = { ...(before ? { before } : {}), ...(way === 'up' && instead ? { instead } : {}) };
    const look: Look = { dialect, way, statements, entries, ...told };
    const rules = [...(way === 'up' ? LOSS_RULES : []), ...STATEMENT_RULES];
    const found = rules
      .filter((rule) => rule.dialect === undefined || rule.dialect === dialect)
      .flatMap((rule) =>
        rule
          .find(look)
          .filter(({ index }) => !this.#ignores(rule.code, section, index))
          .map((hit) => this.#hit(rule, hit, section)),
      );
    return [...found, ...this.#dangers(section, look)];
  }

  #dangers(section: Section, { entries }: Look): LintFinding[] {
    const { statements, transaction } = section;
    const transactional =
      transaction === 'auto' &&
      entries.every(({ facts, index }) => {
        const { batch, reopenBefore } = statements[index] ?? {};
        return facts.transactional && batch === undefined && !reopenBefore;
      });
    const ignored = (code: string, index: number) => this.#ignores(code, section, index);
    return dangersIn(spansOf(entries, statements, transactional), this.input.dialect, ignored).map(
      ({ code, index, severity, params }) => ({
        code,
        severity: severity === 'refuse' ? 'error' : 'warning',
        message: { key: `danger.${code}`, params },
        file: this.input.file,
        ...this.#statement(section, index),
      }),
    );
  }

  /** What the way up does as a whole. */
  changes(): LintFinding[] {
    const { before, after, dialect } = this.input;
    const { up } = this.script;
    if (!before || !after) return [];
    const { statements } = up;
    const entries = entriesWithoutComments(statements, dialect);
    const nameOf = (key: string) => (dialect === 'sql' ? sqlKeyParts(key).at(-1) : key) ?? key;
    const isTold = toldLosses({ dialect, way: 'up', statements, entries, before });
    return changeHits(before, after, [...up.renames, ...writtenRenames(statements, dialect)]).flatMap((hit) => {
      if (hit.lost && isTold(hit.lost)) return [];
      // Whoever writes values into the column has a way of his own to them.
      if (hit.lost && hit.isOfType && isFilled(entries, hit, nameOf)) return [];
      const named = entries.filter(({ facts }) => facts.tables.some((one) => nameOf(one) === fold(hit.table)));
      const { column } = hit;
      const exact = column === undefined ? [] : named.filter(({ tokens }) => tokens.has(fold(column)));
      // Of several statements about the column the one that says TYPE.
      const ofType = hit.isOfType ? exact.findLast(({ tokens }) => tokens.has('type')) : undefined;
      const index = (ofType ?? exact.at(-1) ?? named.at(-1))?.index ?? 0;
      if (this.#ignores(hit.code, up, index)) return [];
      const { lost, demand, argument, detail } = hit;
      const params = { argument, ...(detail === undefined ? {} : { detail }) };
      const counted = { ...(lost ? { lost } : {}), ...(demand ? { demand } : {}) };
      return [{ ...this.finding(hit, this.#statement(up, index), params), ...counted }];
    });
  }

  wayDown(): LintFinding[] {
    const { role, hasDownFile } = this.input;
    const { up } = this.script;
    const lacks = role === 'single' ? lacksWayDown(this.script) : hasDownFile === false && up.statements.length > 0;
    // What can't be read has sections of its own guess.
    if (!lacks || this.script.problems.length > 0 || this.#ignores(noWayDown.code, up, 0)) return [];
    return [this.finding(noWayDown, this.#statement(up, 0), {})];
  }

  finding(
    { code, severity }: Pick<LintRule, 'code' | 'severity'>,
    range: LintRange,
    params: Readonly<Record<string, string>>,
  ): LintFinding {
    return { code, severity, message: { key: `lint.${code}`, params }, file: this.input.file, ...range };
  }

  #hit(rule: LintRule, { index, start, end, argument, detail, edits, lost }: Hit, section: Section): LintFinding {
    const base = section.statements[index]?.start ?? 0;
    const range =
      start === undefined || end === undefined
        ? this.#statement(section, index)
        : this.places.range(base + start, base + end);
    const fix: LintFix | undefined = edits && {
      title: { key: `lint.fix.${rule.code}`, params: { argument } },
      edits: edits.map((edit) => ({ ...this.places.range(base + edit.start, base + edit.end), text: edit.text })),
    };
    const params = { argument, ...(detail === undefined ? {} : { detail }) };
    return { ...this.finding(rule, range, params), ...(fix ? { fix } : {}), ...(lost ? { lost } : {}) };
  }

  #statement({ statements }: Section, index: number): LintRange {
    const statement = statements[index];
    return this.places.range(statement?.start ?? 0, statement?.end ?? 0);
  }

  #ignores(code: string, { statements }: Section, index: number): boolean {
    return this.script.ignores.includes(code) || (statements[index]?.ignores.includes(code) ?? false);
  }
}

/** Whether a statement writes values of its own into the column of a table, by any name that the table has on the way. */
function isFilled(
  entries: readonly Entry[],
  { table, column = '' }: ChangeHit,
  nameOf: (key: string) => string,
): boolean {
  const names = new Set([fold(table)]);
  for (const { effects } of [...entries, ...[...entries].reverse()]) {
    for (const effect of effects) {
      if (effect.does !== 'rename-table') continue;
      const [from, to] = [nameOf(effect.table), nameOf(effect.to)];
      if (names.has(from) || names.has(to)) names.add(from).add(to);
    }
  }
  return entries.some(
    ({ effects, tokens }) =>
      tokens.has(fold(column)) &&
      effects.some(
        (effect) =>
          (effect.does === 'insert' || effect.does === 'update') &&
          (effect.table === '' || names.has(nameOf(effect.table))),
      ),
  );
}

function fold(name: string): string {
  return name.toLowerCase();
}
