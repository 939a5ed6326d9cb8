import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createDrivers } from '../src/engine/drivers';
import { loadStatements } from '../src/workflow/import/load';
import { readStatements } from '../src/workflow/version-source';

/** The statements themselves, through the host: through-us export|import DATABASE FOLDER [FORMAT]. Prints their time. */
async function main(): Promise<void> {
  const [action, file = '', folder = '', format] = process.argv.slice(2);
  const drivers = createDrivers(path.join(process.env.KUZU_MIGRATE_ROOT ?? process.cwd(), 'dist'), {
    idleMs: 1000,
    log: () => undefined,
  });
  const driver = drivers.get('kuzu');
  const session = await driver.open({ path: file, readOnly: action === 'export' });
  const started = performance.now();
  if (action === 'export') {
    await mkdir(folder);
    const dataFormat = format === 'csv' ? 'csv' : 'parquet';
    await driver.writeVersion(session, folder, { format: dataFormat, schemaOnly: false });
  } else {
    const statements = await readStatements(folder, 'bench', 'cypher');
    const stored = { version: 'bench', dir: folder, createdAt: '', engine: driver.engine };
    const { load } = await loadStatements(stored, statements, { schema: true, data: undefined });
    await session.run(load.map(({ text }) => ({ text })));
  }
  const ms = performance.now() - started;
  await session.close();
  await drivers.dispose();
  process.stdout.write(`${JSON.stringify({ ms })}\n`);
}

void main();
