#!/usr/bin/env node
// Checks the grammar on the fixtures of test/grammar: node scripts/test-grammar.mjs [--report FILE] [--update]
//   *.test.cypher, *.test.sql  assertions beside the text (vscode-tmgrammar-test)
//   *.cypher, *.sql            compared with the .snap file beside it (vscode-tmgrammar-snap); --update writes the .snap files
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({ options: { report: { type: 'string' }, update: { type: 'boolean' } } });
const require = createRequire(import.meta.url);
const packageFile = require.resolve('vscode-tmgrammar-test/package.json');
const commands = JSON.parse(readFileSync(packageFile, 'utf8')).bin;

/** Runs a script of node and gives what it printed when it failed, else nothing. */
function failure(script, ...args) {
  // The commands read an assertion that they can't parse for ever.
  const run = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  if (run.error) return `${script}: ${run.error.message}`;
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}` || `exit code ${run.status}`;
}

/** Runs one of the package's commands on one fixture, so that what is counted is what was checked. */
function check(command, fixture, ...args) {
  // package.json says what is injected into SQL; the editor's own grammar is no package, so a small one stands for it.
  const [scopeName, ...grammar] = fixture.endsWith('.sql')
    ? ['source.sql', '--config', 'package.json', '--grammar', 'test/grammar/sql.tmLanguage.json']
    : ['source.kuzu-cypher', '--config', 'none', '--grammar', 'syntaxes/kuzu-cypher.tmLanguage.json'];
  // The fixture's extension belongs to no language of ours, so package.json could not tell the scope.
  const scope = command === 'vscode-tmgrammar-snap' ? ['--scope', scopeName] : [];
  const script = path.resolve(path.dirname(packageFile), commands[command]);
  return failure(script, ...grammar, ...scope, ...args, `test/grammar/${fixture}`);
}

const folder = path.join(root, 'test/grammar');
const names = readdirSync(folder).sort();
const fixtures = names.filter((name) => /\.(?:cypher|sql)$/.test(name));
const problems = new Map();

problems.set(
  'the grammars are what scripts/grammar makes',
  failure(path.join(root, 'scripts/build-grammar.mjs'), '--check'),
);
for (const fixture of fixtures) {
  const file = path.join(folder, fixture);
  if (/\.test\.\w+$/.test(fixture)) {
    // Without a single assertion the command is content.
    const asserts = /^(?:\/\/|--) *(?:\^|<[~-])/m.test(readFileSync(file, 'utf8'));
    problems.set(fixture, asserts ? check('vscode-tmgrammar-test', fixture) : 'It asserts nothing.');
  } else if (existsSync(`${file}.snap`) || options.update) {
    problems.set(fixture, check('vscode-tmgrammar-snap', fixture, ...(options.update ? ['--updateSnapshot'] : [])));
  } else {
    // The command would write the missing snapshot and be content.
    problems.set(fixture, 'It has no snapshot. Run: node scripts/test-grammar.mjs --update');
  }
}
for (const name of names) {
  if (name.endsWith('.snap') && !fixtures.includes(name.slice(0, -'.snap'.length)))
    problems.set(name, 'Its fixture is gone.');
}
if (fixtures.length === 0) problems.set('test/grammar', 'No fixture found.');

for (const [name, problem] of problems) console.log(problem === '' ? `  ok    ${name}` : `  FAIL  ${name}\n${problem}`);
const failures = [...problems.values()].filter((problem) => problem !== '').length;
const counts = { passes: problems.size - failures, failures, pending: 0 };
console.log(`grammar: ${counts.passes} passed, ${counts.failures} failed`);
if (options.report) writeFileSync(options.report, JSON.stringify(counts));
process.exitCode = failures > 0 ? 1 : 0;
