import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quoteName } from '../../src/core/dialect/kuzu-names';
import { parseCopy, printCopy } from '../../src/core/version/copy-statement';

describe('a COPY of an export', () => {
  it('is read as the engine writes it', () => {
    const copy = parseCopy(
      "COPY `K` (`since`,`a (b)`) FROM \"K_P_P.csv\" (to='P', from='P', header=true, parallel=true)",
    );
    assert.deepEqual(copy && { ...copy, options: Object.fromEntries(copy.options) }, {
      table: 'K',
      columns: '(`since`,`a (b)`)',
      files: ['K_P_P.csv'],
      options: { to: "'P'", from: "'P'", header: 'true', parallel: 'true' },
    });
  });

  it('is read as people write it', () => {
    const cases: readonly (readonly [text: string, table: string, files: string[]])[] = [
      ["copy User from 'a b.csv'", 'User', ['a b.csv']],
      ['COPY User FROM ["a.csv", \'b.csv\'] (HEADER=true)', 'User', ['a.csv', 'b.csv']],
      ['COPY `My Table` FROM "/abs/x\\"y.parquet"', 'My Table', ['/abs/x"y.parquet']],
    ];
    for (const [text, table, files] of cases) {
      const copy = parseCopy(text);
      assert.deepEqual([copy?.table, copy?.files], [table, files], text);
    }
  });

  it('is nothing else', () => {
    for (const text of [
      'COPY User FROM (MATCH (u:User) RETURN u)',
      "COPY (MATCH (n) RETURN n) TO 'x.csv'",
      'CREATE NODE TABLE COPY(id INT64 PRIMARY KEY)',
      '',
    ]) {
      assert.equal(parseCopy(text), undefined, text);
    }
  });

  it('keeps for parquet only what its reader takes, and guesses nothing for CSV', () => {
    const parquet = parseCopy("COPY `R` (`a`) FROM \"R.parquet\" (to='B', from='A', parallel=true)");
    assert.equal(
      parquet && printCopy(parquet, ['/v/R.parquet']),
      "COPY `R` (`a`) FROM '/v/R.parquet' (to='B', from='A')",
    );
    const csv = parseCopy('COPY `N` (`a`) FROM "N.csv" (header=true, delim=delim=\'|\')');
    assert.match(
      csv ? printCopy(csv, ["/it's/N.csv"]) : '',
      /FROM '\/it\\'s\/N\.csv' \(header=true, delim='\|', auto_detect=false\)/,
    );
  });

  it('survives a round trip for any name and path', () => {
    const name = fc.stringMatching(/^[A-Za-z_ .,()'"-]{1,12}$/);
    const path = fc.stringMatching(/^[A-Za-z0-9_ .,()'"\\/-]{1,20}$/).map((text) => `${text}.csv`);
    fc.assert(
      fc.property(name, path, (table, file) => {
        const copy = parseCopy(`COPY ${quoteName(table)} (${quoteName(table)}) FROM "x.csv" (header=true)`);
        const again = copy && parseCopy(printCopy(copy, [file]));
        return again?.table === table && again.files[0] === file && again.options.get('header') === 'true';
      }),
    );
  });
});
