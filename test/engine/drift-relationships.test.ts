import assert from 'node:assert/strict';
import { type MigrationBench, withMigrations } from '../support/migrations';

const count = async (bench: MigrationBench) =>
  Number((await bench.rows('MATCH ()-[r:R]->() RETURN count(*) AS n'))[0]?.n);

describe('relationships that nothing can take along when drift is taken back', () => {
  it('keep it from being taken back where an assertion protects them', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write(
        '001_r',
        '-- UP\nCREATE NODE TABLE T(id INT64 PRIMARY KEY);\nCREATE REL TABLE R(FROM T TO T, `from` SERIAL);\n',
      );
      await bench.migrate('up');
      await bench.run(
        'DROP TABLE R',
        'CREATE REL TABLE R(FROM T TO T, `from` INT64)',
        'CREATE (a:T {id: 1})-[:R {`from`: 7}]->(a)',
      );
      const { code, json } = await bench.json(['drift', '--revert', '--yes']);
      assert.deepEqual([code, json.error?.code], [1, 'PRECONDITION_FAILED']);
      assert.equal(await count(bench), 1);
    }));

  it('keep it from being planned where a line break in the name leaves no way to ask', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write(
        '001_r',
        '-- UP\nCREATE NODE TABLE T(id INT64 PRIMARY KEY);\nCREATE REL TABLE `S\nx`(FROM T TO T, `from` SERIAL);\n',
      );
      await bench.migrate('up');
      await bench.run('DROP TABLE `S\nx`', 'CREATE REL TABLE `S\nx`(FROM T TO T, `from` INT64)');
      const { code, json } = await bench.json(['drift', '--revert', '--yes']);
      assert.deepEqual([code, json.error?.code], [1, 'GENERATE_DIFFERS']);
    }));

  it('are told before and after, where the engine can’t even read them', () =>
    withMigrations('kuzu', async (bench) => {
      await bench.write(
        '001_r',
        '-- UP\nCREATE NODE TABLE T(id INT64 PRIMARY KEY);\nCREATE REL TABLE R(FROM T TO T);\n',
      );
      await bench.migrate('up');
      await bench.run(
        'CREATE (:T {id: 1})',
        'DROP TABLE R',
        "CREATE REL TABLE R(FROM T TO T) WITH (storage_direction = 'bwd')",
        'COPY R FROM (MATCH (a:T), (b:T) RETURN a.id, b.id AS other)',
      );
      const asked = await bench.cli(['drift', '--revert']);
      assert.equal(asked.code, 2);
      assert.match(asked.stdout + asked.stderr, /removes data/);
      assert.match(asked.stdout + asked.stderr, /relationships of R/i);
      const done = await bench.cli(['drift', '--revert', '--yes']);
      assert.equal(done.code, 0, done.stderr);
      assert.match(done.stdout + done.stderr, /relationships of R/i);
    }));
});
