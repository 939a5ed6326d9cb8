import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { type CheckInput, findingsOf, sortFindings } from '../../src/core/migration/check';
import { parseId } from '../../src/core/migration/id';
import { initialFileName } from '../../src/core/migration/initial';
import { parseFileName } from '../../src/core/migration/name';
import { isApplied, otherHistory } from '../../src/core/migration/other-tools';
import { bothSections, firstEdited, restoredFile } from '../../src/core/migration/script-text';
import { type Entry, entriesOf } from '../../src/core/migration/state';
import type { HistoryRow, MigrationFile, MigrationState } from '../../src/core/migration/types';
import { dropsOf } from '../../src/core/schema/drop';
import { normaliseScript } from '../../src/core/script/normalise';
import { parseScript } from '../../src/core/script/parse';
import { en } from '../../src/core/text/en';

const id = (text: string) => parseId(text) ?? [];

function rowOf(version: string, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    version,
    name: 'x',
    appliedAt: '2026-01-02T03:04:05.000Z',
    executionMs: 1,
    checksum: 'c',
    semanticChecksum: 's',
    upScript: 'up',
    downScript: null,
    status: 'success',
    errorMessage: null,
    appliedStatements: 1,
    totalStatements: 1,
    toolVersion: '',
    engineVersion: '',
    appliedBy: '',
    ...more,
  };
}

function entry(key: string, state: MigrationState, more: Partial<Entry> = {}): Entry {
  return { id: id(key), key, name: 'x', state, ...more };
}

const file: MigrationFile = {
  id: ['1'],
  key: '1',
  name: 'x',
  language: 'sql',
  file: 'migrations/1_x.sql',
  upText: '',
  checksum: 'c',
};

function find(entries: readonly Entry[], more: Partial<CheckInput> = {}) {
  const input = { entries, problems: [], edits: new Map(), noPending: false, call: 'kuzu-migrate', ...more };
  return findingsOf(input);
}

describe('the findings of check', () => {
  it('are none for what is applied or pending', () => {
    assert.deepEqual(find([entry('1', 'applied', { file, row: rowOf('1') }), entry('2', 'pending')]), []);
  });

  it('have texts in the table, a cause, and a command or a hint', () => {
    const half = rowOf('9', { status: 'pending', appliedStatements: 1, totalStatements: 3 });
    const found = find(
      [
        entry('1', 'changed', { file, row: rowOf('1') }),
        entry('2', 'applied', { file, row: rowOf('2'), commentsOnly: true }),
        entry('3', 'missing', { row: rowOf('3') }),
        entry('4', 'out-of-order', { file }),
        entry('5', 'failed', { file, row: rowOf('5', { status: 'failed', errorMessage: 'boom' }) }),
        entry('6', 'pending', { file }),
        entry('9', 'failed', { file, row: half, halfDone: 'up' }),
        entry('10', 'failed', { file, row: { ...half, totalStatements: 0 }, halfDone: 'down' }),
      ],
      {
        noPending: true,
        problems: [new MigrateError('MIGRATION_NAME_INVALID', { name: 'q', reason: 'r' }, { where: { file: 'q' } })],
      },
    );
    assert.deepEqual(
      found.map(({ code, severity }) => `${severity} ${code}`),
      [
        'error MIGRATION_NAME_INVALID',
        'error edited',
        'note comments-edited',
        'error missing',
        'error out-of-order',
        'error failed',
        'error pending',
        'error half-applied',
        'error half-applied',
      ],
    );
    const table: Readonly<Record<string, string>> = en;
    for (const { message, cause, commands, hint } of found) {
      for (const text of [message, cause, ...(hint ? [hint] : [])]) {
        const template = table[text.key];
        assert.ok(template !== undefined, text.key);
        for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g)) assert.ok(name in text.params, text.key + name);
      }
      assert.ok(commands.length > 0 || hint !== undefined);
    }
  });

  it('name the commands for a half-done one by what it is and where its text is', () => {
    const row = rowOf('1', { status: 'pending', appliedStatements: 1, totalStatements: 3 });
    const commands = (more: Partial<Entry>) => find([entry('1', 'failed', { row, ...more })])[0]?.commands;
    const call = (...words: string[]) => words.map((one) => `kuzu-migrate ${one}`);
    assert.deepEqual(commands({ file, halfDone: 'up' }), call('up', 'repair --restore 1'));
    assert.deepEqual(commands({ file, halfDone: 'down' }), call('down', 'repair --restore 1'));
    assert.deepEqual(commands({ halfDone: 'up' }), call('repair --rewrite 1', 'up', 'repair --restore 1'));
    assert.deepEqual(commands({ halfDone: 'down' }), call('down', 'repair --restore 1'));
    const code = { ...row, totalStatements: 0 };
    assert.deepEqual(commands({ file, row: code, halfDone: 'up' }), call('repair --retry 1', 'repair --restore 1'));
  });

  it('say how the tool is called for another database', () => {
    const [found] = find([entry('3', 'missing', { row: rowOf('3') })], { call: 'kuzu-migrate --db other' });
    assert.deepEqual(found?.commands, [
      'kuzu-migrate --db other repair --rewrite 3',
      'kuzu-migrate --db other repair --forget 3',
    ]);
  });

  it('come by id, those about no migration first', () => {
    const entries = ['2', '10', '3.1'].map((key) => entry(key, 'missing', { row: rowOf(key) }));
    const found = find(entries, { problems: [new MigrateError('SCRIPT_INVALID', {})] });
    assert.deepEqual(
      sortFindings(found.reverse(), entries).map((one) => one.id),
      [null, '2', '3.1', '10'],
    );
  });
});

