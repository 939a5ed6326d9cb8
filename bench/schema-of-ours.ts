// Runs in a process of its own, started by bench/schema.mjs: what the issue says of the schema's core, and of generate.
// Arguments: core TABLES | generate PROJECT. Prints one line of JSON.
import path from 'node:path';
import { diffSchemas } from '../src/core/schema/diff';
import type { NodeTable, Schema } from '../src/core/schema/model';
import { printPair } from '../src/core/schema/print';
import { createCodeHost } from '../src/engine/code/host';
import { detectFile } from '../src/engine/detect';
import { createDrivers } from '../src/engine/drivers';
import { loadProject } from '../src/project/discovery';
import { type Context, requireDatabase } from '../src/workflow/context';
import { makeMigration } from '../src/workflow/generate/make';
import { refuseToDecide } from '../src/workflow/generate/plan';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const [what, argument = ''] = process.argv.slice(2);
console.log(JSON.stringify(what === 'core' ? core(Number(argument)) : await generated(argument)));

/** Two schemas of tables with twenty columns each, where every tenth table has a column more. */
function core(tables: number) {
  const schema = (extra: boolean): Schema => ({
    tables: Array.from({ length: tables }, (_, at): NodeTable => {
      const columns = Array.from({ length: 20 }, (_none, column) => ({
        name: `c${column}`,
        type: 'STRING',
        default: "''",
      }));
      const more = extra && at % 10 === 0 ? [{ name: 'extra', type: 'INT64' }] : [];
      return { kind: 'node', name: `T${at}`, columns: [...columns, ...more], primaryKey: 'c0' };
    }),
    sequences: [],
    macros: [],
    indexes: [],
    types: [],
  });
  const measure = () => {
    const [before, after] = [schema(false), schema(true)];
    const started = performance.now();
    const changes = diffSchemas(before, after);
    const printed = printPair(before, after);
    const ms = performance.now() - started;
    if (changes.length !== Math.ceil(tables / 10) || printed.before === printed.after) throw new Error('a wrong diff');
    return ms;
  };
  // Compiled by then, as in the editor, where one process compares again and again.
  for (let round = 0; round < 3; round++) measure();
  const times = Array.from({ length: 5 }, measure).sort((a, b) => a - b);
  return { ms: times[2] };
}

/** The second generate of a process: its engine is warm by then, as in the editor. */
async function generated(dir: string) {
  const drivers = createDrivers(path.join(root, 'dist'), { idleMs: 60_000, log: () => undefined });
  try {
    const project = await loadProject({ dir, env: {}, detect: detectFile });
    const context: Context = {
      project,
      driver: (engine) => drivers.get(engine),
      codeHost: () => createCodeHost(path.join(root, 'dist'), { log: () => undefined }),
      log: () => undefined,
    };
    const once = async () => {
      const started = performance.now();
      const { changes } = await makeMigration(context, {
        database: requireDatabase(project),
        name: 'bench',
        decide: async (open) => refuseToDecide(open),
      });
      if (changes.length !== 20) throw new Error(`${changes.length} changes`);
      return performance.now() - started;
    };
    const cold = await once();
    return { cold, ms: await once() };
  } finally {
    await drivers.dispose();
  }
}
