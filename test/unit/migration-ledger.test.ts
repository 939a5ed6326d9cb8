import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareIds, parseId } from '../../src/core/migration/id';
import { isHalfDone } from '../../src/core/migration/state';
import type { HistoryRow, HistoryStatus } from '../../src/core/migration/types';
import type { Driver } from '../../src/engine/driver';
import * as duckdb from '../../src/engine/duckdb/history';
import { type Change, Ledger } from '../../src/workflow/migrate/ledger';

const TABLES = { history: 'h', version: 'v', event: 'e' };

function row(version: string, status: HistoryStatus, appliedStatements: number): HistoryRow {
  return {
    version,
    name: 'x',
    appliedAt: '2026-01-01T00:00:00.000Z',
    executionMs: 0,
    checksum: '',
    semanticChecksum: '',
    upScript: '',
    downScript: null,
    status,
    errorMessage: null,
    appliedStatements,
    totalStatements: 2,
    toolVersion: '',
    engineVersion: '',
    appliedBy: '',
  };
}

const change: fc.Arbitrary<Change> = fc
  .record({
    version: fc.constantFrom('1', '2', '3.1', '10', 'other'),
    status: fc.constantFrom<HistoryStatus>('success', 'failed', 'pending', 'rolled_back'),
    done: fc.integer({ min: 0, max: 2 }),
    remove: fc.boolean(),
  })
  .map(({ version, status, done, remove }) => ({
    action: 'up',
    row: row(version, status, done),
    ...(remove ? { remove: true as const } : {}),
  }));

/** What `schema_version` has to say of these rows. */
function expected(rows: readonly HistoryRow[]): {
  readonly versions: readonly (string | null)[];
  readonly dirty: boolean;
} {
  const half = rows.filter(isHalfDone).map(({ version }) => version);
  if (half.length > 0) return { versions: half, dirty: true };
  const applied = rows.filter(({ status }) => status === 'success').map(({ version }) => version);
  applied.sort((a, b) => compareIds(parseId(a) ?? [], parseId(b) ?? []));
  return { versions: [applied.at(-1) ?? null], dirty: false };
}

describe('the history of a run as it grows', () => {
  it('tells the highest version, or the one that is half done, after any changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat(5), (changes, known) => {
        const rows = new Map(changes.slice(0, known).map((one) => [one.row.version, one.row]));
        const said: { readonly version: string | null; readonly dirty: boolean }[] = [];
        const driver: Pick<Driver, 'deleteRow' | 'putRows' | 'putEvents' | 'putVersion'> = {
          ...duckdb,
          putVersion: (_, version, dirty) => {
            said.push({ version, dirty });
            return [];
          },
        };
        const history = { rows: [...rows.values()], version: null, dirty: false, lastSeq: 0 };
        const ledger = new Ledger(driver as Driver, TABLES, history);
        for (const one of changes.slice(known)) {
          ledger.record([one]);
          ledger.committed([one]);
          if (one.remove) rows.delete(one.row.version);
          else rows.set(one.row.version, one.row);
          const { versions, dirty } = expected([...rows.values()]);
          const last = said.at(-1);
          assert.equal(last?.dirty, dirty);
          assert.ok(versions.includes(last?.version ?? null));
        }
      }),
    );
  });
});
