import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareIds, idIdentity, idKey } from '../../src/core/migration/id';
import { type Plan, type PlanRequest, planRun } from '../../src/core/migration/plan';
import { type Entry, entriesOf } from '../../src/core/migration/state';
import type { History, HistoryRow, HistoryStatus, MigrationFile, MigrationId } from '../../src/core/migration/types';

/** What a test says of one migration: whether there is a file, and what the history has of it. */
interface Told {
  readonly id: MigrationId;
  readonly file?: 'same' | 'comments' | 'edited' | undefined;
  readonly row?: HistoryStatus | undefined;
  readonly conditional?: boolean;
  readonly hasDown?: boolean;
  readonly done?: number;
}

const options = {
  semanticChecksum: ({ checksum }: MigrationFile) => (checksum === 'comments' ? 'meaning' : `meaning of ${checksum}`),
  isConditional: ({ upText }: MigrationFile) => upText === 'assume',
};

function entries(told: readonly Told[], more: Partial<History> = {}): Entry[] {
  const files = told.flatMap(({ id, file, conditional }): MigrationFile[] => {
    if (file === undefined) return [];
    const upText = conditional ? 'assume' : 'up';
    const name = `m${idKey(id)}`;
    return [{ id, key: idKey(id), name, language: 'sql', file: `${name}.sql`, upText, checksum: file }];
  });
  const rows = told.flatMap(({ id, row, hasDown = true, done = 0 }): HistoryRow[] => {
    if (row === undefined) return [];
    return [historyRow(idKey(id), row, hasDown, done)];
  });
  return entriesOf(files, { rows, version: null, dirty: false, lastSeq: 0, ...more }, options);
}

function historyRow(version: string, status: HistoryStatus, hasDown: boolean, done: number): HistoryRow {
  return {
    version,
    name: `m${version}`,
    appliedAt: '2026-01-01T00:00:00.000Z',
    executionMs: 1,
    checksum: 'same',
    semanticChecksum: 'meaning',
    upScript: 'up',
    downScript: hasDown ? 'down' : null,
    status,
    errorMessage: null,
    appliedStatements: done,
    totalStatements: 3,
    toolVersion: '0',
    engineVersion: '0',
    appliedBy: 'me',
  };
}

const id = (...parts: readonly number[]): MigrationId => parts.map(String);
const told = (n: number, more: Omit<Told, 'id'> = {}): Told => ({ id: id(n), file: 'same', ...more });
const shown = ({ steps }: Plan) => steps.map(({ direction, entry }) => `${direction} ${entry.key}`);
const codes = ({ problems }: Plan) => problems.map(({ code }) => code);
const up = (list: readonly Told[], request: Partial<PlanRequest> = {}) =>
  planRun(entries(list), { action: 'up', ...request });
const down = (list: readonly Told[], request: Partial<PlanRequest> = {}) =>
  planRun(entries(list), { action: 'down', ...request });

const anyId = fc.array(fc.integer({ min: 0, max: 12 }).map(String), { minLength: 1, maxLength: 3 });
/** A history as runs leave it: no half-done migration in it. */
const anyTold = fc
  .uniqueArray(
    fc.record({
      id: anyId,
      file: fc.constantFrom('same' as const, 'comments' as const, 'edited' as const, undefined),
      row: fc.constantFrom<HistoryStatus | undefined>('success', 'failed', 'rolled_back', undefined),
      conditional: fc.boolean(),
    }),
    { selector: (one) => idIdentity(one.id), maxLength: 12 },
  )
  .map((list) => list.filter(({ file, row }) => file !== undefined || row !== undefined));

