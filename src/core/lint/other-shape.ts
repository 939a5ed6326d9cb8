import type { Entry } from '../danger/rule';
import { sameName } from '../dialect/kuzu-names';
import { tableKey } from '../loss/lost';
import type { Schema } from '../schema/model';
import { alteredTable } from './alter-table';
import { askedObject, insteadText } from './asked-object';
import { createdTable } from './create-table';
import { shownTable } from './lost-table';
import type { Hit, LintRule, Look } from './rule';
import { typesDiffer } from './same-type';
import { createdSequence, sequenceDifference } from './sequence-shape';
import { eachEntry, written } from './spots';
import { Standing } from './standing';
import { defaultDifference, tableDifference } from './table-shape';

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
    const standing = new Standing(look, before);
    return eachEntry(
      look,
      (entry) =>
        tableHit(look, before, standing, entry) ??
        sequenceHit(look, before, standing, entry) ??
        columnHit(look, standing, entry) ??
        objectHit(look, before, standing, entry),
    );
  },
};

function tableHit(look: Look, before: Schema, standing: Standing, { tokens, index }: Entry): Hit | undefined {
  const created = createdTable(tokens, look.dialect);
  if (!created?.ifNotExists) return undefined;
  const { name, nameAt } = created;
  const view = standing.isUntouched(name, index) && before.views?.find((one) => tableKey(one) === name);
  const table = standing.table(name, index);
  const detail = view ? insteadText(view.definition) : table && tableDifference(tokens, created, table, look.dialect);
  return detail === undefined ? undefined : { index, argument: written(tokens, nameAt), detail };
}

function sequenceHit(look: Look, before: Schema, standing: Standing, { tokens, index }: Entry): Hit | undefined {
  const created = createdSequence(tokens, look.dialect);
  if (!created?.ifNotExists || !standing.isUntouched(created.name, index)) return undefined;
  const there = before.sequences.find((one) => tableKey(one) === created.name);
  const detail = there && sequenceDifference(created, there);
  return detail === undefined ? undefined : { index, argument: written(tokens, created.nameAt), detail };
}

/** A view, macro, type or index, of which only the engine tells whether two texts mean the same. */
function objectHit(look: Look, before: Schema, standing: Standing, { tokens, index }: Entry): Hit | undefined {
  const asked = look.dialect === 'sql' ? askedObject(tokens) : undefined;
  if (!asked || !standing.isUntouched(asked.name, index)) return undefined;
  const table = asked.kind === 'view' ? before.tables.find((one) => tableKey(one) === asked.name) : undefined;
  const detail = table ? insteadText(`TABLE ${table.name}`) : look.instead?.get(index);
  return detail === undefined ? undefined : { index, argument: written(tokens, asked.nameAt), detail };
}

function columnHit(look: Look, standing: Standing, entry: Entry): Hit | undefined {
  const { tokens, index } = entry;
  const altered = alteredTable(tokens, look.dialect);
  if (altered?.action !== 'add') return undefined;
  const { subjectAt } = altered;
  if (!tokens.matches(subjectAt - 3, 'if', 'not', 'exists')) return undefined;
  const there = standing
    .table(altered.table, index)
    ?.columns.find(({ name }) => sameName(name, tokens.name(subjectAt)));
  if (!there) return undefined;
  let type = '';
  let at = subjectAt + 1;
  for (; at < tokens.length && tokens.word(at) !== 'default'; at++) type += tokens.raw(at);
  const name = written(tokens, subjectAt);
  const detail = typesDiffer(type, there.type, look.dialect)
    ? `@lint.shape.type:${name} ${there.type}`
    : defaultDifference(tokens, { name, behind: { from: at, to: tokens.length } }, there);
  return detail === undefined
    ? undefined
    : { index, argument: `${shownTable(look, entry, altered.table)}.${name}`, detail };
}
