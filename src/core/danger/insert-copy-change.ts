import type { DangerRule, Finding } from './rule';

/** @source measured on Kùzu 0.11.3: SET or DELETE of rows that were partly created and partly copied ends the process. */
export const insertCopyChange: DangerRule = {
  code: 'KM311',
  summary: 'Creates rows, copies more into the same table and changes them in one transaction.',
  dialect: 'cypher',
  severity: 'refuse',
  find: (span) => {
    if (!span.transactional) return [];
    const inserted = new Set<string>();
    const mixed = new Set<string>();
    const findings: Finding[] = [];
    for (const { index, effects } of span.entries) {
      for (const effect of effects) {
        const changes = effect.does === 'update' || effect.does === 'delete';
        if (changes && (mixed.has(effect.table) || (effect.table === '' && mixed.size > 0))) {
          if (findings.at(-1)?.index !== index) findings.push({ index, argument: effect.table });
        }
        if (effect.does !== 'insert') continue;
        if (effect.bulk === undefined) inserted.add(effect.table);
        else if (inserted.has(effect.table)) mixed.add(effect.table);
      }
    }
    return findings;
  },
};
