import { createCodeHost } from '../engine/code/host';
import { createDrivers } from '../engine/drivers';
import { sourceSchema } from '../workflow/compare/source';
import { exportVersion } from '../workflow/export/export';
import { importVersion } from '../workflow/import/import';
import { openForReading } from '../workflow/reading';

/** All that needs an engine. The build makes a file of its own of this, which is read when something asks for it. */
export const workflows = { createCodeHost, createDrivers, sourceSchema, exportVersion, importVersion, openForReading };

export type Workflows = typeof workflows;
