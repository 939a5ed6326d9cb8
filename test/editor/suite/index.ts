// Loaded inside the extension host, on desktop and on the server, through --extensionTestsPath.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs every *.test.js beside this module.
 * KUZU_MIGRATE_SUITE_REPORT: file for the counts and what failed, since VS Code's own exit code can be 0 when nothing ran.
 * KUZU_MIGRATE_SUITE_LOG: file for mocha's report, apart from the workbench's console. KUZU_MIGRATE_SUITE_GREP: a filter.
 * @throws Error when tests failed: VS Code turns that into exit code 1
 */
export async function run(): Promise<void> {
  const { KUZU_MIGRATE_SUITE_REPORT: report, KUZU_MIGRATE_SUITE_LOG: log, KUZU_MIGRATE_SUITE_GREP: grep } = process.env;
  if (log) Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => appendFileSync(log, `${format(...parts)}\n`);
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 120_000, ...(grep ? { grep } : {}) });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const failed: { title: string; error: string }[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: Error) => {
      failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      if (report) writeFileSync(report, JSON.stringify({ passes, failures, pending, failed }));
    });
  });
  if (failures > 0) throw new Error(`${failures} of the editor's tests failed`);
}
