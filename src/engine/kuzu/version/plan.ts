import type { Catalog } from '../../../core/catalog/model';
import type { Carried } from '../../../core/version/carry/carried';
import { type TextFacts, textQuestion, textQuestions } from '../../../core/version/carry/texts';
import { otherFormat, type Unit, unitColumns, unitKeys, unitsOf } from '../../../core/version/carry/unit';
import { isHeld, textsOfUnit, type UnitPlan, waysOf } from '../../../core/version/carry/unit-plan';
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
  const hard = wanted.filter((plan) => !isHeld(plan)).map(({ unit }) => unit);
  const others = new Map(
    (await plansIn(session, catalog, hard, otherFormat(format), options)).map((plan) => [plan.unit, plan]),
  );
  return wanted.map((plan) => {
    const other = others.get(plan.unit);
    if (other === undefined) return plan;
    const both = [plan, other];
    return both.find(isHeld) ?? mostHeld(both) ?? plan;
  });
}

/** Of those that can be loaded at all the one with the most columns, parquet before CSV. */
function mostHeld(plans: readonly UnitPlan[]): UnitPlan | undefined {
  const held = ({ columns }: UnitPlan) => columns.filter(({ carried }) => carried !== undefined).length;
  const fit = plans.filter(({ isFit }) => isFit);
  const most = Math.max(...fit.map(held));
  const best = fit.filter((plan) => held(plan) === most);
  return best.find(({ format }) => format === 'parquet') ?? best[0];
}

async function plansIn(
  session: Session,
  catalog: Catalog,
  units: readonly Unit[],
  format: DataFormat,
  options: RunOptions,
): Promise<UnitPlan[]> {
  const columns = units.map(unitColumns);
  const keys = units.map((unit) => unitKeys(unit).map(({ key }) => key));
  const asked = [...new Set([...columns, ...keys].flat())];
  const found = await firstThatHolds(
    session,
    asked.map((column) => waysOf(format, column)),
    options,
  );
  const carriedBy = new Map(asked.map((column, at) => [column, found[at]]));
  const facts =
    format === 'csv' && units.length > 0 ? await textFacts(session, exportTables(catalog), options) : new Map();
  return units.map((unit, at) => {
    const texts = textsOfUnit(unit, facts);
    return {
      unit,
      format,
      texts,
      columns: (columns[at] ?? []).map((column) => ({ column, carried: carriedBy.get(column) })),
      isFit: !texts.empty && (keys[at] ?? []).every((key) => carriedBy.get(key) !== undefined),
    };
  });
}

/** Of each list the first that holds its column; later ones are asked about only where those before them do not. */
async function firstThatHolds(
  session: Session,
  ways: readonly (readonly Carried[])[],
  options: RunOptions,
): Promise<(Carried | undefined)[]> {
  if (ways.every(({ length }) => length === 0)) return ways.map(() => undefined);
  const doubts = [...new Set(ways.flatMap(([first]) => first?.doubts ?? []))];
  const answers = await ask(session, doubts, options);
  const confirmed = new Set(doubts.filter((_, at) => answers[at]));
  const chosen = ways.map(([first]) => (first?.doubts.every((doubt) => !confirmed.has(doubt)) ? first : undefined));
  const rest = ways.map((list, at) => (chosen[at] === undefined ? list.slice(1) : []));
  const later = await firstThatHolds(session, rest, options);
  return chosen.map((one, at) => one ?? later[at]);
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
      const [empty = false, broken = false] = answers.slice(at * 2);
      return [entry.table.name, { empty, broken }];
    }),
  );
}
