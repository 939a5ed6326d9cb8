import assert from 'node:assert/strict';
import fc from 'fast-check';
import { idKey } from '../../src/core/migration/id';
import { parseFileName } from '../../src/core/migration/name';

const read = (fileName: string, extra: readonly string[] = []) => {
  const found = parseFileName(fileName, extra);
  if (found === undefined) return undefined;
  if ('bad' in found) return found.bad;
  return [idKey(found.id), found.name, found.role, found.language, ...(found.kind === undefined ? [] : [found.kind])];
};

describe('the name of a migration’s file', () => {
  it('has every form of the design', () => {
    const stamp = '20240115120000';
    assert.deepEqual(read('20240115_120000_add_user_email.cypher'), [stamp, 'add_user_email', 'single', 'cypher']);
    assert.deepEqual(read('20240115120000_add_x.up.sql'), [stamp, 'add_x', 'up', 'sql']);
    assert.deepEqual(read('20240115120000_add_x.down.sql'), [stamp, 'add_x', 'down', 'sql']);
    assert.deepEqual(read('20240115120000_add_x.up.cypher'), [stamp, 'add_x', 'up', 'cypher']);
    assert.deepEqual(read('007_x.cypher'), ['7', 'x', 'single', 'cypher']);
    assert.deepEqual(read('007_x_rollback.cypher'), ['7', 'x', 'down', 'cypher']);
    assert.deepEqual(read('3.1.0_x.cypher'), ['3.1.0', 'x', 'single', 'cypher']);
    for (const ending of ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']) {
      assert.deepEqual(read(`20240115120000_backfill.${ending}`), [stamp, 'backfill', 'single', 'code']);
    }
  });

  it('has those of golang-migrate, dbmate, goose and Flyway', () => {
    assert.deepEqual(read('000001_create_users.up.sql'), ['1', 'create_users', 'up', 'sql']);
    assert.deepEqual(read('1.down.sql'), ['1', '', 'down', 'sql']);
    assert.deepEqual(read('20151129054053_create_users.sql'), ['20151129054053', 'create_users', 'single', 'sql']);
    assert.deepEqual(read('00002_rename_root.sql'), ['2', 'rename_root', 'single', 'sql']);
    assert.deepEqual(read('V1__create.sql'), ['1', 'create', 'single', 'sql']);
    assert.deepEqual(read('V1.2__x.sql'), ['1.2', 'x', 'single', 'sql']);
    assert.deepEqual(read('V1_2_3__x_y.sql'), ['1.2.3', 'x_y', 'single', 'sql']);
    assert.deepEqual(read('V20240115_120000__x.sql'), ['20240115.120000', 'x', 'single', 'sql']);
    assert.deepEqual(read('U1__create.sql'), ['1', 'create', 'down', 'sql']);
  });

  it('refuses what other tools would run at other times, rather than skip it', () => {
    for (const name of ['R__views.sql', 'B3__base.sql', 'beforeMigrate.sql', 'afterEachMigrate.sql']) {
      assert.equal(read(name), '@migrationName.flyway', name);
    }
  });

  it('takes endings in any case, and names in any script', () => {
    assert.deepEqual(read('1_X.CYPHER'), ['1', 'X', 'single', 'cypher']);
    assert.deepEqual(read('1_x.Up.SQL'), ['1', 'x', 'up', 'sql']);
    assert.deepEqual(read('1_x_ROLLBACK.cypher'), ['1', 'x', 'down', 'cypher']);
    assert.deepEqual(read('1_利用者を追加.cypher'), ['1', '利用者を追加', 'single', 'cypher']);
    assert.deepEqual(read('1-add users.sql'), ['1', 'add users', 'single', 'sql']);
    assert.deepEqual(read('1.sql'), ['1', '', 'single', 'sql']);
    assert.deepEqual(read('1_rollback.sql'), ['1', '', 'down', 'sql']);
    assert.deepEqual(read('1_x.y.z.sql'), ['1', 'x.y.z', 'single', 'sql']);
  });

  it('is an error for a script without an id', () => {
    for (const name of ['add_email.cypher', 'x.sql', '1x.sql', 'v1.0.0.sql', '2024-01-15_x.cypher', 'helpers.ts']) {
      assert.equal(read(name), '@migrationName.noId', name);
    }
  });

  it('leaves a code migration whole', () => {
    for (const name of ['1_x.up.ts', '1_x.DOWN.js', 'U1__x.ts'])
      assert.equal(read(name), '@migrationName.codePair', name);
    assert.deepEqual(read('1_x_rollback.ts'), ['1', 'x_rollback', 'single', 'code']);
  });

  it('leaves alone what is no migration by convention', () => {
    const others = [
      'README.md',
      '001_x',
      '001_x.txt',
      '001_x.constructor',
      '001_x.cypher~',
      '.001_x.cypher',
      '.hidden',
      '.cypher',
      '_helpers.ts',
      '_001_draft.cypher',
      'schema.cypher',
      'Schema.SQL',
      'schema.up.sql',
      'copy.cypher',
      'index.ts',
      'macro.cypher',
      'load.sql',
      '001_x.d.ts',
      '001_x.test.ts',
      '001_x.spec.mjs',
      'mocha.config.js',
      'v4.1.0',
      'current',
      '',
    ];
    for (const name of others) assert.equal(read(name), undefined, name);
  });

  it('reads the endings of plugin kinds before ours, the longest first', () => {
    assert.deepEqual(read('1_x.csv', ['csv']), ['1', 'x', 'single', 'code', 'csv']);
    assert.deepEqual(read('1_x.seed.SQL', ['.sql', '.seed.sql']), ['1', 'x', 'single', 'code', '.seed.sql']);
    assert.equal(read('x.csv', ['csv']), '@migrationName.noId');
    assert.equal(read('1_x.csv', ['', '.']), undefined);
  });

  it('is read back from every id, name and ending that it is made of', () => {
    const id = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
      fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
    );
    const letters = fc.array(fc.constantFrom(...'aZ9é日ー-.  '), { minLength: 1, maxLength: 8 });
    const name = fc
      .array(
        letters.map((some) => some.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((some) => some.join('_'));
    const form = fc.constantFrom(
      ['.cypher', 'single', 'cypher'],
      ['.up.cypher', 'up', 'cypher'],
      ['.down.sql', 'down', 'sql'],
      ['_rollback.sql', 'down', 'sql'],
      ['.mts', 'single', 'code'],
    );
    fc.assert(
      fc.property(id, name, form, (number, words, [ending, role, language]) => {
        // A date and six digits behind it are one id.
        fc.pre(!(/^\d{8}$/.test(number) && /^\d{6}(?!\d)/.test(words)));
        assert.deepEqual(read(`${number}_${words}${ending}`), [number, words, role, language]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '.sql', '.ts', '_rollback.cypher'),
        (text, ending) => {
          const found = parseFileName(`${text}${ending}`);
          if (found && 'id' in found) for (const part of found.id) assert.match(part, /^(0|[1-9]\d*)$/);
        },
      ),
    );
  });
});
