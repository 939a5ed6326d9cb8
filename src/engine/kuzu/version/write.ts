import path from 'node:path';
import { statement } from '../../../core/schema/statement-end';
import type { BesideFile } from '../../../core/version/beside';
import { copyIn, copyOut, hasFile, isHeld } from '../../../core/version/carry/unit-plan';
import { schemaScripts } from '../../../core/version/schema-script';
import type { ExportOptions, Session, WrittenVersion } from '../../driver';
import { sessionCatalog } from '../catalog';
import { planUnits } from './plan';
import { writeBeside } from './values-out';

/**
 * Writes the data of a database into a folder, file by file, and tells the statement files that lead back. Plain
 * `IMPORT DATABASE` reads them, too, and gets what a data file can hold; the rest is NULL there.
 */
export async function writeVersion(session: Session, dir: string, options: ExportOptions): Promise<WrittenVersion> {
  const catalog = await sessionCatalog(session);
  const { schema, index, moreIndexes } = schemaScripts(catalog);
  const more: [string, string][] = moreIndexes === '' ? [] : [['index-2.cypher', moreIndexes]];
  if (options.schemaOnly) {
    const indexes: [string, string][] = index === '' ? [] : [['index.cypher', index]];
    return { scripts: new Map([['schema.cypher', schema], ...indexes, ...more]), beside: [] };
  }
  const plans = await planUnits(session, catalog, options.format, options);
  const files = plans.filter(hasFile);
  const out = files.map((plan) => ({ text: copyOut(plan, path.join(dir, `${plan.unit.file}.${plan.format}`)) }));
  if (out.length > 0) await session.run(out, options.signal ? { signal: options.signal } : {});
  const beside: BesideFile[] = [];
  for (const plan of plans.filter((one) => !isHeld(one))) {
    beside.push(await writeBeside(session, dir, plan, options));
  }
  const copy = files.map((plan) => statement(copyIn(plan))).join('');
  return {
    scripts: new Map([['schema.cypher', schema], ['copy.cypher', copy], ['index.cypher', index], ...more]),
    beside,
  };
}
