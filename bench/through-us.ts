import path from 'node:path';
import { createDrivers } from '../src/engine/drivers';
import { exportStatement } from '../src/engine/kuzu/export';
import { loadStatements } from '../src/workflow/import/load';
import { readStatements } from '../src/workflow/version-source';

/** The statements themselves, through the host: through-us export|import DATABASE FOLDER [FORMAT]. Prints their time. */
async function main(): Promise<void> {
  const [action, file = '', folder = '', format] = process.argv.slice(2);
  const drivers = createDrivers(path.join(process.env.KUZU_MIGRATE_ROOT ?? process.cwd(), 'dist'), {
    idleMs: 1000,
    log: () => undefined,
  });
  const session = await drivers.get('kuzu').open({ path: file, readOnly: action === 'export' });
  const statements =
    action === 'export'
      ? [{ text: exportStatement(folder, { format: format === 'csv' ? 'csv' : 'parquet', schemaOnly: false }) }]
      : (
          await loadStatements(
            { version: 'bench', dir: folder, createdAt: '' },
            await readStatements(folder, 'bench'),
            {
              schema: true,
              data: undefined,
            },
          )
        ).load;
  const results = await session.run(statements.map(({ text }) => ({ text })));
  await session.close();
  await drivers.dispose();
  process.stdout.write(`${JSON.stringify({ ms: results.reduce((sum, { ms }) => sum + ms, 0) })}\n`);
}

void main();
