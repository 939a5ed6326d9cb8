import { MigrateError } from '../errors';

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const SEMANTIC = /^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?$/;
/** Names that Windows keeps for devices, and those that mean something else in a versions folder. */
const RESERVED = /^(current|con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/**
 * Checks the name of a version: one path segment of at most 64 characters.
 * @throws MigrateError VERSION_NAME_INVALID
 */
export function parseVersionName(name: string): string {
  const reason = problemOf(name);
  if (reason) throw new MigrateError('VERSION_NAME_INVALID', { version: name, reason });
  return name;
}

function problemOf(name: string): string | undefined {
  if (/[/\\]/.test(name)) return '@reason.path';
  if (RESERVED.test(name)) return '@reason.reserved';
  if (!NAME.test(name) || name.endsWith('.')) return '@reason.characters';
  return undefined;
}

export interface VersionKey {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** Semantic versions first, by precedence (semver.org, 11); then labels by time of creation. */
export function compareVersions(a: VersionKey, b: VersionKey): number {
  const [left, right] = [SEMANTIC.exec(a.version), SEMANTIC.exec(b.version)];
  if (left && right) return compareSemantic(left, right) || compareText(a.version, b.version);
  if (left || right) return left ? -1 : 1;
  return compareText(a.createdAt, b.createdAt) || compareText(a.version, b.version);
}

export function isSemantic(version: string): boolean {
  return SEMANTIC.test(version);
}

function compareSemantic(a: RegExpExecArray, b: RegExpExecArray): number {
  for (const at of [1, 2, 3]) {
    const difference = Number(a[at]) - Number(b[at]);
    if (difference !== 0) return difference;
  }
  const [left, right] = [a[4], b[4]];
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  return comparePrerelease(left.split('.'), right.split('.'));
}

function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const numeric = [/^\d+$/.test(left), /^\d+$/.test(right)];
    const order =
      numeric[0] && numeric[1]
        ? Number(left) - Number(right)
        : numeric[0] !== numeric[1]
          ? Number(numeric[1]) - Number(numeric[0])
          : compareText(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
