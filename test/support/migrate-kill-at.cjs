// Loaded into every process of a command line (NODE_OPTIONS=--require): in the engine's process it writes down each call
// to the engine, and at one of them sends SIGKILL: to itself, to the command line, or to the whole process group. The
// engine is the real one; only the moment is chosen here, to the microsecond.
//
// KUZU_MIGRATE_KILL_AT = {"log": FILE, "call"?: N, "us"?: microseconds after its start, "victim"?: "engine"|"cli"|"all"}
const { appendFileSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const order = process.env.KUZU_MIGRATE_KILL_AT;
if (order !== undefined && path.basename(process.argv[1] ?? '') === 'host.js') watch(JSON.parse(order));

function watch({ log, call, us, victim }) {
  const load = Module._load;
  const seen = new WeakMap();
  Module._load = function loadWatched(...args) {
    const loaded = load.apply(this, args);
    if (loaded === null || typeof loaded !== 'object') return loaded;
    if (seen.has(loaded)) return seen.get(loaded);
    if (typeof loaded.extract_statements === 'function') {
      // What a native module exports can't be written to.
      const own = Object.create(loaded);
      seen.set(loaded, own);
      seen.set(own, own);
      wrap(own, 'query', (_connection, statement) => statement);
      wrap(own, 'open', () => '<open>');
      wrap(own, 'close_sync', () => '<close>');
      return own;
    }
    if (typeof loaded.Connection === 'function' && loaded.STORAGE_VERSION !== undefined) {
      seen.set(loaded, loaded);
      wrap(loaded.Connection.prototype, 'query', (statement) => statement);
      wrap(loaded.Connection.prototype, 'querySync', (statement) => statement);
      wrap(loaded.Database.prototype, 'init', () => '<open>');
      wrap(loaded.Database.prototype, 'close', () => '<close>');
    }
    return loaded;
  };

  function wrap(owner, name, text) {
    const original = owner[name];
    const watched = function watched(...args) {
      appendFileSync(
        log,
        `${text(...args)
          .replace(/\s+/g, ' ')
          .slice(0, 160)}\n`,
      );
      if (call === undefined || readFileSync(log, 'utf8').split('\n').length - 1 !== call) {
        return original.apply(this, args);
      }
      // Before it starts, or while the engine's own threads are at it; after it where it runs in this one.
      if (us === undefined) return end(original.bind(this, ...args));
      const answer = original.apply(this, args);
      const until = process.hrtime.bigint() + BigInt(us) * 1000n;
      while (process.hrtime.bigint() < until);
      return end(() => answer);
    };
    Object.defineProperty(owner, name, { value: watched, configurable: true, writable: true });
  }

  /** What is called goes on only where the engine's process is not among the victims. */
  function end(goOn) {
    appendFileSync(`${log}.killed`, victim);
    if (victim === 'engine') process.kill(process.pid, 'SIGKILL');
    process.kill(victim === 'cli' ? process.ppid : -process.ppid, 'SIGKILL');
    return goOn();
  }
}
