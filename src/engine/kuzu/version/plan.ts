import type { Catalog } from '../../../core/catalog/model';
import { NO_TEXTS, type TextFacts, textQuestion, textQuestions } from '../../../core/version/carry/texts';
import { otherFormat, type Unit, unitKeys, unitsOf } from '../../../core/version/carry/unit';
import { carry, textsOfUnit, type UnitPlan, unitCarriers } from '../../../core/version/carry/unit-plan';
import { type ExportTable, exportTables } from '../../../core/version/export-tables';
import type { DataFormat } from '../../../core/version/loss';
import type { RunOptions, Session } from '../../driver';
import { ask } from './ask';

/**
 * How each data file of a version is written: in the format that was asked for; in the other one where only that holds
 * all columns; and what neither holds beside the file.
 */
export async function planUnits(
  session: Session,
  catalog: Catalog,
  format: DataFormat,
  options: RunOptions,
): Promise<UnitPlan[]> {
  const units = unitsOf(catalog);
  const wanted = await plansIn(session, catalog, units, format, options);
  const hard = wanted.filter((plan) => !isWhole(plan)).map(({ unit }) => unit);
  const others = new Map(
    (await plansIn(session, catalog, hard, otherFormat(format), options)).map((plan) => [plan.unit, plan]),
  );
  return wanted.map((plan) => {
    const other = others.get(plan.unit);
    if (other === undefined) return plan;
    const both = [plan, other];
    // Keys are always written well in parquet.
    return both.find(isWhole) ?? both.find(isHeld) ?? both.find(({ format: one }) => one === 'parquet') ?? plan;
  });
}

interface Judged extends UnitPlan {
  readonly keysHold: boolean;
}

/** Our own import reads all of the file back. */
function isHeld(plan: Judged): boolean {
  return plan.beside.length === 0 && plan.keysHold;
}

/** So does the engine's, which leaves out the option that tells NULL from an empty text in CSV. */
function isWhole(plan: Judged): boolean {
  return isHeld(plan) && !(plan.format === 'csv' && plan.texts.empty);
}

async function plansIn(
  session: Session,
  catalog: Catalog,
  units: readonly Unit[],
  format: DataFormat,
  options: RunOptions,
): Promise<Judged[]> {
  const columns = units.map((unit) => unitCarriers(unit, format));
  const doubts = [
    ...new Set([
      ...columns.flat().flatMap(({ carried }) => carried?.doubts ?? []),
      ...units.flatMap((unit) => unitKeys(unit).flatMap(({ key }) => carry(format, key)?.doubts ?? [])),
    ]),
  ];
  const answers = await ask(session, doubts, options);
  const doubtful = new Set(doubts.filter((_, at) => answers[at]));
  const facts =
    format === 'csv' && units.length > 0 ? await textFacts(session, exportTables(catalog), options) : new Map();
  const holds = (carried: ReturnType<typeof carry>) => carried?.doubts.every((doubt) => !doubtful.has(doubt)) === true;
  return units.map((unit, at) => {
    const texts = textsOfUnit(unit, facts);
    const own = columns[at] ?? [];
    return {
      unit,
      format,
      texts,
      carried: own.filter(({ carried }) => holds(carried)).map(({ column }) => column),
      beside: own.filter(({ carried }) => !holds(carried)).map(({ column }) => column),
      keysHold: !(texts.empty && texts.token) && unitKeys(unit).every(({ key }) => holds(carry(format, key))),
    };
  });
}

async function textFacts(
  session: Session,
  tables: readonly ExportTable[],
  options: RunOptions,
): Promise<Map<string, TextFacts>> {
  const asked = tables.flatMap((entry) => {
    const query = textQuestion(entry);
    return query === undefined ? [] : [{ entry, query }];
  });
  const some = await ask(
    session,
    asked.map(({ query }) => query),
    options,
  );
  const special = asked.filter((_, at) => some[at]).map(({ entry }) => entry);
  const answers = await ask(session, special.flatMap(textQuestions), options);
  return new Map(
    special.map((entry, at) => {
      const [empty = false, broken = false, token = false] = answers.slice(at * 3);
      return [entry.table.name, { ...NO_TEXTS, empty, broken, token }];
    }),
  );
}
