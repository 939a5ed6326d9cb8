import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DANGER_RULES } from '../../src/core/danger/rules';
import { HAZARD_RULES, hazardsOf, losesData } from '../../src/core/hazard/hazards';
import { isLosslessCast } from '../../src/core/hazard/lossless-cast';
import { HAZARD_CODES } from '../../src/core/lint/codes';
import type { Change } from '../../src/core/schema/change';
import type { SqlColumn } from '../../src/core/schema/model';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const column = (type: string, text?: string) => ({ name: 'c', type, ...(text === undefined ? {} : { default: text }) });
const computed = (type: string, generated: string): SqlColumn => ({ ...column(type), generated });
const table = { kind: 'node' as const, name: 'T', columns: [column('INT64')], primaryKey: 'c' };
const sequence = { name: 's', start: '1', increment: '1', min: '1', max: '9', cycle: false };
const macro = { name: 'M', parameters: '', body: '1' };
const type = { name: 't', definition: 'INT64' };
const index = { name: 'i', table: 'T', type: 'FTS', columns: ['c'], definition: 'CALL X()' };
const sql = { table: 't', sqlSchema: 'main' };
const connection = { from: 'A', to: 'B' };

/** What becomes of types inside of types on DuckDB. */
const CASTS: readonly [string, string, string[]][] = [
  ["ENUM('a')[]", "ENUM('b', 'a')[]", []],
  ["ENUM('a', 'b')", "ENUM('a')", ['DL104', 'KM222']],
  ["UNION(m ENUM('a'), n INTEGER)", "UNION(n BIGINT, d DATE, m ENUM('a', 'b'))", []],
  ['UNION(m DATE, n INTEGER)', 'UNION(n INTEGER)', ['DL104', 'KM222']],
  ['UNION(m DATE)', 'VARCHAR', ['DL104']],
  ['DATE', 'UNION(n INTEGER, d DATE)', []],
  ['STRUCT(a INTEGER)', 'STRUCT(b DATE, A BIGINT)', []],
  ['STRUCT(a INTEGER, b DATE)', 'STRUCT(b DATE)', ['DL104', 'KM222']],
  ["MAP(VARCHAR, ENUM('a'))", "MAP(VARCHAR, ENUM('a', 'b'))", []],
];

