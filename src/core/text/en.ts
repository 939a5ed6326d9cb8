import { enCli } from './en-cli';
import { enCliMigrate } from './en-cli-migrate';
import { enCommon } from './en-common';
import { enEditor } from './en-editor';
import { enErrors } from './en-errors';
import { enLosses } from './en-losses';
import { enMigrate } from './en-migrate';
import { enUi } from './en-ui';
import { flattenErrors } from './flatten';

/** Every text of both faces; the Japanese table has the same keys by its type. */
export const en = {
  ...flattenErrors(enErrors),
  ...enCommon,
  ...enLosses,
  ...enCli,
  ...enCliMigrate,
  ...enMigrate,
  ...enUi,
  ...enEditor,
};
