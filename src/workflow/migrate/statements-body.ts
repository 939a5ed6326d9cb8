import { dangerError } from '../../core/danger/error';
import { elsewhere, findDangers, type Guard } from '../../core/danger/find';
import type { SessionState } from '../../core/danger/session-state';
import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError, type Where } from '../../core/errors';
import type { Precondition, ScriptStatement, Section } from '../../core/script/script';
import { classify } from '../../core/statement/classify';
import type { StepBody } from './prepare';
import type { MigrationStatement, Prepared, StatementsBody } from './prepared';

type About = Pick<Prepared, 'file'> & { readonly step: Pick<Prepared['step'], 'direction' | 'entry'> };

/** The note that it is done can't be in its transaction, and nobody can look afterwards whether it was. */
const APART = { transactional: false, repeatable: 'no' } as const;

/**
 * Makes what runs of what was read, one migration after the other: what an earlier one of the same run did to a table
 * decides what a later one may do.
 */
export class BodyBuilder {
  readonly #dialect: Dialect;
  #state: SessionState | undefined;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** @throws MigrateError STATEMENT_DANGEROUS, PRECONDITION_INVALID */
  build(about: About, body: StepBody, ignores: readonly string[]): Pick<Prepared, 'body' | 'losesData'> {
    if (body.kind === 'code') {
      // What code will do is not known beforehand: after it the database is opened anew.
      this.#state = undefined;
      return { body: { kind: 'code', transactional: body.transaction === 'auto', call: body.run }, losesData: false };
    }
    const made = this.#statements(about, body.section, ignores);
    return { body: made, losesData: made.statements.some(({ facts }) => facts.losesData) };
  }

  #statements(about: About, section: Section, ignores: readonly string[]): StatementsBody {
    const dialect = this.#dialect;
    for (const precondition of section.preconditions) requireQuery(about, precondition, dialect);
    const plain = section.statements.map((statement) => ({ ...statement, facts: classify(statement.text, dialect) }));
    // The rest of what was begun step by step goes on so: a transaction would run all of it, what is done once more.
    const goesOn = about.step.entry.halfDone === about.step.direction;
    const transactional =
      !goesOn &&
      section.transaction === 'auto' &&
      plain.every(({ facts, batch, reopenBefore }) => facts.transactional && batch === undefined && !reopenBefore);
    const options = { dialect, transactional, ignores, ...(this.#state ? { state: this.#state } : {}) };
    const found = findDangers(plain, options);
    const refused = found.dangers.find(({ severity }) => severity === 'refuse');
    if (refused) throw dangerError(refused, where(about, plain[refused.index]));
    this.#state = found.state;
    const apart = transactional ? new Set<number>() : elsewhere(plain, dialect);
    const reopens = new Set([...found.reopenBefore, ...found.checkpointBefore]);
    const guardsOf = new Map<number, Guard[]>();
    for (const guard of found.guards) guardsOf.set(guard.index, [...(guardsOf.get(guard.index) ?? []), guard]);
    const statements = plain.map((statement, index): MigrationStatement => {
      const guards = guardsOf.get(index) ?? [];
      return {
        ...statement,
        ...(apart.has(index) ? { facts: { ...statement.facts, ...APART } } : {}),
        ...(guards.length > 0 ? { guards } : {}),
        ...(reopens.has(index) ? { reopenBefore: true as const } : {}),
      };
    });
    return {
      kind: 'statements',
      statements,
      preconditions: section.preconditions,
      transactional,
      reopenFirst: transactional && reopens.size > 0,
      commitToFile: found.commitToFile,
      renames: section.renames,
      warnings: found.dangers.filter(({ severity }) => severity === 'warn'),
    };
  }
}

/** A condition runs by itself, before the migration and in a dry run: one that writes would do so each time. */
function requireQuery(about: Pick<About, 'file'>, { query, line, column }: Precondition, dialect: Dialect): void {
  const facts = classify(query, dialect);
  const at = { ...(about.file === null ? {} : { file: about.file }), line, column, statement: query };
  if (facts.kind !== 'query') throw new MigrateError('PRECONDITION_INVALID', { query }, { where: at });
  const statement = { text: query, start: 0, end: query.length, line, column, ignores: [], facts };
  const { dangers } = findDangers([statement], { dialect, transactional: false });
  const refused = dangers.find(({ severity }) => severity === 'refuse');
  if (refused) throw dangerError(refused, at);
}

function where({ file }: Pick<About, 'file'>, statement: ScriptStatement | undefined): Where {
  const { line = 1, column = 1, text = '' } = statement ?? {};
  return { ...(file === null ? {} : { file }), line, column, statement: text };
}
