import { MigrateError } from '../core/errors';
import { parseId } from '../core/migration/id';

/** What is wrong with a value, as a nested text key; nothing where it is right. */
export type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : '@option.text');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : '@option.flag');
const count =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least ? undefined : `@option.count:${least}`;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value) ? undefined : `@option.oneOf:${words.join(', ')}`;
const call: Check = (value) => (typeof value === 'function' ? undefined : '@option.function');
const list: Check = (value) => (Array.isArray(value) ? undefined : '@option.list');
const record: Check = (value) => (isRecord(value) ? undefined : '@option.object');
const id: Check = (value) => (typeof value === 'string' && parseId(value) ? undefined : '@option.id');
const body: Check = (value) => (typeof value === 'string' || typeof value === 'function' ? undefined : '@option.body');
const signal: Check = (value) =>
  isRecord(value) && typeof value.aborted === 'boolean' && typeof value.addEventListener === 'function'
    ? undefined
    : '@option.signal';

/** The options that both functions of the library take. */
const SHARED: Readonly<Record<string, Check>> = {
  project: text,
  database: (value) => (typeof value === 'string' ? text(value) : record(value)),
  migrations: list,
  signal,
  log: call,
  language: oneOf('en', 'ja'),
};
export const STATUS_OPTIONS = SHARED;
export const MIGRATE_OPTIONS: Readonly<Record<string, Check>> = {
  ...SHARED,
  direction: oneOf('up', 'down'),
  to: text,
  steps: count(1),
  allowOutOfOrder: flag,
  dryRun: flag,
  rehearse: flag,
  lockTimeoutMs: count(0),
  backupBefore: oneOf('always', 'risky', 'never'),
  yes: flag,
  confirm: text,
};
const DATABASE: Readonly<Record<string, Check>> = {
  path: text,
  engine: oneOf('kuzu', 'duckdb', 'ladybug'),
  memoryMB: count(64),
};
const MIGRATION: Readonly<Record<string, Check>> = {
  id,
  name: text,
  up: body,
  down: body,
  transaction: oneOf('auto', 'none'),
};

/**
 * Looks at what an application passes. A mistyped `dryrun` must not run in earnest, and an application in JavaScript has
 * nobody else who tells.
 * @throws MigrateError OPTION_INVALID
 */
export function requireOptions(options: unknown, known: Readonly<Record<string, Check>>): void {
  hold('options', options, record);
  if (!isRecord(options)) return;
  hold('', options, shape(known, [], true));
  const { database, migrations } = options;
  if (isRecord(database)) hold('database.', database, shape(DATABASE, ['path'], true));
  if (!Array.isArray(migrations)) return;
  for (const [at, one] of migrations.entries()) {
    hold(`migrations[${at}]`, one, record);
    // A module's namespace may have more in it than the migration.
    hold(`migrations[${at}].`, one, shape(MIGRATION, ['id', 'name', 'up'], false));
  }
}

type Shape = (value: unknown) => readonly [key: string, detail: string] | undefined;

function shape(known: Readonly<Record<string, Check>>, required: readonly string[], closed: boolean): Shape {
  return (value) => {
    if (!isRecord(value)) return undefined;
    for (const key of new Set([...required, ...Object.keys(value)])) {
      const check = Object.hasOwn(known, key) ? known[key] : undefined;
      if (!check && closed) return [key, '@option.unknown'];
      const detail = value[key] === undefined && !required.includes(key) ? undefined : check?.(value[key]);
      if (detail !== undefined) return [key, detail];
    }
    return undefined;
  };
}

function hold(option: string, value: unknown, check: Check | Shape): void {
  const found = check(value);
  if (found === undefined) return;
  const [key, detail] = typeof found === 'string' ? ['', found] : found;
  throw new MigrateError('OPTION_INVALID', { option: `${option}${key}`, detail });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
