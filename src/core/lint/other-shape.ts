import { sameName } from '../dialect/kuzu-names';
import { tableKey } from '../loss/lost';
import type { Schema, Table } from '../schema/model';
import { alteredTable } from './alter-table';
import { askedObject, insteadText } from './asked-object';
import { createdTable } from './create-table';
import { shownTable } from './lost-table';
import type { Hit, LintRule, Look } from './rule';
import { typesDiffer } from './same-type';
import { createdSequence, sequenceDifference } from './sequence-shape';
import { eachEntry, written } from './spots';
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
    return eachEntry(look, (entry) => {
      const { tokens, index } = entry;
      const created = createdTable(tokens, look.dialect);
      if (created?.ifNotExists) {
        const view = before.views?.find((one) => tableKey(one) === created.name);
        if (view && !isNamedBefore(look, index, created.name)) {
          return { index, argument: written(tokens, created.nameAt), detail: insteadText(view.definition) };
        }
        const table = standing(look, before, index, created.name);
        const detail = table && tableDifference(tokens, created, table, look.dialect);
        return detail ? { index, argument: written(tokens, created.nameAt), detail } : [];
      }
      return sequenceHit(look, before, index) ?? columnHit(look, before, index) ?? objectHit(look, before, index) ?? [];
    });
  },
};

/** The table of a name, where no statement of the section before has changed it. */
function standing(look: Look, before: Schema, index: number, name: string): Table | undefined {
  const table = before.tables.find((one) => tableKey(one) === name);
  if (!table) return undefined;
  const earlier = look.entries.slice(0, index).flatMap(({ effects }) => effects);
  const isTouched = earlier.some(
    (effect) =>
      effect.does !== 'insert' &&
      effect.does !== 'update' &&
      effect.does !== 'delete' &&
      (('table' in effect && effect.table === name) || (effect.does === 'rename-table' && effect.to === name)),
  );
  return isTouched ? undefined : table;
}

/** A sequence of a name that no statement of the section before has touched. */
function sequenceHit(look: Look, before: Schema, index: number): Hit | undefined {
  const entry = look.entries[index];
  const created = entry && createdSequence(entry.tokens, look.dialect);
  if (!entry || !created?.ifNotExists) return undefined;
  const there = before.sequences.find((one) => tableKey(one) === created.name);
  const detail = there && !isNamedBefore(look, index, created.name) ? sequenceDifference(created, there) : undefined;
  return detail === undefined ? undefined : { index, argument: written(entry.tokens, created.nameAt), detail };
}

/** A view, macro, type or index, of which only the engine tells whether two texts mean the same. */
function objectHit(look: Look, before: Schema, index: number): Hit | undefined {
  const tokens = look.entries[index]?.tokens;
  const asked = tokens && look.dialect === 'sql' ? askedObject(tokens) : undefined;
  if (!tokens || !asked) return undefined;
  const table = asked.kind === 'view' ? before.tables.find((one) => tableKey(one) === asked.name) : undefined;
  const detail = table ? insteadText(`TABLE ${table.name}`) : look.instead?.get(index);
  if (detail === undefined || isNamedBefore(look, index, asked.name)) return undefined;
  return { index, argument: written(tokens, asked.nameAt), detail };
}

/** Whether a statement of the section before makes, alters or drops something of that name. */
function isNamedBefore({ entries }: Look, index: number, key: string): boolean {
  const name = key.split('.').at(-1) ?? key;
  return entries.slice(0, index).some(({ tokens }) => {
    if (!['create', 'alter', 'drop'].includes(tokens.word(0))) return false;
    // Behind these it is only used.
    for (let at = 1; at < tokens.length && !['(', 'as', 'on', 'from'].includes(tokens.word(at)); at++) {
      // What is there stays as it is.
      if (tokens.word(0) === 'create' && tokens.matches(at, 'if', 'not', 'exists')) return false;
      if (tokens.name(at) === name) return true;
    }
    return false;
  });
}

function columnHit(look: Look, before: Schema, index: number): Hit | undefined {
  const entry = look.entries[index];
  const altered = entry && alteredTable(entry.tokens, look.dialect);
  if (!entry || !altered || altered.action !== 'add') return undefined;
  const { tokens } = entry;
  const { subjectAt } = altered;
  if (!tokens.matches(subjectAt - 3, 'if', 'not', 'exists')) return undefined;
  const there = standing(look, before, index, altered.table)?.columns.find(({ name }) =>
    sameName(name, tokens.name(subjectAt)),
  );
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
