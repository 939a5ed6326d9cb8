import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { type CopyStatement, parseCopy } from '../../core/version/copy-statement';
import type { Session } from '../../engine/driver';
import { pointToFile, type SourceStatement } from '../../engine/shadow';
import type { Progress, Running } from '../context';
import type { VersionStatements } from '../version-source';
import { resolveCopy } from './files';

/** What an import loads: everything, or one phase of it. */
export interface Parts {
  readonly schema: boolean;
  /** Undefined: all data. A list: of these tables, by lower-case name. Null: none. */
  readonly data: ReadonlySet<string> | null | undefined;
}

export interface LoadStatement extends SourceStatement {
  readonly step: Progress['step'];
  /** The table that a COPY fills. */
  readonly table?: string;
  /** Absolute paths of the files that a COPY reads. */
  readonly files?: readonly string[];
}

/**
 * The statements of an import, in order, with data files where they lie now. Indexes are built after the data they
 * cover, so they belong to the data phase.
 */
export async function loadStatements(
  dir: string,
  statements: VersionStatements,
  parts: Parts,
): Promise<LoadStatement[]> {
  const schema = parts.schema ? statements.schema.map((one) => ({ ...one, step: 'schema' as const })) : [];
  if (parts.data === null) return schema;
  const wanted = parts.data;
  const isWanted = (table: string) => wanted === undefined || wanted.has(table.toLowerCase());
  const copies: LoadStatement[] = [];
  for (const statement of statements.copy) {
    const copy = parseCopy(statement.text);
    if (copy && !isWanted(copy.table)) continue;
    copies.push(copy ? await copyStatement(dir, statement, copy) : { ...statement, step: 'load' });
  }
  const indexes = statements.index
    .filter(({ text }) => wanted === undefined || wanted.has(indexedTable(text)))
    .map((one) => ({ ...one, step: 'index' as const }));
  return [...schema, ...copies, ...indexes];
}

async function copyStatement(dir: string, statement: SourceStatement, copy: CopyStatement): Promise<LoadStatement> {
  const { text, files } = await resolveCopy(dir, copy);
  return { ...statement, text, files, step: 'load', table: copy.table };
}

/** The first argument of `CALL CREATE_FTS_INDEX('table', …)`; empty for anything else, such as loading an extension. */
function indexedTable(text: string): string {
  return (/^\s*CALL\s+\w+\s*\(\s*(?:'([^']*)'|"([^"]*)")/i.exec(text)?.slice(1).find(Boolean) ?? '').toLowerCase();
}

/** @throws MigrateError IMPORT_FAILED with table, file and line; CANCELLED; ENGINE_CRASHED */
export async function runLoad(
  session: Session,
  version: string,
  load: readonly LoadStatement[],
  running: Running,
): Promise<void> {
  const onStatement = (at: number) => {
    const statement = load[at];
    if (!statement) return;
    const object = statement.table === undefined ? {} : { object: statement.table };
    running.onProgress?.({ step: statement.step, ...object, done: at, total: load.length });
  };
  const options = running.signal ? { onStatement, signal: running.signal } : { onStatement };
  await session
    .run(
      load.map(({ text }) => ({ text })),
      options,
    )
    .catch((error: unknown) => {
      if (!MigrateError.is(error, 'STATEMENT_FAILED')) throw error;
      const failed = load[Number(error.params.index)];
      const detail = String(error.params.detail);
      const pointed = pointToFile(error, load);
      const where = dataPosition(detail) ?? (MigrateError.is(pointed) ? pointed.where : {});
      const object = failed?.table ?? (failed ? path.basename(failed.file) : version);
      throw new MigrateError(
        'IMPORT_FAILED',
        { version, object, detail },
        { where: { ...where, ...(failed ? { statement: failed.text } : {}) }, cause: error },
      );
    });
}

/** The engine names the data file and its line: `Copy exception: Error in file F on line N: …`. */
function dataPosition(detail: string): { file: string; line: number } | undefined {
  const match = /Error in file (.+?) on line (\d+):/.exec(detail);
  return match ? { file: match[1] ?? '', line: Number(match[2]) } : undefined;
}
