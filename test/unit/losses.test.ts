import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Catalog } from '../../src/core/catalog/model';
import { enLosses } from '../../src/core/text/en-losses';
import { jaLosses } from '../../src/core/text/ja-losses';
import type { LossContext } from '../../src/core/version/loss';
import { findLosses, lossRules } from '../../src/core/version/losses';
import { sqlLosses } from '../../src/core/version/sql/loss-codes';
import { catalogWith, column, nodeTable } from '../support/catalog-builder';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();

const find = (catalog: Catalog, context: Partial<LossContext> = {}) =>
  findLosses({ catalog, format: 'parquet', schemaOnly: false, ...context });

describe('every rule about an export', () => {
  const rules = [...lossRules, ...Object.values(sqlLosses)];
  const codes = rules.map((rule) => rule.code);

  it('has a code of its own, in order, and a name', () => {
    // The codes of losses that versions have no more are never given again.
    assert.deepEqual(codes, [...new Set(codes)].sort());
    for (const code of codes) assert.match(code, /^KX0\d\d$/);
    assert.equal(new Set(rules.map((rule) => rule.name)).size, codes.length);
    for (const { name } of rules) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('has an entry in the documentation that says what to do', () => {
    const text = readFileSync(path.join(root, 'docs/export-losses.md'), 'utf8');
    const entries = new Map(text.split(/^### /m).map((part) => [part.split('\n', 1)[0] ?? '', part]));
    for (const { code, name } of rules) {
      const entry = entries.get(`${code} ${name}`);
      assert.ok(entry, `${code} ${name}`);
      assert.match(entry, /^\*(warning|error|blocked)/m, code);
      assert.match(entry, /^\*\*Do:\*\*/m, code);
    }
    assert.equal([...entries.keys()].filter((heading) => heading.startsWith('KX')).length, codes.length);
  });

  it('has a sentence in both languages, with the same parameters', () => {
    assert.deepEqual(Object.keys(enLosses), [...codes.map((code) => `loss.${code}`), 'loss.other']);
    const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of Object.entries(enLosses)) {
      const japanese = jaLosses[key as keyof typeof enLosses];
      assert.deepEqual([...new Set(parameters(japanese))], [...new Set(parameters(text))], key);
      assert.match(text, /\.$/, key);
      assert.match(japanese, /。$/, key);
    }
  });
});

describe('a plain schema', () => {
  const plain = catalogWith(
    [nodeTable('Person', [column('id', 'INT64'), column('born', 'UUID'), column('tall', 'BOOL')])],
    [{ name: 'Knows', pairs: [['Person', 'Person']], columns: [column('rank', 'UINT16')] }],
  );

  it('has no loss and needs no query, in any format', () => {
    for (const format of ['parquet', 'csv'] as const) {
      for (const schemaOnly of [false, true]) {
        assert.deepEqual(find(plain, { format, schemaOnly }), { losses: [], probes: [] });
      }
    }
  });
});
