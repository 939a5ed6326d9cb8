import { enCommon } from './en-common';
import { enEditor } from './en-editor';
import { enErrors } from './en-errors';
import { enLosses } from './en-losses';
import { enMigrate } from './en-migrate';
import { enUi } from './en-ui';
import { flattenErrors } from './flatten';

/** The English table without most of the words of the command line; the build makes a file of its own of it. */
export const editorTexts = {
  ...flattenErrors(enErrors),
  ...enCommon,
  ...enLosses,
  ...enMigrate,
  ...enUi,
  ...enEditor,
};
