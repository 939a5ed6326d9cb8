import assert from 'node:assert/strict';
import { changesOf, desire } from '../support/desire';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`a rename that is long over (${engine})`, () => {
    it('is not made again of another column that got the old name', () =>
      withMigrations(engine, async (bench) => {
        const isKuzu = engine === 'kuzu';
        const [column, text, list] = isKuzu ? ['', 'STRING', 'INT64[]'] : ['COLUMN ', 'VARCHAR', 'BIGINT[]'];
        const made = (name: string) =>
          isKuzu
            ? `CREATE NODE TABLE T(id INT64 PRIMARY KEY, ${name} ${text})`
            : `CREATE TABLE T(id BIGINT PRIMARY KEY, ${name} ${text})`;
        await bench.write('001_t', upDown([made('a')]));
        await bench.write('002_b', upDown([`ALTER TABLE T RENAME ${column}a TO b`], [], '-- rename: T.a=b\n'));
        await bench.write('003_gone', upDown([`ALTER TABLE T DROP ${column}b`]));
        await bench.write('004_a', upDown([`ALTER TABLE T ADD ${column}a ${list}`]));
        await desire(bench, [`${made('b')};`]);
        await bench.migrate('up');
        const kinds = (rows: readonly unknown[]) => rows.map((row) => (row as { kind: string }).kind).sort();
        const drift = await bench.json(['drift']);
        assert.deepEqual(kinds(changesOf(drift.json, 'desired')), ['add-column', 'drop-column']);
        const { json } = await bench.json(['generate', 'back']);
        assert.deepEqual(kinds(changesOf(json)), ['add-column', 'drop-column']);
      }));
  });
}
