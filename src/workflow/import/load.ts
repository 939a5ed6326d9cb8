import path from 'node:path';
import { MigrateError } from '../../core/errors';
import type { BesideFile } from '../../core/version/beside';
import { type CopyStatement, endName, parseCopy } from '../../core/version/copy-statement';
import { parseSqlCopy, type SqlCopy } from '../../core/version/sql/load-statement';
import { tableName } from '../../core/version/sql/table-name';
import type { Session, VersionReader } from '../../engine/driver';
import { pointToFile, type SourceStatement } from '../../engine/shadow';
import type { StoredVersion } from '../../project/versions';
import type { Progress, Running } from '../context';
import { dialectOfFile, notAllowed, type VersionStatements } from '../version-source';
import { patternFree, resolveCopy } from './files';
import { sqlData } from './load-sql';

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
  /** Whether these are rows of a rel table. */
  readonly isRel?: boolean;
  /** The files that a COPY reads, relative to the version. */
  readonly files?: readonly string[];
  /** A COPY of SQL, with its file where it lies now. */
  readonly sqlCopy?: SqlCopy;
}

export interface Load {
  readonly load: readonly LoadStatement[];
  /** What is added from files beside the data, of the tables that are loaded. */
  readonly beside: readonly BesideFile[];
  /** Where the engine sees the version's folder. */
  readonly view: string;
  release(): Promise<void>;
}

/**
 * The statements of an import, in order, with data files where they lie now. Indexes are built after the data they
 * cover, so they belong to the data phase.
 * @throws MigrateError STATEMENT_NOT_ALLOWED for anything but a COPY from files in copy.cypher (`load.sql`)
 */