describe('a baseline without a file', () => {
  const history = (row: HistoryRow) => ({ rows: [row], version: '1', dirty: false, lastSeq: 1 });
  const options = { semanticChecksum: () => '', isConditional: () => false };

  it('is applied, and no missing file', () => {
    const bare = rowOf('1', { checksum: '', semanticChecksum: '', upScript: '' });
    assert.deepEqual(
      entriesOf([], history(bare), options).map(({ state }) => state),
      ['applied'],
    );
    assert.deepEqual(
      entriesOf([], history(rowOf('1')), options).map(({ state }) => state),
      ['missing'],
    );
  });
});

describe('the file that is written back', () => {
  const same = (text: string | undefined, up: string, down: string | null) =>
    assert.equal(
      normaliseScript(text ?? '', 'sql'),
      normaliseScript(down === null ? up : `-- UP\n${up}\n-- DOWN\n${down}`, 'sql'),
    );

  it('does what was applied, whatever the present file says', () => {
    const statement = fc.constantFrom('SELECT 1', "SELECT '-- DOWN'", 'SELECT /* ; */ 2', '-- note\nSELECT 3');
    const script = fc
      .tuple(fc.array(statement, { minLength: 1 }), fc.constantFrom('', '-- transaction: none\n'), fc.boolean())
      .map(([list, head, ends]) => head + list.join(';\n') + (ends ? ';\n' : ';'));
    const present = fc.constantFrom(
      undefined,
      '',
      '-- title\n\n-- UP\nSELECT 9;\n',
      '-- transaction: none\n-- UP\n',
      '-- UP\n',
    );
    fc.assert(
      fc.property(script, fc.option(script), present, (up, down, now) =>
        same(restoredFile({ up, down }, now, 'sql'), up, down),
      ),
    );
  });

  it('keeps what stands above the first section, unless it would change the migration', () => {
    const stored = { up: 'SELECT 1;\n', down: null };
    assert.equal(restoredFile(stored, '-- why\n\n-- UP\nSELECT 2;\n', 'sql'), '-- why\n\n-- UP\nSELECT 1;\n');
    assert.equal(restoredFile(stored, '-- transaction: none\n-- UP\nSELECT 2;\n', 'sql'), 'SELECT 1;\n');
    assert.equal(restoredFile(stored, undefined, 'sql'), bothSections(stored));
  });

  it('is none where the stored text is no whole script', () => {
    assert.equal(restoredFile({ up: "SELECT 'open", down: null }, undefined, 'sql'), undefined);
  });
});

describe('the line of an edit', () => {
  const section = (text: string) => parseScript(text, 'sql', 'up').up;
  const line = (before: string, after: string) => firstEdited(section(before), section(after), 'sql');

  it('is that of the first statement that differs, not of a comment', () => {
    assert.equal(line('SELECT 1;\nSELECT 2;', '-- note\nSELECT 1;\n\nSELECT 3;'), 4);
    assert.equal(line('SELECT 1;', 'SELECT 1;\nSELECT 2;'), 2);
    assert.equal(line('SELECT 1;\nSELECT 2;', 'SELECT 1;'), 1);
    assert.equal(line('SELECT 1;', 'SELECT  1 ;'), undefined);
  });
});

