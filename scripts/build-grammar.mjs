#!/usr/bin/env node
// Writes syntaxes/kuzu-cypher.tmLanguage.json from scripts/grammar; with --check, only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { data } from './grammar/data.mjs';
import { lexical } from './grammar/lexical.mjs';
import { use } from './grammar/parts.mjs';
import { query } from './grammar/query.mjs';
import { schema } from './grammar/schema.mjs';

const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../syntaxes/kuzu-cypher.tmLanguage.json');
const repository = { ...lexical, ...schema, ...data, ...query };
const head = {
  information_for_contributors: ['Written by `node scripts/build-grammar.mjs` from scripts/grammar: change it there.'],
  name: 'Kùzu Cypher',
  scopeName: 'source.kuzu-cypher',
  patterns: use('comments', 'schema', 'data', 'call', 'transactions', 'explain', 'query', 'terminator'),
};

// One rule a line, so that a change to a rule is a change to a line.
const rules = Object.entries(repository).map(([key, rule]) => `    ${JSON.stringify(key)}: ${JSON.stringify(rule)}`);
const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
const text = `{\n${fields.join(',\n')},\n  "repository": {\n${rules.join(',\n')}\n  }\n}\n`;

if (process.argv.includes('--check')) {
  const current = readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text;
  if (!current)
    console.error(
      'syntaxes/kuzu-cypher.tmLanguage.json is not what scripts/grammar makes. Run: node scripts/build-grammar.mjs',
    );
  process.exitCode = current ? 0 : 1;
} else {
  writeFileSync(file, text);
}
