import { MigrateError } from '../errors';
import type { EngineName } from '../schema/model';
import { type BesideFile, isBesideFile } from './beside';
import type { TableContent } from './content';
import type { DataFormat, Loss } from './loss';

export interface ManifestTable {
  /** Of a SQL table outside `main` with its schema: `app.User`. */
  readonly name: string;
  readonly kind: 'node' | 'rel' | 'table';
  /** Null where nobody counted: in a version without data. */
  readonly rows: number | null;
}

export interface ManifestFile {
  /** Relative to the version, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `manifest.json` of a version: what it holds, and how to tell that it still does. */
export interface Manifest {
  readonly format: 1;
  readonly tool: string;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly engine: EngineName;
  readonly engineVersion: string;
  readonly storageVersion: number;
  /** Null for a version of the schema alone. */
  readonly dataFormat: DataFormat | null;
  readonly database: string;
  /** When the data was read from a copy because another process held the file: as of when, and who. */
  readonly readFromCopy?: { readonly asOf: string; readonly holder: string };
  readonly tables: readonly ManifestTable[];
  readonly rows: number | null;
  /** Of all files listed. */
  readonly bytes: number;
  readonly files: readonly ManifestFile[];
  /** The files of statements as exported, by path: people edit them, and the difference has to be shown. */
  readonly originals: Readonly<Record<string, string>>;
  readonly warnings: readonly Loss[];
  /** What stands beside the data files; absent where nothing does. */
  readonly beside?: readonly BesideFile[];
  /** Whether the version was imported into a scratch database and found equal before it was published. */
  readonly verified: boolean;
  /** What it was found equal by. */
  readonly proof?: ManifestProof;
}

export interface ManifestProof {
  /** SHA-256 of the database's DDL in canonical print. */
  readonly schema: string;
  readonly tables: readonly TableContent[];
}

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** @throws MigrateError MANIFEST_INVALID for anything but a manifest of format 1. */
export function parseManifest(text: string, file: string): Manifest {
  const invalid = (detail: string) => new MigrateError('MANIFEST_INVALID', { file, detail }, { where: { file } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(value)) throw invalid('@detail.notAnObject');
  if (value.format !== 1) throw invalid(`format ${JSON.stringify(value.format)}`);
  const wrong = Object.entries(SHAPE).find(([key, right]) => !right(value[key]));
  if (wrong) throw invalid(`@detail.badValue:${wrong[0]}`);
  return value as unknown as Manifest;
}

type Check = (value: unknown) => boolean;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const listOf =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => isRecord(one) && Object.entries(shape).every(([k, c]) => c(one[k])));
/** A path that stays inside the version: a hostile manifest must not reach out of its folder. */
const isInnerPath: Check = (value) =>
  typeof value === 'string' &&
  !/^([A-Za-z]:|[/\\])|\\/.test(value) &&
  !value.split('/').some((part) => part === '..' || part === '');

const isProvenTables = listOf({ name: isText, rows: isCount, fingerprint: isText });

const SHAPE: Readonly<Record<string, Check>> = {
  version: isText,
  createdAt: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  engine: (value) => value === 'kuzu' || value === 'ladybug' || value === 'duckdb',
  engineVersion: isText,
  storageVersion: isCount,
  dataFormat: (value) => value === null || value === 'parquet' || value === 'csv',
  tables: listOf({
    name: isText,
    kind: (kind) => kind === 'node' || kind === 'rel' || kind === 'table',
    rows: (rows) => rows === null || isCount(rows),
  }),
  rows: (value) => value === null || isCount(value),
  bytes: isCount,
  files: listOf({ path: isInnerPath, bytes: isCount, sha256: (hash) => /^[0-9a-f]{64}$/.test(String(hash)) }),
  originals: (value) => isRecord(value) && Object.values(value).every(isText),
  warnings: listOf({ code: isText, object: isText, params: isRecord }),
  verified: (value) => typeof value === 'boolean',
  beside: (value) =>
    value === undefined ||
    (Array.isArray(value) && value.every((one) => isRecord(one) && isBesideFile(one) && isInnerPath(one.path))),
  proof: (value) => value === undefined || (isRecord(value) && isText(value.schema) && isProvenTables(value.tables)),
};
