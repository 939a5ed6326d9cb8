import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LintFinding } from '../../src/core/lint/finding';
import { lintScript } from '../../src/core/lint/lint-script';
import { lintCounts } from '../../src/core/report/lint-counts';
import { codeAddress, lintMarkdown, lintRows } from '../../src/core/report/lint-text';
import { sarifReport } from '../../src/core/report/sarif';
import { english } from '../../src/core/text/english';

const root = process.env.KUZU_MIGRATE_ROOT ?? process.cwd();
const file = 'migrations/001 größe.cypher';
const text = '-- UP\nALTER TABLE `a|b` ADD COLUMN n STRING NOT NULL;\nMATCH (n:`a|b`) DELETE n;\n';
const findings: readonly LintFinding[] = [
  ...lintScript({ file, text, dialect: 'cypher', role: 'single' }),
  {
    code: 'STATEMENT_FAILED',
    severity: 'error',
    message: { key: 'error.STATEMENT_FAILED', params: { detail: 'no <table>', statement: 'X' } },
    hint: { key: 'hint.STATEMENT_FAILED', params: { remedy: '@remedy.statement:X' } },
    file: 'migrations/002.cypher',
    ...{ line: 1, column: 1, endLine: 1, endColumn: 2 },
  },
];
const rows = lintRows(findings, english);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { readonly id: string; readonly helpUri: string }[];
      };
    };
    readonly columnKind: string;
    readonly originalUriBaseIds: object;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly [
        {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
            readonly region: Region;
          };
        },
      ];
      readonly fixes?: readonly {
        readonly artifactChanges: readonly {
          readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: object }[];
        }[];
      }[];
    }[];
  }[];
}

describe('the SARIF of a lint', () => {
  // As JSON, since that is what a reader gets.
  const { $schema, version, runs } = JSON.parse(JSON.stringify(sarifReport(rows))) as Sarif;
  const [run, ...more] = runs;
  assert.ok(run);

  it('is one run of SARIF 2.1.0', () => {
    assert.match($schema, /sarif-schema-2\.1\.0\.json$/);
    assert.deepEqual(
      [version, more.length, run.tool.driver.name, run.columnKind],
      ['2.1.0', 0, 'kuzu-migrate', 'utf16CodeUnits'],
    );
  });

  it('has a rule for each code, with the place that explains it', () => {
    const { rules } = run.tool.driver;
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['DL106', 'KM402', 'KM405', 'KM431', 'STATEMENT_FAILED'],
    );
    for (const { id, helpUri } of rules) {
      const { pathname, hash } = new URL(helpUri);
      const page = readFileSync(path.join(root, 'docs', path.posix.basename(pathname)), 'utf8');
      const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => `#${heading.toLowerCase()}`);
      assert.ok(anchors.includes(hash), `${id}: ${helpUri}`);
    }
  });

  it('has a result for each finding, at its place', () => {
    assert.equal(run.results.length, findings.length);
    for (const [at, { ruleId, ruleIndex, level, message, locations }] of run.results.entries()) {
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level));
      assert.notEqual(message.text, '');
      const { artifactLocation, region } = locations[0].physicalLocation;
      assert.ok(artifactLocation.uriBaseId in run.originalUriBaseIds);
      // A relative reference: no scheme, no blank, no slash at its start.
      assert.match(artifactLocation.uri, /^[\w.~%-]+(\/[\w.~%-]+)*$/);
      assert.equal(decodeURIComponent(artifactLocation.uri), findings[at]?.file);
      for (const value of Object.values(region)) assert.ok(Number.isInteger(value) && value >= 1);
      assert.ok(region.endLine > region.startLine || region.endColumn >= region.startColumn);
    }
  });

  it('has the fixes as replacements', () => {
    const fixes = run.results.flatMap((result) => result.fixes ?? []);
    assert.equal(fixes.length, 2);
    for (const { artifactChanges } of fixes) assert.equal(artifactChanges[0]?.replacements.length, 1);
  });

  it('of nothing is a run without results', () => {
    const [empty] = (sarifReport([]) as unknown as Sarif).runs;
    assert.deepEqual([empty?.results, empty?.tool.driver.rules], [[], []]);
  });
});

describe('the Markdown of a lint', () => {
  const markdown = lintMarkdown(rows, 'errors: 3');

  it('lists the findings by file, with links', () => {
    assert.match(markdown, /^### Lint: errors&#58; 3\n|^### Lint: errors: 3\n/);
    assert.match(markdown, /#### `migrations\/001 größe\.cypher`\n\n(- .+\n){4}/);
    assert.match(markdown, /\(\[KM405\]\(https:\S+hazards\.md#km405\)\) \*Remove COLUMN\.\*/);
    assert.ok(markdown.endsWith('\n'));
  });

  it('keeps what comes from scripts from being markup', () => {
    assert.doesNotMatch(markdown, /<table>/);
    assert.match(markdown, /a&#124;b/);
  });
});

describe('the rows of a lint', () => {
  it('hold what scripts read, and no more', () => {
    const found = rows.find(({ code }) => code === 'KM405');
    assert.deepEqual(Object.keys(found ?? {}).sort(), [
      'code',
      'column',
      'endColumn',
      'endLine',
      'file',
      'fix',
      'line',
      'message',
      'severity',
    ]);
    const loss = rows.find(({ code }) => code === 'DL106');
    assert.ok(loss && !('lost' in loss) && !('fix' in loss));
  });

  it('are counted by their severity', () =>
    assert.deepEqual(lintCounts(findings), { errors: 3, warnings: 2, notes: 0 }));

  it('link codes of errors to their own page', () => {
    assert.match(codeAddress('DL101'), /hazards\.md#dl101$/);
    assert.match(codeAddress('SCRIPT_INVALID'), /errors\.md#script_invalid$/);
  });
});
