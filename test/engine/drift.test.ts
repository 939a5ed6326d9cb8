import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { changesOf, desire, filesOf } from '../support/desire';
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
  describe(`drift (${engine})`, function () {
    this.timeout(180_000);

    it('is none after up; what was done by hand is shown with exit 3, adopted as a migration, or taken back', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json, cli } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n-- DOWN\n${words.drop('A')};\n`);
        assert.equal((await json(['up'])).code, 0);
        await run(words.insert('A', 1, 'kept'));
        assert.deepEqual([(await json(['drift'])).code, (await json(['drift'])).json.drift], [0, false]);
        await run(words.addColumn('A', 'extra'), words.table('ByHand'));
        const seen = await json(['drift']);
        assert.deepEqual([seen.code, seen.json.drift, changesOf(seen.json).length], [3, true, 2]);

        // Without anybody to ask it says what to pass.
        const refused = await json(['drift', '--revert']);
        assert.deepEqual([refused.code, refused.json.error?.code], [2, 'CONFIRMATION_NEEDED']);
        const reverted = await cli(['drift', '--revert', '--yes']);
        assert.equal(reverted.code, 0, reverted.stderr);
        assert.equal((await json(['drift'])).code, 0);
        assert.deepEqual(await bench.tables(), ['A']);
        assert.equal(await bench.count('A'), 1);
        assert.equal(readdirSync(path.join(bench.dir, 'backups')).length, 1);
        assert.deepEqual(await bench.states(), ['1 applied']);

        await run(words.addColumn('A', 'extra'), words.table('ByHand'));
        await write('2_pending', `-- UP\n${words.table('P')};\n`);
        const pending = await json(['drift', '--adopt', 'by hand']);
        assert.equal(pending.json.error?.code, 'DRIFT_PENDING');
        await bench.remove(`2_pending${words.ending}`);
        const adopted = await cli(['drift', '--adopt', 'by hand']);
        assert.equal(adopted.code, 0, adopted.stderr);
        assert.equal((await json(['drift'])).code, 0);
        const states = await bench.states();
        assert.deepEqual([states.length, states.every((state) => state.endsWith('applied'))], [2, true]);
        assert.equal((await json(['check'])).code, 0);
        // Elsewhere it runs like any other, and here it goes down again.
        assert.equal((await json(['down', '--yes'])).code, 0);
        assert.deepEqual(await bench.tables(), ['A']);
      }));

    it('compares with the desired schema, too: pending migrations explain a difference, nothing else does', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, json, cli } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await desire(bench, [`${words.table('A')};`, `${words.table('B')};`]);
        const behind = await json(['drift']);
        assert.deepEqual(
          [behind.code, changesOf(behind.json).length, changesOf(behind.json, 'desired').length],
          [3, 0, 1],
        );
        await write('2_b', `-- UP\n${words.table('B')};\n`);
        const explained = await json(['drift']);
        assert.deepEqual([explained.code, explained.json.pending, explained.json.pendingExplains], [0, ['2'], true]);
        assert.match((await cli(['drift'])).stdout, /kuzu-migrate up/);
        await bench.run(words.addColumn('A', 'extra'));
        const byHand = await json(['drift']);
        assert.deepEqual(
          [byHand.code, changesOf(byHand.json).length, byHand.json.pendingExplains, byHand.json.historyExplains],
          [3, 1, undefined, true],
        );
        assert.doesNotMatch((await cli(['drift'])).stdout, /kuzu-migrate generate/);
        await desire(bench, [`${words.table('A')};`, `${words.table('B')};`, `${words.table('C')};`]);
        assert.match((await cli(['drift'])).stdout, /kuzu-migrate generate/);
      }));

    it('knows the renames that pending migrations will make, those of one that was taken back as well', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, json } = bench;
        const renamed = words.table('A').replace('name', 'title');
        assert.notEqual(renamed, words.table('A'));
        await write('1_a', `-- UP\n${words.table('A')};\n`);
        await write(
          '2_b',
          `-- UP\nALTER TABLE A RENAME name TO title;\n-- DOWN\nALTER TABLE A RENAME title TO name;\n`,
        );
        assert.equal((await json(['up', '--to', '1'])).code, 0);
        await desire(bench, [`${renamed};`, `${words.table('C')};`]);
        const kinds = async () =>
          changesOf((await json(['drift'])).json, 'desired').map((one) => (one as { kind: string }).kind);
        const first = await kinds();
        assert.ok(first.includes('rename-column'), String(first));
        assert.equal((await json(['up'])).code, 0);
        assert.equal((await json(['down', '--yes'])).code, 0);
        assert.deepEqual(await kinds(), first);
      }));

    it('never takes back what a baseline without a text made, and says why', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json, cli } = bench;
        await run(words.table('Legacy'), words.insert('Legacy', 1));
        await write('1_first', `-- UP\n${words.table('First')};\n`);
        await run(words.table('First'));
        assert.equal((await json(['baseline', '1'])).code, 0);
        // Recorded with the text of its file: Legacy came otherwise, and is shown as what it is.
        assert.deepEqual([(await json(['drift'])).code, changesOf((await json(['drift'])).json).length], [3, 1]);
        await run(
          engine === 'kuzu'
            ? "MATCH (m:migration_history) SET m.up_script = ''"
            : "UPDATE migration_history SET up_script = ''",
        );
        const told = await cli(['drift']);
        assert.match(told.stdout, /history has no text of 1/);
        assert.doesNotMatch(told.stdout, /--revert/);
        const refused = await json(['drift', '--revert', '--yes']);
        assert.equal(refused.json.error?.code, 'DRIFT_NOT_REVERTED');
        assert.deepEqual(await bench.tables(), ['First', 'Legacy']);
      }));

    it('is shown though the files of the project have faults of their own', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json } = bench;
        await write('1_a', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await run(words.table('ByHand'));
        await desire(bench, ['CREATE NONSENSE;']);
        const seen = await json(['drift']);
        assert.deepEqual([seen.code, changesOf(seen.json).length, seen.json.desired], [3, 1, undefined]);
        assert.equal(changesOf(seen.json, 'notes').length, 1);
      }));

    it('is adopted behind every other id, whatever the clock says', () =>
      withMigrations(engine, async (bench) => {
        const { words, write, run, json } = bench;
        await write('20990101_000000_later', `-- UP\n${words.table('A')};\n`);
        await json(['up']);
        await run(words.addColumn('A', 'extra'));
        const adopted = await json(['drift', '--adopt', 'extra']);
        assert.deepEqual(filesOf(adopted.json), [`migrations/20990101_000001_extra${words.ending}`]);
        assert.equal((await json(['drift'])).code, 0);
        await desire(bench, [`${words.table('A')};`]);
        const next = await json(['generate', 'next']);
        assert.deepEqual(filesOf(next.json), [`migrations/20990101_000002_next${words.ending}`]);
      }));

    it('is none where rows have only moved a sequence on', () =>
      withMigrations(engine, async (bench) => {
        const { write, run, json } = bench;
        const made =
          engine === 'kuzu'
            ? "CREATE SEQUENCE s; CREATE NODE TABLE P(id INT64 DEFAULT nextval('s') PRIMARY KEY, v STRING);"
            : "CREATE SEQUENCE s; CREATE TABLE p(id BIGINT PRIMARY KEY DEFAULT nextval('s'), v VARCHAR);";
        await write('1_a', `-- UP\n${made}\n`);
        await json(['up']);
        const insert = engine === 'kuzu' ? "CREATE (:P {v: 'x'})" : "INSERT INTO p(v) VALUES ('x')";
        await run(insert, insert);
        assert.deepEqual([(await json(['drift'])).code, changesOf((await json(['drift'])).json)], [0, []]);
        assert.deepEqual(changesOf((await json(['diff', 'migrations', 'db'])).json), []);
      }));

    it('needs a database, and one that is not half way', () =>
      withMigrations(engine, async (bench) => {
        assert.equal((await bench.json(['drift'])).json.error?.code, 'DATABASE_MISSING');
      }));
  });

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
