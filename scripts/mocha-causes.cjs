// Told with a failed test: why it failed. On its way from a worker to the reporter an error loses its causes.
exports.mochaHooks = {
  afterEach() {
    const { currentTest } = this;
    const error = currentTest.state === 'failed' ? currentTest.err : undefined;
    for (let cause = error?.cause; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
      error.stack += `\nCause: ${cause instanceof Error ? cause.stack : String(cause)}`;
    }
  },
};
