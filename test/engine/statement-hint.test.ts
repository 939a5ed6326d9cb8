import assert from 'node:assert/strict';
import { ENGINES, upDown, withMigrations } from '../support/migrations';

for (const engine of ENGINES) {
  describe(`the hint of a statement that fails on ${engine}`, () => {
    it('is about the values where those are what it fails on, and shows no long statement', () =>
      withMigrations(engine, async (bench) => {
        const { words } = bench;
        await bench.write('001_a', upDown([words.table('Aa')], [words.drop('Aa')]));
        await bench.migrate('up');
        await bench.run(words.insert('Aa', 1));
        const long = `/* ${'long '.repeat(140)}*/`;
        const query =
          engine === 'kuzu'
            ? `MATCH (a:Aa) ${long} RETURN CAST(concat(a.name, 'x') AS INT64)`
            : `SELECT ${long} CAST(name || 'x' AS INTEGER) FROM Aa`;
        await bench.write('002_b', upDown([query]));
        const { code, stderr } = await bench.cli(['up', '--yes']);
        assert.equal(code, 1);
        assert.match(
          stderr,
          /hint: Correct the values first, or ask less of them in the statement: (?:MATCH|SELECT) .* …\n/,
        );
        assert.ok(!stderr.includes(long), stderr);
      }));
  });
}
