import assert from 'node:assert/strict';
import path from 'node:path';
import { diffSchemas } from '../../src/core/schema/diff';
import type { Schema } from '../../src/core/schema/model';
import { planCypher } from '../../src/core/schema/plan/cypher';
import type { WayRequest } from '../../src/core/schema/plan/types';
import { scanStatements } from '../../src/core/script/scan';
import type { Driver, Session } from '../../src/engine/driver';
import { runKuzu, withTempDir } from './kuzu-script';
import { withDrivers } from './project';
import { WayRunner } from './run-way';

/** A way from one database to another. */
export interface Trip {
  /** DDL and rows of the database. */
  readonly from: string;
  /** DDL of what it shall be. */
  readonly to: string;
  readonly renames?: WayRequest['renames'];
}

/** The statements of a text that the engine is given one by one. */
export const statementsOf = (text: string) => scanStatements(text).map((one) => one.text);

/** The schema that DDL makes, in a database of its own. */
export async function schemaOf(driver: Driver, file: string, ddl: string): Promise<Schema> {
  const runner = await WayRunner.open(driver, file);
  try {
    await runner.run(statementsOf(ddl));
    return await driver.introspect(runner.session);
  } finally {
    await runner.close();
  }
}

/** Takes a database to another schema, which it has to have then, and asks it what became of its rows. */
export async function travel(
  trip: Trip,
  ask: (session: Session, left: readonly string[]) => Promise<void>,
): Promise<void> {
  await withDrivers((drivers) =>
    withTempDir(async (dir) => {
      const driver = drivers.get('kuzu');
      const after = await schemaOf(driver, path.join(dir, 'after'), trip.to);
      const runner = await WayRunner.open(driver, path.join(dir, 'db'));
      try {
        await runner.run(statementsOf(trip.from));
        const before = await driver.introspect(runner.session);
        const way = planCypher({ before, after, renames: trip.renames ?? [] });
        await runner.runWay(way);
        assert.deepEqual(diffSchemas(await driver.introspect(runner.session), after), []);
        await ask(
          runner.session,
          way.left.map(({ key, params }) => `${key} ${params.table}.${params.column}`),
        );
      } finally {
        await runner.close();
      }
    }),
  );
}

/** Rows of a query, at most 100. */
export async function rows(session: Session, text: string): Promise<unknown> {
  const [result] = await session.run([{ text, rows: 100 }]);
  return result?.rows;
}

/** What the engine says to statements, one after the other; undefined where it runs one. */
export async function errorsOf(...statements: string[]): Promise<(string | undefined)[]> {
  return withTempDir(async (dir) => {
    const { answers, stderr } = await runKuzu([{ path: path.join(dir, 'db'), statements }]);
    assert.ok(answers, stderr);
    return answers[0]?.map((answer) => ('error' in answer ? answer.error : undefined)) ?? [];
  });
}
