import type { Dialect } from '../dialect/dialect';
import { dropsOf } from '../schema/drop';
import type { Schema } from '../schema/model';
import { printSchema } from '../schema/print';
import { compareIds } from './id';
import { migrationSlug } from './slug';
import type { MigrationId } from './types';

/** How the way down of a first migration is written; an engine may refuse one of them. */
export type DownForm = 'transaction' | 'single' | 'none';

/** The first migration of a database that is there: what makes its schema, and what drops it again. */
export function initialScript(schema: Schema, title: string, form: DownForm): string {
  const up = `-- ${title}\n\n-- UP\n${printSchema(schema)}`;
  if (form === 'none') return up;
  const { statements } = dropsOf(schema);
  const head = form === 'single' ? '-- transaction: none\n' : '';
  return `${up}\n-- DOWN\n${head}${statements.map((text) => `${text};\n`).join('')}`;
}

/**
 * The name of a file that comes before all others: the present time, or what is below the lowest id that there is.
 * @param ids of the migrations that are there, in any order
 */
export function initialFileName(ids: readonly MigrationId[], name: string, now: Date, dialect: Dialect): string {
  return `${initialId(ids, now)}_${migrationSlug(name)}.${dialect}`;
}

function initialId(ids: readonly MigrationId[], now: Date): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const lowest = [...ids].sort(compareIds)[0];
  if (!lowest || compareIds([stamp], lowest) < 0) return dated(stamp);
  return secondBefore(lowest) ?? below(lowest);
}

function dated(stamp: string): string {
  return `${stamp.slice(0, 8)}_${stamp.slice(8)}`;
}

/** Of an id that is a time: the second before it. */
function secondBefore([first = '', ...more]: MigrationId): string | undefined {
  if (more.length > 0 || !/^\d{14}$/.test(first)) return undefined;
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(first) ?? [];
  if (Number(year) < 1000) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at)) return undefined;
  return dated(new Date(at - 1000).toISOString().replace(/\D/g, '').slice(0, 14));
}

/** Of a number: the one before it, or a fraction below 1, since 0 stands for before everything. */
function below(lowest: MigrationId): string {
  const at = Math.max(
    0,
    lowest.findIndex((part) => part !== '0'),
  );
  const zeros = lowest.slice(0, at);
  const part = BigInt(lowest[at] ?? '0');
  return [...zeros, ...(part > 1n ? [String(part - 1n)] : ['0', '1'])].join('.');
}
