import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withTempDir } from '../support/kuzu-script';
import { fateOf, foretold, type LossDatabase, NotMade } from '../support/loss-case';
import { typedValues } from '../support/tricky-values';

const database: fc.Arbitrary<LossDatabase> = fc
  .record({
    values: typedValues,
    rows: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
    format: fc.constantFrom<'csv' | 'parquet'>('csv', 'parquet'),
    kind: fc.constantFrom('node', 'rel'),
  })
  .map(({ values: { type, texts }, rows, format, kind }): LossDatabase => {
    // Each third value is NULL.
    const chosen = rows.map((row) => (row % 3 === 2 ? 'NULL' : (texts[row % texts.length] ?? 'NULL')));
    const columns = `v ${type}`;
    if (kind === 'node') {
      return {
        format,
        statements: [
          `CREATE NODE TABLE T(id INT64 PRIMARY KEY, ${columns})`,
          ...chosen.map((text, id) => `CREATE (:T {id: ${id}, v: ${text}})`),
        ],
        checks: ['MATCH (t:T) RETURN t.id, t.v, CAST(t.v AS STRING) AS words, t.v IS NULL AS missing ORDER BY t.id'],
      };
    }
    return {
      format,
      statements: [
        'CREATE NODE TABLE N(id INT64 PRIMARY KEY)',
        `CREATE REL TABLE T(FROM N TO N, ${columns})`,
        ...chosen.map((text, id) => `CREATE (n:N {id: ${id}})-[:T {v: ${text}}]->(n)`),
      ],
      checks: [
        'MATCH (n:N)-[t:T]->(:N) RETURN n.id, t.v, CAST(t.v AS STRING) AS words, t.v IS NULL AS missing ORDER BY n.id',
      ],
    };
  });

/** `KUZU_MIGRATE_LOSS_RUNS=1000` tries that many new databases; without it they are the same ones each time. */
const runs = process.env.KUZU_MIGRATE_LOSS_RUNS;
const options = runs === undefined ? { numRuns: 40, seed: 20_250_801 } : { numRuns: Number(runs), endOnFailure: true };

describe('what an export of random values loses', () => {
  it('is foretold, and nothing that can be imported is called impossible', async function () {
    this.timeout(600_000);
    await fc.assert(
      fc.asyncProperty(database, (made) =>
        withTempDir(async (dir) => {
          const fate = await fateOf(dir, made).catch((error: unknown) => {
            if (error instanceof NotMade) return undefined;
            throw error;
          });
          fc.pre(fate !== undefined);
          const losses = await foretold(dir, made);
          const worst = losses.map(({ severity }) => severity);
          if (fate !== 'same') assert.ok(losses.length > 0, `${fate}, and not foretold`);
          if (fate === 'export failed' || fate === 'crashed') assert.ok(worst.includes('blocked'), fate);
          else assert.ok(!worst.includes('blocked'), `${fate}: ${JSON.stringify(losses)}`);
          if (fate === 'import failed') assert.ok(worst.includes('error'), `${fate}: ${JSON.stringify(losses)}`);
          if (fate === 'same' || fate === 'changed') {
            assert.ok(!worst.includes('error'), `${fate}: ${JSON.stringify(losses)}`);
          }
        }),
      ),
      options,
    );
  });
});
