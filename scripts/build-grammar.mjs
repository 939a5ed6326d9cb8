#!/usr/bin/env node
// Writes the grammars of syntaxes/ from scripts/grammar; with --check, only says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { data } from './grammar/data.mjs';
import { duckdb } from './grammar/duckdb.mjs';
import { lexical } from './grammar/lexical.mjs';
import { use } from './grammar/parts.mjs';
import { query } from './grammar/query.mjs';
import { schema } from './grammar/schema.mjs';

const syntaxes = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../syntaxes');
const contributors = ['Written by `node scripts/build-grammar.mjs` from scripts/grammar: change it there.'];
const grammars = {
  'kuzu-cypher.tmLanguage.json': {
    suffix: 'kuzu-cypher',
    head: {
      information_for_contributors: contributors,
      name: 'Kùzu Cypher',
      scopeName: 'source.kuzu-cypher',
      patterns: use(
        'first-line',
        'comments',
        'schema',
        'data',
        'call',
        'transactions',
        'explain',
        'query',
        'between-statements',
      ),
    },
    repository: { ...lexical, ...schema, ...data, ...query },
  },
  'duckdb-injection.tmLanguage.json': {
    suffix: 'duckdb',
    head: {
      information_for_contributors: contributors,
      name: 'DuckDB in SQL',
      scopeName: 'duckdb.injection',
      // Not within strings and comments, nor within T-SQL's [names], which the built-in grammar calls text.bracketed.
      injectionSelector: 'L:source.sql -string -comment -text.bracketed',
      patterns: use(...duckdb.order),
    },
    repository: duckdb.rules,
  },
};

/** The rule with the language's suffix on each scope: `a b` -> `a.kuzu-cypher b.kuzu-cypher`. */
function suffixed(rule, suffix) {
  if (Array.isArray(rule)) return rule.map((entry) => suffixed(entry, suffix));
  if (typeof rule !== 'object') return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => {
      const isScope = (key === 'name' || key === 'contentName') && typeof value === 'string';
      return [key, isScope ? value.replaceAll(/\S+/g, `$&.${suffix}`) : suffixed(value, suffix)];
    }),
  );
}

/** One rule a line, so that a change to a rule is a change to a line. */
function print({ head, repository, suffix }) {
  const line = (indent, [key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const rules = Object.entries(suffixed(repository, suffix)).map((entry) => line('    ', entry));
  const fields = Object.entries(head).map((entry) => line('  ', entry));
  return `{\n${fields.join(',\n')},\n  "repository": {\n${rules.join(',\n')}\n  }\n}\n`;
}

for (const [name, grammar] of Object.entries(grammars)) {
  const file = path.join(syntaxes, name);
  const text = print(grammar);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text) {
    console.error(`syntaxes/${name} is not what scripts/grammar makes. Run: node scripts/build-grammar.mjs`);
    process.exitCode = 1;
  }
}