export async function loadStatements(
  stored: StoredVersion,
  statements: VersionStatements,
  parts: Parts,
  beside: readonly BesideFile[] = stored.manifest?.beside ?? [],
): Promise<Load> {
  const { view, release } = await patternFree(stored.dir);
  try {
    const schema = parts.schema ? statements.schema.map((one) => ({ ...one, step: 'schema' as const })) : [];
    const { data: wanted } = parts;
    const ours = wanted === null ? [] : beside.filter(({ table }) => wanted?.has(table.toLowerCase()) ?? true);
    if (stored.engine === 'duckdb') {
      // An index is a part of a SQL schema, and UNIQUE means more than speed.
      const indexes = parts.schema ? statements.index.map((one) => ({ ...one, step: 'index' as const })) : [];
      const data = wanted === null ? [] : await sqlData(stored, view, statements, wanted);
      return { load: [...schema, ...data, ...indexes], beside: [], view, release };
    }
    const data = wanted === null ? [] : await dataStatements(stored, view, statements, wanted, ours);
    return { load: [...schema, ...data], beside: ours, view, release };
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
  beside: readonly BesideFile[],
): Promise<LoadStatement[]> {
  const copies: LoadStatement[] = [];
  for (const statement of statements.copy) {
    const copy = parseCopy(statement.text);
    if (!copy) throw notAllowed(statement);
    if (wanted !== undefined && !wanted.has(copy.table.toLowerCase())) continue;
    // Its rows stand beside, whole.
    if (beside.some((one) => isInstead(copy, one))) continue;
    const isRel = copy.options.has('from');
    copies.push({ ...statement, ...(await resolveCopy(stored, view, copy)), step: 'load', table: copy.table, isRel });
  }
  const indexes = statements.index
    .filter(({ text }) => wanted === undefined || wanted.has(indexedTable(text)))
    .map((one) => ({ ...one, step: 'index' as const }));
  return [...copies, ...indexes];
}

function isInstead({ table, options }: CopyStatement, beside: BesideFile): boolean {
  const end = (name: string) => endName(options.get(name) ?? "''");
  return beside.table === table && (beside.from ?? '') === end('from') && (beside.to ?? '') === end('to');
}

/** The tables that are filled, by lower-case name. */
export function loadedTables({ load, beside }: Pick<Load, 'load' | 'beside'>): Set<string> {
  return new Set([...load, ...beside].flatMap(({ table }) => (table === undefined ? [] : [table.toLowerCase()])));
}

/** The tables that a version can fill, as they are called. */
export function loadableTables({ copy }: VersionStatements, beside: readonly BesideFile[] = []): string[] {
  const copied = copy.flatMap(({ text, file }) => {
    if (dialectOfFile(file) === 'cypher') return parseCopy(text)?.table ?? [];
    const found = parseSqlCopy(text);
    return found ? [tableName(found)] : [];
  });
  return [...new Set([...copied, ...beside.map(({ table }) => table)])];
}

/** The first argument of `CALL CREATE_FTS_INDEX('table', …)`; empty for anything else, such as loading an extension. */
function indexedTable(text: string): string {
  return (/^\s*CALL\s+\w+\s*\(\s*(?:'([^']*)'|"([^"]*)")/i.exec(text)?.slice(1).find(Boolean) ?? '').toLowerCase();
}

/** @throws MigrateError IMPORT_FAILED with table, file and line; VALUES_UNREADABLE; CANCELLED; ENGINE_CRASHED */
export async function runLoad(
  reader: VersionReader,
  session: Session,
  stored: StoredVersion,
  { load, beside, view }: Load,
  running: Running,
): Promise<void> {
  const run = async (work: () => Promise<unknown>, statements: readonly LoadStatement[]) => {
    await work().catch((error: unknown) => {
      throw loadError(error, stored, statements, view);
    });
  };
  let done = 0;
  if (stored.engine === 'duckdb') await reader.enclose?.(session, view);
  for (const { statements, files } of phasesOf(load, beside)) {
    const from = done;
    done += statements.length;
    const onStatement = (index: number) => {
      const statement = statements[index];
      if (!statement) return;
      const object = statement.table === undefined ? {} : { object: statement.table };
      running.onProgress?.({ step: statement.step, ...object, done: from + index, total: load.length });
    };
    const options = running.signal ? { onStatement, signal: running.signal } : { onStatement };
    const texts = await textsOf(reader, session, statements);
    if (texts.length > 0) await run(() => session.run(texts, options), statements);
    const signal = running.signal ? { signal: running.signal } : {};
    if (files.length > 0) await run(() => reader.readBeside(session, stored.dir, files, signal), []);
  }
}

async function textsOf(reader: VersionReader, session: Session, statements: readonly LoadStatement[]) {
  const copies = statements.flatMap(({ sqlCopy }) => sqlCopy ?? []);
  const made = copies.length === 0 ? [] : ((await reader.loadTexts?.(session, copies)) ?? []);
  const texts = new Map(copies.map((copy, at) => [copy, made[at]]));
  return statements.map(({ text, sqlCopy }) => ({ text: (sqlCopy && texts.get(sqlCopy)) ?? text }));
}

interface Phase {
  readonly statements: readonly LoadStatement[];
  /** Read when the statements are done. */
  readonly files: readonly BesideFile[];
}

/**
 * The rows of node tables before those of rel tables, which name them, and both before indexes. SQL's are made when their
 * tables are there.
 */
function phasesOf(load: readonly LoadStatement[], beside: readonly BesideFile[]): Phase[] {
  if (load.some(({ sqlCopy }) => sqlCopy)) {
    const steps = ['schema', 'load', 'index'] as const;
    return steps.map((step) => ({ statements: load.filter((one) => one.step === step), files: [] }));
  }
  if (beside.length === 0) return [{ statements: load, files: [] }];
  const isLate = ({ step, isRel }: LoadStatement) => step === 'index' || isRel === true;
  return [
    { statements: load.filter((one) => !isLate(one)), files: beside.filter(({ from }) => from === undefined) },
    { statements: load.filter(({ isRel }) => isRel === true), files: beside.filter(({ from }) => from !== undefined) },
    { statements: load.filter(({ step }) => step === 'index'), files: [] },
  ];
}

function loadError(error: unknown, stored: StoredVersion, load: readonly LoadStatement[], view: string): unknown {
  if (!MigrateError.is(error, 'STATEMENT_FAILED')) return error;
  const { version } = stored;
  const failed = load[Number(error.params.index)];
  // A link that stood in for the folder is nobody's business.
  const detail = String(error.params.detail).replaceAll(view, stored.dir);
  const pointed = pointToFile(error, load);
  const where = dataPosition(detail) ?? (MigrateError.is(pointed) ? pointed.where : {});
  const object = failed?.table ?? (failed ? path.basename(failed.file) : version);
  return new MigrateError(
    'IMPORT_FAILED',
    { version, object, detail },
    { where: { ...where, ...(failed ? { statement: failed.text } : {}) }, cause: error },
  );
}

/** The engine names the data file and its line: `Copy exception: Error in file F on line N: …`. */
function dataPosition(detail: string): { file: string; line: number } | undefined {
  const match = /Error in file (.+?) on line (\d+):/.exec(detail);
  return match ? { file: match[1] ?? '', line: Number(match[2]) } : undefined;
}
