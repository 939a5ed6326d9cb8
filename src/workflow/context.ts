import { MigrateError } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import type { Loss } from '../core/version/loss';
import type { CodeHost } from '../engine/code/types';
import type { Driver } from '../engine/driver';
import type { Database, Project } from '../project/project';
import type { Embedded } from './migrate/embedded';

/** What every workflow gets: the project as it was read, the engines, and where to write a line of log. */
export interface Context {
  readonly project: Project;
  /** @throws MigrateError ENGINE_NOT_SUPPORTED */
  readonly driver: (engine: EngineName) => Driver;
  /** A process for the user's code, which starts on first use; whoever asks disposes of it. */
  readonly codeHost: () => CodeHost;
  /** Migrations that an application brings with it. */
  readonly embedded?: Embedded;
  readonly log: (line: string) => void;
}

/** A step of a long operation; `object` is a table or a file, `done` of `total` counts tables or files. */
export interface Progress {
  readonly step:
    | 'migrate'
    | 'batch'
    | 'copy'
    | 'schema'
    | 'probe'
    | 'export'
    | 'files'
    | 'load'
    | 'index'
    | 'verify'
    | 'prove'
    | 'swap'
    | 'compare';
  readonly object?: string;
  readonly done?: number;
  readonly total?: number;
}

export interface Running {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A question whose answer decides whether something is replaced; what shows it knows how to ask. */
export interface Question {
  readonly action: 'import' | 'rollback';
  readonly database: Database;
  readonly version: string;
  /** Where the present file goes. */
  readonly backup: string;
  /** What the version lacks of what its database held. */
  readonly warnings: readonly Loss[];
}

/** Resolves when the user agrees. @throws MigrateError NOT_CONFIRMED or CONFIRMATION_NEEDED */
export type Confirm = (question: Question) => Promise<void>;

/** @throws MigrateError CONFIG_NOT_FOUND */
export function requireDatabase(project: Project, name?: string): Database {
  if (name !== undefined) {
    const found = project.databases.find((one) => one.name === name);
    if (found) return found;
    const known = project.databases.map((one) => one.name).join(', ') || '-';
    throw new MigrateError('DATABASE_UNKNOWN', { name, known });
  }
  const database = project.chosenDatabase ?? project.defaultDatabase;
  if (!database) throw new MigrateError('CONFIG_NOT_FOUND', { dir: project.dir });
  return database;
}

export function checkCancelled(running: Running): void {
  if (running.signal?.aborted) throw new MigrateError('CANCELLED');
}
