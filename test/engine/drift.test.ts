import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ENGINES, type MigrationBench, withMigrations } from '../support/migrations';

/** A table whose key comes from a sequence, which is used; and a column that somebody added by hand. */
async function numbered(bench: MigrationBench): Promise<void> {
  const isKuzu = bench.engine === 'kuzu';
  await bench.write(
    '001_t',
    isKuzu
      ? "CREATE SEQUENCE q START 5; CREATE SEQUENCE other; CREATE NODE TABLE T(id INT64 DEFAULT nextval('q'), v INT64, PRIMARY KEY(id));"
      : "CREATE SEQUENCE q START 5; CREATE SEQUENCE other; CREATE TABLE T(id BIGINT PRIMARY KEY DEFAULT nextval('q'), v BIGINT);",
  );
  await bench.migrate('up');
  await bench.run(...[1, 2, 3].map((v) => another(bench, v)), ...[1, 2].map(() => next(bench)));
  // The engine may forget where a sequence began once it is closed.
  await bench.run(isKuzu ? 'ALTER TABLE T ADD hand INT64' : 'ALTER TABLE T ADD COLUMN hand BIGINT');
}

const another = ({ engine }: MigrationBench, v: number) =>
  engine === 'kuzu' ? `CREATE (:T {v: ${v}})` : `INSERT INTO T(v) VALUES (${v})`;

const next = ({ engine }: MigrationBench) =>
  engine === 'kuzu' ? "RETURN nextval('other') AS n" : "SELECT nextval('other') AS n";

/** The numbers go on behind those that were given out. */
async function goesOn(bench: MigrationBench): Promise<void> {
  await bench.run(another(bench, 4));
  const ids = bench.engine === 'kuzu' ? 'MATCH (t:T) RETURN t.id AS id ORDER BY id' : 'SELECT id FROM T ORDER BY id';
  assert.deepEqual(
    (await bench.rows(ids)).map(({ id }) => Number(id)),
    [5, 6, 7, 8],
  );
  assert.equal(Number((await bench.rows(next(bench)))[0]?.n), 3);
}

for (const engine of ENGINES) {
  describe(`drift of a database whose sequences are used, on ${engine}`, () => {
    it('is taken back without a number given out twice', () =>
      withMigrations(engine, async (bench) => {
        await numbered(bench);
        const { code, stdout, stderr } = await bench.cli(['drift', '--revert', '--yes']);
        assert.equal(code, 0, stdout + stderr);
        await goesOn(bench);
      }));

    it('is adopted by a script that is about the drift alone, up and down', () =>
      withMigrations(engine, async (bench) => {
        await numbered(bench);
        const { code, stdout, stderr } = await bench.cli(['drift', '--adopt', 'by hand']);
        assert.equal(code, 0, stdout + stderr);
        const folder = path.join(bench.dir, 'migrations');
        const [made = ''] = readdirSync(folder).filter((name) => name.includes('by_hand'));
        const text = await readFile(path.join(folder, made), 'utf8');
        assert.match(text, /ADD (COLUMN )?hand/);
        assert.doesNotMatch(text, /SEQUENCE/);
        await goesOn(bench);
      }));

    it('says nothing of them, and neither does a migration from the database', () =>
      withMigrations(engine, async (bench) => {
        await numbered(bench);
        const drift = await bench.cli(['drift', '--json']);
        assert.equal(drift.code, 3);
        const { changes } = JSON.parse(drift.stdout) as { changes: { object: string }[] };
        assert.deepEqual(
          changes.map(({ object }) => object),
          ['T.hand'],
        );
        const made = await bench.cli(['generate', 'back', '--from', 'db', '--to', 'migrations', '--yes', '--json']);
        assert.equal(made.code, 0, made.stdout + made.stderr);
        const { files } = JSON.parse(made.stdout) as { files: string[] };
        assert.doesNotMatch(await readFile(path.join(bench.dir, files[0] ?? ''), 'utf8'), /SEQUENCE/);
      }));
  });
}
