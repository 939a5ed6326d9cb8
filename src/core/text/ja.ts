import type { en } from './en';
import { flattenErrors } from './flatten';
import { jaCli } from './ja-cli';
import { jaCliMigrate } from './ja-cli-migrate';
import { jaCommon } from './ja-common';
import { jaEditor } from './ja-editor';
import { jaErrors } from './ja-errors';
import { jaLosses } from './ja-losses';
import { jaMigrate } from './ja-migrate';
import { jaUi } from './ja-ui';

/** Every text in Japanese, under the keys of the English table. */
export const ja: Record<keyof typeof en, string> = {
  ...flattenErrors(jaErrors),
  ...jaCommon,
  ...jaLosses,
  ...jaCli,
  ...jaCliMigrate,
  ...jaMigrate,
  ...jaUi,
  ...jaEditor,
};
