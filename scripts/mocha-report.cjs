// The spec reporter on the terminal, and the counts as JSON in a file: an exit code alone can hide that nothing ran.
// What failed goes with them, so that whoever sees only the end of a long output still learns it.
const fs = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const output = options.reporterOptions?.output ?? options.reporterOption?.output;
    const failed = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failed.push({ title: test.fullTitle(), error: String(error?.stack ?? error?.message ?? error) });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      fs.writeFileSync(output, JSON.stringify({ passes, failures, pending, failed }));
    });
  }
};