describe('the plan of a run', () => {
  it('takes whatever is not applied, in the order of the ids, whatever the order of files and rows', () => {
    fc.assert(
      fc.property(anyTold, fc.func(fc.integer()), (list, weight) => {
        const shuffled = list
          .map((one, at) => ({ one, at: weight(at) }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const request = { allowOutOfOrder: true };
        const plan = up(list, request);
        const expected = list
          .filter(({ file, row }) => file !== undefined && row !== 'success')
          .sort((a, b) => compareIds(a.id, b.id))
          .map((one) => `up ${idKey(one.id)}`);
        assert.deepEqual(shown(plan), expected);
        assert.deepEqual(shown(up(shuffled, request)), expected);
      }),
    );
  });

  it('is the same for the same files and history, each time', () => {
    fc.assert(
      fc.property(anyTold, fc.constantFrom<PlanRequest['action']>('up', 'down', 'redo'), (list, action) => {
        const one = planRun(entries(list), { action });
        const other = planRun(entries(list), { action });
        assert.deepEqual([shown(one), codes(one), one.notes], [shown(other), codes(other), other.notes]);
      }),
    );
  });

  it('goes down what is applied, in the reverse order of the ids', () => {
    fc.assert(
      fc.property(anyTold, (list) => {
        const expected = list
          .filter(({ row }) => row === 'success')
          .sort((a, b) => compareIds(b.id, a.id))
          .map((one) => `down ${idKey(one.id)}`);
        assert.deepEqual(shown(down(list, { steps: 1000 })), expected);
        assert.deepEqual(shown(down(list)), expected.slice(0, 1));
      }),
    );
  });

  it('is the same up after up and down as before', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyId, { selector: idIdentity, maxLength: 12 }), (ids) => {
        const files = ids.map((one): Told => ({ id: one, file: 'same' }));
        const first = shown(up(files));
        const applied = files.map((one): Told => ({ ...one, row: 'success' }));
        const back = shown(down(applied, { steps: 1000 }));
        assert.deepEqual(
          back.map((step) => step.replace('down', 'up')),
          [...first].reverse(),
        );
        const again = files.map((one): Told => ({ ...one, row: 'rolled_back' }));
        assert.deepEqual(shown(up(again)), first);
        assert.deepEqual(shown(up(applied)), []);
      }),
    );
  });

  it('stops at --to, which need not be pending, and after so many --steps', () => {
    const list = [told(1, { row: 'success' }), told(2), told(3), told(4)];
    assert.deepEqual(shown(up(list, { to: '3' })), ['up 2', 'up 3']);
    assert.deepEqual(shown(up(list, { to: '1' })), []);
    assert.deepEqual(shown(up(list, { to: '0' })), []);
    assert.deepEqual(shown(up(list, { steps: 2 })), ['up 2', 'up 3']);
    assert.deepEqual(shown(up(list, { to: 'm2.sql' })), []);
    fc.assert(
      fc.property(anyTold, fc.nat(12), (all, steps) => {
        const whole = shown(up(all, { allowOutOfOrder: true }));
        assert.deepEqual(shown(up(all, { allowOutOfOrder: true, steps })), whole.slice(0, steps));
      }),
    );
  });

  it('keeps the id of --to on the way down', () => {
    const list = [1, 2, 3, 4].map((n) => told(n, { row: n < 4 ? 'success' : undefined }));
    assert.deepEqual(shown(down(list, { to: '1' })), ['down 3', 'down 2']);
    assert.deepEqual(shown(down(list, { to: '0' })), ['down 3', 'down 2', 'down 1']);
    assert.deepEqual(shown(down(list, { to: '4' })), []);
    assert.deepEqual(shown(down(list, { steps: 2 })), ['down 3', 'down 2']);
  });

  it('knows no id that neither a file nor the history has', () => {
    for (const action of ['up', 'down'] as const) {
      const plan = planRun(entries([told(1), told(2)]), { action, to: '7' });
      assert.deepEqual([codes(plan), plan.steps], [['MIGRATION_UNKNOWN'], []]);
      assert.deepEqual(plan.problems[0]?.params, { id: '7', known: '1, 2' });
      assert.deepEqual(codes(planRun(entries([told(1)]), { action, to: 'x' })), ['MIGRATION_UNKNOWN']);
    }
  });

  it('compares ids by component, a missing one as 0', () => {
    const list: Told[] = [['3', '10'], ['3', '9', '1'], ['20240115120000'], ['3']].map((one) => ({
      id: one,
      file: 'same',
    }));
    assert.deepEqual(shown(up(list)), ['up 3', 'up 3.9.1', 'up 3.10', 'up 20240115120000']);
    assert.deepEqual(shown(up(list, { to: '3.9.1.0' })), ['up 3', 'up 3.9.1']);
    assert.deepEqual(shown(up(list, { to: '20240115_120000' })).length, 4);
    // A row of 3.1.0 is that of the file 3.1.
    const [entry] = entriesOf(
      [{ id: ['3', '1'], key: '3.1', name: 'a', language: 'sql', file: 'a.sql', upText: '', checksum: 'same' }],
      { rows: [historyRow('3.1.0', 'success', true, 0)], version: null, dirty: false, lastSeq: 0 },
      options,
    );
    assert.deepEqual([entry?.state, entry?.key], ['applied', '3.1.0']);
  });

  it('refuses what is older than an applied one, unless it is allowed or waits for a condition', () => {
    const list = [told(1), told(2, { row: 'success' }), told(3)];
    assert.deepEqual(codes(up(list)), ['MIGRATION_OUT_OF_ORDER']);
    assert.deepEqual(codes(up(list, { to: '1' })), ['MIGRATION_OUT_OF_ORDER']);
    const allowed = up(list, { allowOutOfOrder: true });
    assert.deepEqual([shown(allowed), codes(allowed)], [['up 1', 'up 3'], []]);
    const waiting = [told(1, { conditional: true }), told(2, { row: 'success' }), told(3)];
    assert.deepEqual([shown(up(waiting)), codes(up(waiting))], [['up 1', 'up 3'], []]);
    // One that was taken back counts as one that never ran.
    assert.deepEqual(codes(up([told(1, { row: 'rolled_back' }), told(2, { row: 'success' })])), [
      'MIGRATION_OUT_OF_ORDER',
    ]);
    // One that failed was in order when it ran.
    assert.deepEqual(codes(up([told(1, { row: 'failed' }), told(2, { row: 'success' })])), []);
  });

  it('takes an edit of comments for nothing and one of statements for what stands in the way', () => {
    const comments = [told(1, { row: 'success', file: 'comments' }), told(2)];
    assert.deepEqual([shown(up(comments)), codes(up(comments))], [['up 2'], []]);
    const edited = [told(1, { row: 'success', file: 'edited' }), told(2)];
    assert.deepEqual(codes(up(edited)), ['MIGRATION_CHANGED']);
    assert.equal(up(edited).problems[0]?.where.file, 'm1.sql');
    assert.deepEqual(
      codes(up([told(1), told(2, { row: 'success', file: 'edited' })], { to: '1', allowOutOfOrder: true })),
      [],
    );
  });

  it('runs past a file that is gone, with a note', () => {
    const plan = up([{ id: id(1), row: 'success' }, told(2)]);
    assert.deepEqual([shown(plan), codes(plan)], [['up 2'], []]);
    assert.deepEqual(plan.notes, [{ key: 'migration.missing', params: { ids: '1' } }]);
  });

  it('takes the way down from the history where the file is gone or changed, and says so', () => {
    const plan = down(
      [
        told(1, { row: 'success' }),
        told(2, { row: 'success', file: 'edited' }),
        { id: id(3), row: 'success' },
        told(4, { row: 'success', file: 'comments' }),
      ],
      { to: '0' },
    );
    assert.deepEqual(
      plan.steps.map(({ entry, stored }) => [entry.key, stored]),
      [
        ['4', false],
        ['3', true],
        ['2', true],
        ['1', false],
      ],
    );
    assert.deepEqual(plan.notes, [
      { key: 'migration.downStored', params: { id: '3' } },
      { key: 'migration.downStoredChanged', params: { id: '2' } },
    ]);
  });

  it('refuses a way down that leads past one that has none', () => {
    const list = [
      told(1, { row: 'success' }),
      told(2, { row: 'success', hasDown: false }),
      told(3, { row: 'success' }),
    ];
    assert.deepEqual(codes(down(list)), []);
    assert.deepEqual(codes(down(list, { steps: 2 })), ['MIGRATION_IRREVERSIBLE']);
    assert.deepEqual(codes(down(list, { to: '0' })), ['MIGRATION_IRREVERSIBLE']);
  });

  it('repeats the last applied one, down and up', () => {
    const list = [told(1, { row: 'success' }), told(2, { row: 'success' }), told(3)];
    assert.deepEqual(shown(planRun(entries(list), { action: 'redo' })), ['down 2', 'up 2']);
    assert.deepEqual(shown(planRun(entries([told(1)]), { action: 'redo' })), []);
    const gone = planRun(entries([{ id: id(1), row: 'success' }]), { action: 'redo' });
    assert.deepEqual(codes(gone), ['MIGRATION_FILE_GONE']);
  });

  it('goes on where one stands half way, and nowhere else', () => {
    const half = [told(1, { row: 'failed', done: 2 }), told(2)];
    const going = { last: { action: 'up', version: '1' } } as const;
    const plan = planRun(entries(half, going), { action: 'up' });
    assert.deepEqual(
      plan.steps.map(({ entry, done }) => [entry.key, done]),
      [
        ['1', 2],
        ['2', 0],
      ],
    );
    assert.deepEqual(codes(planRun(entries(half, going), { action: 'down' })), ['MIGRATION_HALF_DONE']);
    const back = { last: { action: 'down', version: '1' } } as const;
    assert.deepEqual(codes(planRun(entries(half, back), { action: 'up' })), ['MIGRATION_HALF_DONE']);
    const down = planRun(entries(half, back), { action: 'down' });
    assert.deepEqual([shown(down), down.steps[0]?.done, down.notes], [['down 1'], 2, []]);
    // A file that is gone can't be finished on the way up.
    const gone: Told[] = [{ id: id(1), row: 'failed', done: 2 }];
    assert.deepEqual(codes(planRun(entries(gone, going), { action: 'up' })), ['MIGRATION_HALF_DONE']);
    assert.deepEqual(shown(planRun(entries(gone, back), { action: 'down' })), ['down 1']);
  });
});
