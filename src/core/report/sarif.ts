import { HAZARD_CODES } from '../lint/codes';
import { TOOL_VERSION } from '../tool';
import { codeAddress, type LintRow } from './lint-text';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Findings as SARIF 2.1.0, for code scanning. Paths are relative to `SRCROOT`, the project's folder; columns count UTF-16
 * units.
 * @source SARIF 2.1.0, §3.13 to §3.55: a `ruleIndex` points into the driver's rules, an artifact's location is a URI
 */
export function sarifReport(rows: readonly LintRow[]): Readonly<Record<string, unknown>> {
  const codes = [...new Set(rows.map(({ code }) => code))].sort();
  const summaries = new Map(HAZARD_CODES.map(({ code, summary }) => [code, summary]));
  const driver = {
    name: 'kuzu-migrate',
    version: TOOL_VERSION,
    informationUri: 'https://github.com/kuzu-migrate/kuzu-migrate',
    rules: codes.map((id) => ({
      id,
      ...(summaries.has(id) ? { shortDescription: { text: summaries.get(id) } } : {}),
      helpUri: codeAddress(id),
    })),
  };
  const results = rows.map((row) => ({
    ruleId: row.code,
    ruleIndex: codes.indexOf(row.code),
    level: row.severity,
    message: { text: row.hint === undefined ? row.message : `${row.message} ${row.hint}` },
    locations: [{ physicalLocation: { artifactLocation: locationOf(row.file), region: regionOf(row) } }],
    ...(row.fix ? { fixes: [fixOf(row.file, row.fix)] } : {}),
  }));
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The folder of the project.' } } },
    results,
  };
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

function fixOf(file: string, { title, edits }: NonNullable<LintRow['fix']>): unknown {
  const replacements = edits.map((edit) => ({ deletedRegion: regionOf(edit), insertedContent: { text: edit.text } }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation: locationOf(file), replacements }] };
}

function locationOf(file: string): unknown {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function regionOf({ line, column, endLine, endColumn }: Pick<LintRow, 'line' | 'column' | 'endLine' | 'endColumn'>) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
