import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { idKey } from '../../src/core/migration/id';
import { parseFileName } from '../../src/core/migration/name';
import { migrationSlug } from '../../src/core/migration/slug';
import { type NewKind, newMigration } from '../../src/core/migration/template';
import { scanStatements } from '../../src/core/script/scan';

const at = new Date('2024-01-15T12:00:00.987Z');
const refused = (name: string) => {
  try {
    return migrationSlug(name);
  } catch (error) {
    if (!MigrateError.is(error, 'MIGRATION_NAME_INVALID')) throw error;
    return error.params.reason;
  }
};

describe('the name of a new migration', () => {
  it('becomes lower case with underscores, whatever it is written in', () => {
    assert.equal(migrationSlug('Add user email'), 'add_user_email');
    assert.equal(migrationSlug('  --Add: user (e-mail)!  '), 'add_user_e_mail');
    assert.equal(migrationSlug('addUserEmail'), 'add_user_email');
    assert.equal(migrationSlug('利用者にメールを追加'), '利用者にメールを追加');
    assert.equal(migrationSlug('ﾕｰｻﾞｰ　ＡＢＣ'), 'ユーザー_abc');
    assert.equal(migrationSlug('Größe ändern'), 'größe_ändern');
    assert.equal(migrationSlug('हिन्दी'), 'हिन्दी');
    assert.equal(migrationSlug('1'), '1');
  });

  it('is refused with the reason', () => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      '@migrationName.symbols': ['', '   ', '---', '..', '🎉'],
      '@migrationName.path': ['a/b', 'a\\b', '../x'],
      '@migrationName.control': ['a\nb', 'a\0b', 'a\u2028b', '\u0085x'],
      '@migrationName.tooLong': ['a'.repeat(101), '日'.repeat(67)],
      '@reason.reserved': ['con', 'NUL', 'com1', ' Lpt9 '],
      '@migrationName.rollback': ['rollback', 'Fix rollback', 'x_ROLLBACK'],
    };
    for (const [reason, names] of Object.entries(cases)) {
      for (const name of names) assert.equal(refused(name), reason, JSON.stringify(name));
    }
    assert.equal(refused('a'.repeat(100)), 'a'.repeat(100));
    assert.equal(refused('rollbacks'), 'rollbacks');
  });
});

describe('the template of a migration', () => {
  const names = (kind: NewKind, dialect: 'cypher' | 'sql') =>
    newMigration(kind, dialect, at, 'Add X').map(({ name }) => name);

  it('has the file names of the design', () => {
    assert.deepEqual(names('single', 'cypher'), ['20240115_120000_add_x.cypher']);
    assert.deepEqual(names('single', 'sql'), ['20240115_120000_add_x.sql']);
    assert.deepEqual(names('pair', 'sql'), ['20240115120000_add_x.up.sql', '20240115120000_add_x.down.sql']);
    assert.deepEqual(names('ts', 'cypher'), ['20240115_120000_add_x.ts']);
  });

  it('has the sections of both ways, and no statement', () => {
    const [single] = newMigration('single', 'cypher', at, 'x');
    assert.match(single?.text ?? '', /^\/\/ Migration 20240115_120000: x\n[\s\S]*\n\n-- UP\n\n\n-- DOWN\n\n$/);
    for (const kind of ['single', 'pair'] as const) {
      for (const { text } of newMigration(kind, 'cypher', at, 'x')) {
        assert.deepEqual(scanStatements(text.replace(/^-- (UP|DOWN)$/gm, '')), []);
      }
    }
  });

  it('explains the directives without being one of them, also where its name is called like one', () => {
    const marker = /^\s*(?:--|\/\/)\s*(up|down|transaction|requires|assert|assume|reopen|batch|lint-ignore)\b/gim;
    for (const name of ['x', 'transaction: none', 'UP', 'down', 'reopen', 'lint-ignore K102']) {
      for (const dialect of ['cypher', 'sql'] as const) {
        const [single] = newMigration('single', dialect, at, name);
        assert.deepEqual(
          [...(single?.text ?? '').matchAll(marker)].map(([found]) => found.trim()),
          ['-- UP', '-- DOWN'],
        );
        for (const { text } of newMigration('pair', dialect, at, name)) assert.doesNotMatch(text, marker);
      }
    }
  });

  it('makes files that are read back as what they are, for every name that it takes', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('up', 'down', 'test', 'd', '0', '120000', 'V1'),
    );
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const kind = fc.constantFrom('single', 'pair', 'ts');
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(name, kind, fc.constantFrom('cypher', 'sql'), date, (text, one, dialect, time) => {
        fc.pre(!String(refused(text)).startsWith('@'));
        const files = newMigration(one, dialect, time, text);
        const stamp = time.toISOString().replace(/\D/g, '').slice(0, 14).replace(/^0+/, '');
        assert.deepEqual(
          files.map((file) => {
            const found = parseFileName(file.name);
            assert.ok(found && 'id' in found, file.name);
            assert.ok(Buffer.byteLength(file.name) <= 255);
            return [idKey(found.id), found.name, found.role, found.language];
          }),
          (one === 'pair' ? ['up', 'down'] : ['single']).map((role) => [
            stamp,
            migrationSlug(text),
            role,
            one === 'ts' ? 'code' : dialect,
          ]),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