describe('the history of another tool', () => {
  it('of golang-migrate is everything up to its version', () => {
    const history = otherHistory('golang-migrate', [['20200101000000', false]]);
    assert.ok(isApplied(history, ['1']));
    assert.ok(isApplied(history, ['20200101000000']));
    assert.ok(!isApplied(history, ['20200101000001']));
    assert.deepEqual(otherHistory('golang-migrate', [[-1, false]]), { applied: [] });
    assert.equal(otherHistory('golang-migrate', [['7', true]]).dirty, '7');
  });

  it('of goose is the last row of each version, in the order of its ids', () => {
    const rows = [
      [10, '2', true],
      [9, '2', false],
      [1, '0', true],
      [2, '1', true],
      [11, '1', false],
    ];
    assert.deepEqual(
      otherHistory('goose', rows).applied.map((one) => one.id),
      [['2']],
    );
  });

  it('of Flyway knows baselines, undos and failures', () => {
    const base = [1, '3.1', 'b', 'BASELINE', true];
    const history = otherHistory('flyway', [base, [2, '4', 'c', 'SQL', true], [3, '4', 'c', 'UNDO_SQL', true]]);
    assert.ok(isApplied(history, ['2']));
    assert.ok(isApplied(history, ['3', '1']));
    assert.ok(!isApplied(history, ['4']));
    assert.equal(otherHistory('flyway', [base, [2, '5', 'd', 'SQL', false]]).dirty, '5');
    assert.equal(otherHistory('flyway', [base, [2, null, 'views', 'SQL', true]]).applied.length, 1);
  });
});

describe('the id of a first migration', () => {
  const now = new Date('2026-05-04T03:02:01.999Z');
  const name = (...ids: string[]) => initialFileName(ids.map(id), 'initial', now, 'sql');

  it('is the present time, or what comes before all that is there', () => {
    assert.equal(name(), '20260504_030201_initial.sql');
    assert.equal(name('20270101000000'), '20260504_030201_initial.sql');
    assert.equal(name('20260504030201', '20260505000000'), '20260504_030200_initial.sql');
    assert.equal(name('20260101000000'), '20251231_235959_initial.sql');
    assert.equal(name('3', '7'), '2_initial.sql');
    assert.equal(name('1'), '0.1_initial.sql');
    assert.equal(name('0.1'), '0.0.1_initial.sql');
    assert.equal(name('3.1.0'), '2_initial.sql');
  });

  it('is lower than every other one, and more than 0', () => {
    const digits = fc.stringMatching(/^(0|[1-9]\d{0,15})$/);
    const any = fc.array(digits, { minLength: 1, maxLength: 4 }).filter((parts) => parts.some((one) => one !== '0'));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), (ids) => {
        const made = parseFileName(initialFileName(ids, 'initial', now, 'sql'));
        assert.ok(made && !('bad' in made));
        for (const other of [...ids]) assert.ok(compare(made.id, other) < 0, `${made.id} ${other}`);
        assert.ok(compare(made.id, ['0']) > 0, made.id.join('.'));
      }),
    );
  });

  function compare(a: readonly string[], b: readonly string[]): number {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
      const difference = BigInt(a[at] ?? '0') - BigInt(b[at] ?? '0');
      if (difference !== 0n) return difference < 0n ? -1 : 1;
    }
    return 0;
  }
});

describe('what drops a schema', () => {
  it('goes from what needs others to what is needed', () => {
    const drops = dropsOf({
      tables: [
        { kind: 'node', name: 'A', columns: [{ name: 'id', type: 'INT64' }], primaryKey: 'id' },
        {
          kind: 'rel',
          name: 'R',
          columns: [],
          connections: [{ from: 'A', to: 'A' }],
          multiplicity: 'MANY_MANY',
          storageDirection: 'both',
        },
      ],
      sequences: [],
      macros: [{ name: 'F', parameters: 'x', body: 'x' }],
      indexes: [],
      types: [{ name: 't', definition: 'INT64' }],
    });
    assert.deepEqual(drops, { statements: ['DROP TABLE R', 'DROP TABLE A', 'DROP MACRO F', 'DROP TYPE t'] });
  });
});
