import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { castColumn } from '../../src/core/schema/plan/cypher-cast';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';
import { type CastPair, castPair } from '../support/random-kuzu-cast';

const RUNS = Number(process.env.KUZU_MIGRATE_PLAN_RUNS ?? 60);
const SEED = Number(process.env.KUZU_MIGRATE_SEED ?? 1);
/** More than the 2048 values that the engine works on at a time: it makes some of its mistakes only behind them. */
const ROWS = 3000;

const quoted = (text: string) => (text === '' ? '' : `"${text}"`);

/** The engine writes the sign of a DECIMAL between -1 and 0 behind the point, with a 0 less where it has room for one. */
function withSigns(text: string): string {
  return text.replace(/(?<!\d)0\.(0*)-(\d+)/g, (_, zeros: string, digits: string) => {
    const places = zeros + digits;
    return `-0.${places.length % 2 === 0 ? places : `0${places}`}`;
  });
}

const withoutSignOfZero = (text: string) => text.replace(/-(0(?:\.0+)?)(?![\d.])/g, '$1');

/** Whole numbers are all that some types hold; that others are rounded is told as a loss. */
function isWhole({ before, after }: CastPair): boolean {
  return /INT/.test(before + after);
}

describe('a cast of a column', () => {
  it('brings each value to the other type, also inside of others, or is not there', async function () {
    this.timeout(60_000 + RUNS * 3000);
    let cast = 0;
    await withDrivers((drivers) =>
      withTempDir(async (dir) => {
        const session = await drivers.get('kuzu').open({ path: path.join(dir, 'db'), readOnly: false, memoryMB: 256 });
        try {
          await fc.assert(
            fc.asyncProperty(castPair, async (pair) => {
              const value = castColumn('o', { name: 'v', type: pair.before }, pair.after);
              if (value === undefined) return;
              cast++;
              const rows = [...Array(ROWS).keys()].map((row) => pair.make(row, 1, isWhole(pair)));
              const file = path.join(dir, 'rows.csv');
              await writeFile(file, rows.map((row, id) => `${id}|${quoted(pair.given(row))}\n`).join(''));
              await session.run(
                [
                  `CREATE NODE TABLE Old(id INT64 PRIMARY KEY, v ${pair.before})`,
                  `CREATE NODE TABLE New(id INT64 PRIMARY KEY, v ${pair.after})`,
                  `COPY Old FROM '${file}' (delim = '|', header = false)`,
                  `COPY New(id, v) FROM (MATCH (o:Old) RETURN o.id, ${value})`,
                ].map((text) => ({ text })),
              );
              const read = 'MATCH (n:New) RETURN CAST(n.v AS STRING) ORDER BY n.id';
              const [answer] = await session.run([{ text: read, rows: ROWS }]);
              await session.run([{ text: 'DROP TABLE Old' }, { text: 'DROP TABLE New' }]);
              const found = answer?.rows.map(([text]) => (typeof text === 'string' ? withSigns(text) : text));
              const expected = rows.map((row) => (row === null ? null : withoutSignOfZero(pair.found(row))));
              assert.deepEqual(found, expected, `${pair.before} to ${pair.after}`);
            }),
            { numRuns: RUNS, endOnFailure: true, seed: SEED },
          );
        } finally {
          await session.close();
        }
      }),
    );
    assert.ok(cast > RUNS / 3, `${cast} of ${RUNS} pairs have a cast`);
  });
});
