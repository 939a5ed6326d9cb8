import { newSchemaOf, type Rename } from '../../core/schema/change';
import type { RenameCandidate } from '../../core/schema/rename-candidate';
import { sqlLabel } from '../../core/schema/sql-diff';
import type { Deciding } from '../../workflow/generate/plan';
import { answered, type Choice } from '../services/dialogs';
import type { Services } from '../services/services';
import { t, text } from '../services/text';

/** Asks for each old and new name whether they are one thing, with what speaks for it. @throws MigrateError CANCELLED */
export function decideRenames({ messages }: Services): Deciding['decide'] {
  return async (candidates) => {
    const chosen: Rename[] = [];
    for (const candidate of candidates) {
      const { from, to } = namesOf(candidate);
      const evidence = candidate.evidence.map(({ key, params }) => text(key, params)).join(', ') || '-';
      const choices: Choice<boolean>[] = [
        { label: t('ui.rename.yes'), detail: t('ui.rename.yesDetail', { evidence }), value: true },
        { label: t('ui.rename.no'), detail: t('ui.rename.noDetail'), value: false },
      ];
      const title = t('ui.rename.title', { from, to });
      const placeHolder = t('ui.rename.ask', { from, to });
      const options = { title, placeHolder, ignoreFocusOut: true };
      if (await answered(messages.dialogs.pick(choices, options))) chosen.push(candidate.rename);
    }
    return chosen;
  };
}

function namesOf({ rename }: RenameCandidate): { readonly from: string; readonly to: string } {
  const table = rename.kind === 'rename-column' ? [rename.table] : [];
  const name = (schema: string | undefined, last: string) => sqlLabel(schema ?? 'main', ...table, last);
  return { from: name(rename.sqlSchema, rename.from), to: name(newSchemaOf(rename), rename.to) };
}
