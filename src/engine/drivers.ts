import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { MigrateError } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import type { Driver } from './driver';
import { duckdbDriver } from './duckdb/driver';
import { EnginePool, type PoolOptions } from './host/pool';
import { kuzuDriver } from './kuzu/driver';

export interface Drivers {
  /** @throws MigrateError ENGINE_NOT_SUPPORTED, ENGINE_NOT_LOADED */
  get(engine: EngineName): Driver;
  /** Ends all engine processes. */
  dispose(): Promise<void>;
}

const PACKAGES = { kuzu: 'kuzu', duckdb: '@duckdb/node-api' } as const;

/** @param dist the folder that holds `host.js`, and in a packaged extension the engine under `vendor/`. */
export function createDrivers(dist: string, options: PoolOptions): Drivers {
  const made = new Map<EngineName, Driver>();
  return {
    get: (engine) => {
      if (engine === 'ladybug') throw new MigrateError('ENGINE_NOT_SUPPORTED', { engine });
      const known = made.get(engine);
      if (known) return known;
      const location = { engine, script: path.join(dist, 'host.js'), module: engineModule(dist, engine) };
      const pool = new EnginePool(location, options);
      const driver = engine === 'kuzu' ? kuzuDriver(pool) : duckdbDriver(pool);
      made.set(engine, driver);
      return driver;
    },
    dispose: async () => {
      await Promise.all([...made.values()].map((driver) => driver.dispose()));
    },
  };
}

function engineModule(dist: string, engine: keyof typeof PACKAGES): string {
  const vendored = path.join(dist, 'vendor', engine, 'index.js');
  if (existsSync(vendored)) return vendored;
  try {
    // Resolved by path only: nothing of the engine is loaded into this process.
    return createRequire(path.join(dist, 'cli.js')).resolve(PACKAGES[engine]);
  } catch (error) {
    const platform = `${process.platform}-${process.arch}`;
    throw new MigrateError('ENGINE_NOT_LOADED', { engine, platform, detail: String(error) }, { cause: error });
  }
}