describe('hazards', () => {
  const cases: [Change, string[]][] = [
    [{ kind: 'add-table', table }, []],
    [{ kind: 'drop-table', table }, ['DL101']],
    [{ kind: 'add-column', table: 'T', column: column('INT64') }, []],
    [{ kind: 'drop-column', table: 'T', column: column('INT64') }, ['DL102']],
    [{ kind: 'add-connection', table: 'R', connection }, []],
    [{ kind: 'drop-connection', table: 'R', connection }, ['DL103']],
    [{ kind: 'change-column-type', table: 'T', before: column('INT64'), after: column('INT32') }, ['DL104', 'KM205']],
    [{ kind: 'change-column-type', table: 'T', before: column('INT32'), after: column('INT64') }, ['KM205']],
    [{ kind: 'change-default', table: 'T', before: column('INT64'), after: column('INT64', '1') }, ['KM205']],
    [{ kind: 'change-primary-key', table: 'T', before: 'a', after: 'b' }, ['KM201']],
    [{ kind: 'change-multiplicity', table: 'R', before: 'MANY_MANY', after: 'MANY_ONE' }, ['KM202']],
    [{ kind: 'change-storage-direction', table: 'R', before: 'both', after: 'fwd' }, ['KM206']],
    [{ kind: 'change-comment', table: 'T', after: 'x' }, []],
    [{ kind: 'add-sequence', sequence }, []],
    [{ kind: 'drop-sequence', sequence }, ['DL105']],
    [{ kind: 'change-sequence', before: sequence, after: sequence }, ['DL105']],
    [{ kind: 'add-macro', macro }, ['KM204']],
    [{ kind: 'drop-macro', macro }, ['KM203']],
    [{ kind: 'change-macro', before: macro, after: macro }, ['KM203']],
    [{ kind: 'add-type', type }, ['KM204']],
    [{ kind: 'drop-type', type }, ['KM203']],
    [{ kind: 'change-type', before: type, after: type }, ['KM203']],
    [{ kind: 'add-index', index }, ['KM207']],
    [{ kind: 'drop-index', index }, ['KM207']],
    [{ kind: 'drop-index', index: { ...index, type: 'HNSW' } }, []],
    [{ kind: 'change-index', before: index, after: index }, ['KM207']],
    [{ ...sql, kind: 'add-constraint', constraint: { kind: 'unique', columns: ['c'] } }, ['KM221', 'KM223']],
    [{ ...sql, kind: 'add-constraint', constraint: { kind: 'primary-key', columns: ['c'] } }, ['KM223']],
    [{ kind: 'rename-table', from: 't', to: 't', sqlSchema: 'main', toSchema: 'app' }, ['KM221']],
    [{ kind: 'rename-table', from: 't', to: 'u', sqlSchema: 'main' }, []],
    [{ ...sql, kind: 'drop-constraint', constraint: { kind: 'check', expression: '(c > 0)' } }, ['KM221']],
    [
      {
        ...sql,
        kind: 'change-generated',
        before: column('INTEGER'),
        after: { ...column('INTEGER'), generated: '(1)' },
      },
      ['DL102', 'KM221'],
    ],
    [
      {
        ...sql,
        kind: 'change-generated',
        before: { ...column('INTEGER'), generated: '(1)' },
        after: { ...column('INTEGER'), generated: '(2)' },
      },
      ['KM221'],
    ],
    [
      {
        ...sql,
        kind: 'change-generated',
        before: { ...column('INTEGER'), generated: '(1)' },
        after: column('INTEGER'),
      },
      ['KM221'],
    ],
    [
      {
        ...sql,
        kind: 'change-column-type',
        before: column('VARCHAR'),
        after: computed('DATE', '(today())'),
      },
      [],
    ],
    [{ ...sql, kind: 'change-column-type', before: column('VARCHAR'), after: column('DATE') }, ['DL104', 'KM222']],
    [{ ...sql, kind: 'change-column-type', before: column('DATE'), after: column('VARCHAR') }, []],
    [{ ...sql, kind: 'change-column-type', before: column('INTEGER'), after: column('BIGINT') }, []],
    ...CASTS.map(([before, after, codes]): [Change, string[]] => [
      { ...sql, kind: 'change-column-type', before: column(before), after: column(after) },
      codes,
    ]),
    [
      { ...sql, kind: 'change-not-null', before: column('DATE'), after: { ...column('DATE'), notNull: true } },
      ['KM223'],
    ],
    [{ ...sql, kind: 'change-not-null', before: { ...column('DATE'), notNull: true }, after: column('DATE') }, []],
  ];

  for (const [change, codes] of cases) {
    it(`of ${change.kind}: ${codes.join(', ') || 'none'}`, () => assert.deepEqual(hazardsOf(change), codes));
  }

  it('of the data-loss kind are those that begin with DL', () => {
    assert.deepEqual(
      HAZARD_RULES.filter((rule) => losesData(rule.code)).map((rule) => rule.code),
      ['DL101', 'DL102', 'DL103', 'DL104', 'DL105'],
    );
  });

  it('are all in docs/hazards.md, in the order of their codes, with the same summary, and nothing else is', () => {
    const text = readFileSync(path.join(root, 'docs/hazards.md'), 'utf8');
    const rules = HAZARD_CODES;
    for (const { code } of [...HAZARD_RULES, ...DANGER_RULES])
      assert.ok(
        rules.some((one) => one.code === code),
        code,
      );
    const codes = rules.map((rule) => rule.code);
    assert.deepEqual(codes, [...new Set(codes)].sort());
    assert.deepEqual(
      [...text.matchAll(/^## (\S+)$/gm)].map((match) => match[1]),
      codes,
    );
    for (const { code, summary } of rules) {
      assert.ok(text.includes(`| [${code}](#${code.toLowerCase()}) | ${summary} |`), code);
      const entry = text.split(/^## /m).find((part) => part.startsWith(code)) ?? '';
      for (const part of ['What', 'Why', 'Example', 'Way round'])
        assert.ok(entry.includes(`**${part}.**`), `${code}: ${part}`);
    }
  });
});

describe('casts that keep every value', () => {
  it('are known for wider numbers, some texts and lists of them', () => {
    for (const [before, after] of [
      ['INT8', 'INT16'],
      ['INT64', 'INT128'],
      ['UINT32', 'INT64'],
      ['UINT64', 'INT128'],
      ['UINT8', 'UINT64'],
      ['SERIAL', 'INT64'],
      ['INT16', 'FLOAT'],
      ['INT32', 'DOUBLE'],
      ['FLOAT', 'DOUBLE'],
      ['INT64', 'DECIMAL(21, 2)'],
      ['DECIMAL(10, 2)', 'DECIMAL(12, 3)'],
      ['INT64', 'STRING'],
      ['DATE', 'STRING'],
      ['INT32[]', 'INT64[]'],
      ['INT32[3][]', 'INT64[][]'],
      ['DECIMAL(10, 2)[]', 'DECIMAL(14, 4)[]'],
      ['DECIMAL(10, 2)[3][]', 'DECIMAL(10, 2)[][]'],
      ['STRUCT(a INT64)', 'STRUCT(a INT64)'],
    ] as const) {
      assert.ok(isLosslessCast(before, after), `${before} to ${after}`);
    }
  });

  it('are not assumed for anything else', () => {
    for (const [before, after] of [
      ['INT64', 'INT32'],
      ['INT8', 'UINT64'],
      ['UINT64', 'INT64'],
      ['INT64', 'DOUBLE'],
      ['INT32', 'FLOAT'],
      ['DOUBLE', 'FLOAT'],
      ['DOUBLE', 'STRING'],
      ['DECIMAL(10, 2)', 'DECIMAL(10, 3)'],
      ['DECIMAL(10, 2)', 'STRING'],
      ['INT64', 'DECIMAL(20, 2)'],
      ['STRING', 'INT64'],
      ['DATE', 'TIMESTAMP'],
      ['INT64[]', 'INT64[3]'],
      ['INT64[2]', 'INT64[3]'],
      ['DECIMAL(10, 2)[]', 'DECIMAL(14, 1)[]'],
      ['DECIMAL(10, 2)[][]', 'DECIMAL(14, 4)[][]'],
      ['DECIMAL(10, 2)[3][]', 'DECIMAL(14, 4)[3][]'],
      ['INT64', 'INT64[]'],
      ['INT64[]', 'STRING'],
      ['constructor', 'toString'],
    ] as const) {
      assert.ok(!isLosslessCast(before, after), `${before} to ${after}`);
    }
  });
});
