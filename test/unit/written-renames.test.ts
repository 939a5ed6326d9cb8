import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writtenRenames } from '../../src/core/lint/written-renames';
import { parseRenameText } from '../../src/core/schema/rename-text';

const texts = (dialect: 'cypher' | 'sql', ...statements: string[]) =>
  writtenRenames(
    statements.map((text) => ({ text })),
    dialect,
  );

describe('renames that statements make', () => {
  it('are those of tables and of columns, in their order', () => {
    assert.deepEqual(
      texts(
        'cypher',
        'ALTER TABLE A RENAME TO B',
        'RETURN 1',
        'ALTER TABLE B RENAME `x y` TO z',
        'ALTER TABLE B ADD c INT64',
      ),
      ['A=B', 'B."x y"=z'],
    );
    assert.deepEqual(
      texts(
        'sql',
        'ALTER TABLE IF EXISTS app.a RENAME TO "b.c"',
        'alter table main."A" rename column "x""y" to z',
        'ALTER TABLE db.app.t RENAME to TO at',
        'ALTER TABLE t RENAME TO to',
        'ALTER VIEW v RENAME TO w',
      ),
      ['app.a="b.c"', 'main.A."x""y"=z', 'app.t.to=at', 't=to'],
    );
  });

  it('are none of a table that is put aside and dropped', () => {
    const rebuilt = [
      'ALTER TABLE A RENAME TO A_old',
      'CREATE NODE TABLE A(id INT64 PRIMARY KEY)',
      'DROP TABLE `A_OLD`',
    ];
    assert.deepEqual(texts('cypher', 'ALTER TABLE A RENAME x TO y', ...rebuilt), ['A.x=y']);
    assert.deepEqual(texts('cypher', 'DROP TABLE A_old', 'ALTER TABLE A RENAME TO A_old'), ['A=A_old']);
    assert.deepEqual(
      texts('cypher', 'ALTER TABLE A RENAME TO B', 'CREATE NODE TABLE B(id INT64 PRIMARY KEY)', 'DROP TABLE B'),
      ['A=B'],
    );
    const sql = ['ALTER TABLE app.a RENAME TO b', 'CREATE TABLE app.a(x INT)'];
    assert.deepEqual(texts('sql', ...sql, 'DROP TABLE IF EXISTS app."B"'), []);
    assert.deepEqual(texts('sql', ...sql, 'DROP TABLE b'), ['app.a=b']);
  });

  it('say the names that the engine reads', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/[\p{C}\u2028\u2029]/u.test(text));
    const quote = { cypher: (text: string) => `\`${text}\``, sql: (text: string) => `"${text.replaceAll('"', '""')}"` };
    fc.assert(
      fc.property(fc.constantFrom('cypher' as const, 'sql' as const), name, name, name, (dialect, table, from, to) => {
        fc.pre(dialect === 'sql' || ![table, from, to].some((one) => one.includes('`')));
        const [a, b, c] = [table, from, to].map(quote[dialect]);
        const [ofTable = '', ofColumn = ''] = texts(
          dialect,
          `ALTER TABLE ${a} RENAME TO ${c}`,
          `ALTER TABLE ${a} RENAME ${b} TO ${c}`,
        );
        assert.deepEqual(parseRenameText(ofTable), { old: [table], new: [to] });
        assert.deepEqual(parseRenameText(ofColumn), { old: [table, from], new: [to] });
      }),
    );
  });
});
