import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupFiles } from '../../src/core/migration/group';
import { compareIds, idKey, parseId } from '../../src/core/migration/id';

function group(...names: readonly string[]) {
  const { migrations, problems, notes } = groupFiles(names.map((name) => ({ name, file: `m/${name}` })));
  return {
    migrations: migrations.map(({ key, up, down }) => [key, up.name, ...(down ? [down.name] : [])]),
    problems: problems.map(({ code, params }) => [code, params]),
    notes: notes.map(({ key, params }) => [key, params]),
  };
}

describe('the files of a folder', () => {
  it('are put together into migrations, by id', () => {
    assert.deepEqual(
      group(
        '10_b.cypher',
        '2_a.sql',
        '3_c.up.sql',
        '3_c.down.sql',
        '004_d.cypher',
        '004_d_rollback.cypher',
        '3.1_e.ts',
      ),
      {
        migrations: [
          ['2', '2_a.sql'],
          ['3', '3_c.up.sql', '3_c.down.sql'],
          ['3.1', '3.1_e.ts'],
          ['4', '004_d.cypher', '004_d_rollback.cypher'],
          ['10', '10_b.cypher'],
        ],
        problems: [],
        notes: [['migration.gap', { before: 4, after: 10 }]],
      },
    );
    assert.deepEqual(group('V2__x.sql', 'U2__x.sql').migrations, [['2', 'V2__x.sql', 'U2__x.sql']]);
    assert.deepEqual(group('1_x.UP.sql', '1_x.down.SQL').migrations, [['1', '1_x.UP.sql', '1_x.down.SQL']]);
  });

  it('are matched by name whatever normal form the system gives names in', () => {
    assert.deepEqual(group('1_é.up.sql'.normalize('NFC'), '1_é.down.sql'.normalize('NFD')).problems, []);
  });

  it('with equal ids are an error that names both', () => {
    assert.deepEqual(group('3.1_a.cypher', '3.1.0_b.cypher', '4_c.cypher'), {
      migrations: [['4', '4_c.cypher']],
      problems: [['MIGRATION_DUPLICATE_ID', { id: '3.1', file: 'm/3.1_a.cypher', other: 'm/3.1.0_b.cypher' }]],
      notes: [],
    });
    const codes = (...names: string[]) => group(...names).problems.map(([code]) => code);
    assert.deepEqual(codes('1_a.sql', '01_a.up.sql', '1_a.down.sql'), ['MIGRATION_DUPLICATE_ID']);
    assert.deepEqual(codes('1_a.sql', '1_a.down.sql', '1_a_rollback.sql'), ['MIGRATION_DUPLICATE_ID']);
    assert.deepEqual(codes('1_a.sql', '1_b.sql', '1_c.sql').length, 2);
  });

  it('for the way down without one for the way up are an error that names what is expected', () => {
    const missing = (name: string, ...others: string[]) => group(name, ...others).problems;
    const expects = (file: string, expected: string) => [
      ['MIGRATION_DOWN_WITHOUT_UP', { file: `m/${file}`, expected }],
    ];
    assert.deepEqual(missing('1_x.down.sql'), expects('1_x.down.sql', '1_x.up.sql'));
    assert.deepEqual(missing('1_x_rollback.cypher'), expects('1_x_rollback.cypher', '1_x.cypher'));
    assert.deepEqual(missing('U1__x.sql'), expects('U1__x.sql', 'V1__x.sql'));
    // Another name or another dialect may be another thing altogether.
    assert.deepEqual(missing('1_x.down.sql', '1_y.up.sql'), expects('1_x.down.sql', '1_x.up.sql'));
    assert.deepEqual(missing('1_x.down.sql', '1_x.up.cypher'), expects('1_x.down.sql', '1_x.up.sql'));
  });

  it('with bad names are errors, and all others are read', () => {
    assert.deepEqual(group('x.sql', '1_y.sql', 'README.md'), {
      migrations: [['1', '1_y.sql']],
      problems: [['MIGRATION_NAME_INVALID', { name: 'm/x.sql', reason: '@migrationName.noId' }]],
      notes: [],
    });
  });

  it('that are counted one by one are noted where a number is left out', () => {
    const gaps = (...ids: string[]) => group(...ids.map((id) => `${id}_x.sql`)).notes.map(([, params]) => params);
    assert.deepEqual(gaps('001', '002', '004'), [{ before: 2, after: 4 }]);
    assert.deepEqual(gaps('001', '002', '003'), []);
    assert.deepEqual(gaps('010', '020', '030'), []);
    assert.deepEqual(gaps('20240115120000', '20240115120001', '20240115120003'), []);
    assert.deepEqual(gaps('1.1', '1.2', '1.4'), []);
    assert.deepEqual(gaps(), []);
  });

  it('come out in one order, whatever order they came in, and none is lost', () => {
    const id = fc.oneof(fc.nat(6).map(String), fc.constantFrom('1.1', '1.1.0', '01', '20240115_120000'));
    const ending = fc.constantFrom('.sql', '.up.sql', '.down.sql', '_rollback.sql', '.ts');
    const name = fc.tuple(id, fc.constantFrom('a', 'b'), ending).map(([a, b, c]) => `${a}_${b}${c}`);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
        const files = names.map((one) => ({ name: one, file: one }));
        const { migrations, problems } = groupFiles(files);
        for (const [at, { id: later }] of migrations.slice(1).entries()) {
          assert.equal(compareIds(migrations[at]?.id ?? [], later), -1);
        }
        const told = [
          ...migrations.flatMap(({ up, down }) => [up.name, ...(down ? [down.name] : [])]),
          ...problems.flatMap(({ params }) => [params.file, ...('other' in params ? [params.other] : [])]),
        ];
        // Files of an id that is there twice may be left to the one error about it.
        const twice = new Set(problems.flatMap(({ params }) => ('other' in params ? [params.id] : [])));
        const idsOf = (one: string) => idKey(parseId(one) ?? []).replace(/\.0$/, '');
        for (const one of names) {
          assert.ok(
            told.includes(one) || [...twice].some((some) => String(some).replace(/\.0$/, '') === idsOf(one)),
            one,
          );
        }
        const again = groupFiles([...files].reverse());
        assert.deepEqual(
          again.migrations.map(({ up }) => up.name),
          migrations.map(({ up }) => up.name),
        );
        assert.equal(again.problems.length, problems.length);
      }),
    );
  });
});
