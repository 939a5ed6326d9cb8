import path from 'node:path';
import { MigrateError } from '../../core/errors';
import { parseCopy } from '../../core/version/copy-statement';
import type { Session } from '../../engine/driver';
import { pointToFile, type SourceStatement } from '../../engine/shadow';
import type { StoredVersion } from '../../project/versions';
import type { Progress, Running } from '../context';
import { notAllowed, type VersionStatements } from '../version-source';
import { patternFree, resolveCopy } from './files';

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
  /** The files that a COPY reads, relative to the version. */
  readonly files?: readonly string[];
}

export interface Load {
  readonly load: readonly LoadStatement[];
  /** Where the engine sees the version's folder. */
  readonly view: string;
  release(): Promise<void>;
}

/**
 * The statements of an import, in order, with data files where they lie now. Indexes are built after the data they
 * cover, so they belong to the data phase.
 * @throws MigrateError STATEMENT_NOT_ALLOWED for anything but a COPY from files in copy.cypher
 */
export async function loadStatements(
  stored: StoredVersion,
  statements: VersionStatements,
  parts: Parts,
): Promise<Load> {
  const { view, release } = await patternFree(stored.dir);
  try {
    const schema = parts.schema ? statements.schema.map((one) => ({ ...one, step: 'schema' as const })) : [];
    const data = parts.data === null ? [] : await dataStatements(stored, view, statements, parts.data);
    return { load: [...schema, ...data], view, release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function dataStatements(
  stored: StoredVersion,
  view: string,
  statements: VersionStatements,
  wanted: ReadonlySet<string> | undefined,
): Promise<LoadStatement[]> {
  const copies: LoadStatement[] = [];
  for (const statement of statements.copy) {
    const copy = parseCopy(statement.text);
    if (!copy) throw notAllowed(statement);
    if (wanted !== undefined && !wanted.has(copy.table.toLowerCase())) continue;
    copies.push({ ...statement, ...(await resolveCopy(stored, view, copy)), step: 'load', table: copy.table });
  }
  const indexes = statements.index
    .filter(({ text }) => wanted === undefined || wanted.has(indexedTable(text)))
    .map((one) => ({ ...one, step: 'index' as const }));
  return [...copies, ...indexes];
}

/** The first argument of `CALL CREATE_FTS_INDEX('table', …)`; empty for anything else, such as loading an extension. */
function indexedTable(text: string): string {
  return (/^\s*CALL\s+\w+\s*\(\s*(?:'([^']*)'|"([^"]*)")/i.exec(text)?.slice(1).find(Boolean) ?? '').toLowerCase();
}

/** @throws MigrateError IMPORT_FAILED with table, file and line; CANCELLED; ENGINE_CRASHED */
export async function runLoad(
  session: Session,
  stored: StoredVersion,
  { load, view }: Pick<Load, 'load' | 'view'>,
  running: Running,
): Promise<void> {
  const { version } = stored;
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
      // A link that stood in for the folder is nobody's business.
      const detail = String(error.params.detail).replaceAll(view, stored.dir);
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
