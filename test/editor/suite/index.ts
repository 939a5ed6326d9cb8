// Loaded inside the extension host, on desktop and on the server, through --extensionTestsPath.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs every *.test.js beside this module.
 * KUZU_MIGRATE_SUITE_REPORT: file for the counts, since VS Code's own exit code can be 0 when nothing ran.
 * KUZU_MIGRATE_SUITE_LOG: file for mocha's report, apart from the workbench's console. KUZU_MIGRATE_SUITE_GREP: a filter.
 * @throws Error when tests failed: VS Code turns that into exit code 1
 */
export async function run(): Promise<void> {
  const { KUZU_MIGRATE_SUITE_REPORT: report, KUZU_MIGRATE_SUITE_LOG: log, KUZU_MIGRATE_SUITE_GREP: grep } = process.env;
  if (log) Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => appendFileSync(log, `${format(...parts)}\n`);
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, ...(grep ? { grep } : {}) });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      if (report) writeFileSync(report, JSON.stringify({ passes, failures, pending }));
    });
  });
  if (failures > 0) throw new Error(`${failures} of the editor's tests failed`);
}
