import { alteredTable } from './alter-table';
import type { HitEdit, LintRule } from './rule';
import { eachEntry, endOf, hitAt, written } from './spots';

const ACTIONS = new Set(['add', 'drop', 'rename', 'alter', 'modify', 'set']);

/** @source measured on Kùzu 0.11.3 (a parser error) and DuckDB 1.5.5 (`Only one ALTER command per statement`) */
export const severalActions: LintRule = {
  code: 'KM408',
  summary: 'Has several actions in one ALTER TABLE, and both engines take one.',
  severity: 'error',
  find: (look) =>
    eachEntry(look, (entry) => {
      const { tokens } = entry;
      const altered = alteredTable(tokens, look.dialect);
      if (!altered) return [];
      const { tableFrom, tableTo, actionAt } = altered;
      const table = written(tokens, tableTo);
      const text = look.statements[entry.index]?.text ?? '';
      const name = text.slice(tokens.start(tableFrom), endOf(tokens, tableTo));
      const edits: HitEdit[] = [];
      for (let at = actionAt, depth = 0; at < tokens.length; at++) {
        const symbol = tokens.kind(at) === 'symbol' ? tokens.word(at) : '';
        if ('([{'.includes(symbol) && symbol !== '') depth++;
        if (')]}'.includes(symbol) && symbol !== '') depth--;
        if (symbol !== ',' || depth > 0 || !ACTIONS.has(tokens.word(at + 1))) continue;
        edits.push({ start: tokens.start(at), end: tokens.start(at + 1), text: `;\nALTER TABLE ${name} ` });
      }
      if (edits.length > 0) return hitAt(entry, actionAt, tokens.length - 1, table, edits);
      const isList = look.dialect === 'cypher' && altered.action === 'add' && tokens.word(actionAt + 1) === '(';
      return isList ? hitAt(entry, actionAt, tokens.length - 1, table) : [];
    }),
};
