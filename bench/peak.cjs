// Loaded with --require: writes this process's peak memory (kB) when it ends. The engine's own process, a fork, stays out.
if (process.send === undefined && process.env.KUZU_MIGRATE_PEAK) {
  process.on('exit', () => {
    require('node:fs').writeFileSync(process.env.KUZU_MIGRATE_PEAK, String(process.resourceUsage().maxRSS));
  });
}
