import type {
  MigrationFunction,
  Plugin,
  PluginCheck,
  PluginKind,
  PluginMigration,
} from '../../core/migration/user-code';
import { CodeProblem } from './problem';
import type { ParsedBody } from './protocol';

/** Runs inside the process of user code: what its modules export, looked at before anything of it is used. */

export interface MigrationFunctions {
  readonly up: MigrationFunction | undefined;
  readonly down: MigrationFunction | undefined;
  readonly transaction: 'auto' | 'none';
}

const invalid = (detail: string) => new CodeProblem(detail, 'invalid');

/** The functions of a migration's module: named exports, those of its default, or CommonJS ones. @throws CodeProblem */
export function migrationOf(module: unknown): MigrationFunctions & { readonly up: MigrationFunction } {
  const named = record(module);
  const byDefault = record(named.default);
  const pick = (name: string) => {
    const owner = named[name] === undefined ? byDefault : named;
    const value = owner[name];
    return typeof value === 'function' ? value.bind(owner) : value;
  };
  const up = optionalFunction(pick('up'), 'up');
  if (!up) throw invalid('@code.noUp');
  return { up, down: optionalFunction(pick('down'), 'down'), transaction: transactionOf(pick('transaction')) };
}

/** A plugin's default export, or what a CommonJS module exports. @throws CodeProblem */
export function pluginOf(module: unknown): Required<Plugin> {
  const named = record(module);
  const plugin = typeof named.default === 'object' && named.default !== null ? record(named.default) : named;
  if (typeof plugin.name !== 'string' || plugin.name === '') throw invalid('@code.plugin.name');
  const kinds = list(plugin.kinds, 'kinds').map((kind, at): PluginKind => {
    const { ending, parse } = record(kind);
    if (typeof ending !== 'string' || !/^\.[\w-]+(\.[\w-]+)*$/.test(ending)) {
      throw invalid(`@code.plugin.ending:kinds[${at}]`);
    }
    if (typeof parse !== 'function') throw invalid(`@code.notFunction:kinds[${at}].parse`);
    return { ending, parse: (input) => parse.call(kind, input) };
  });
  const checks = list(plugin.checks, 'checks').map((check, at): PluginCheck => {
    const { name, run } = record(check);
    if (typeof name !== 'string' || name === '') throw invalid(`@code.plugin.checkName:checks[${at}]`);
    if (typeof run !== 'function') throw invalid(`@code.notFunction:checks[${at}].run`);
    return { name, run: (db, input) => run.call(check, db, input) };
  });
  twice(kinds.map(({ ending }) => ending));
  twice(checks.map(({ name }) => name));
  return { name: plugin.name, kinds, checks };
}

/** What a plugin made of a file. @throws CodeProblem */
export function pluginMigrationOf(value: unknown): {
  readonly up: ParsedBody;
  readonly down: ParsedBody | null;
  readonly functions: MigrationFunctions;
} {
  const result = record(value);
  const { up, down } = result as Partial<PluginMigration>;
  if (up === undefined) throw invalid('@code.plugin.noUp');
  const functions = {
    up: typeof up === 'function' ? up : undefined,
    down: typeof down === 'function' ? down : undefined,
    transaction: transactionOf(result.transaction),
  };
  return { up: bodyOf(up, 'up'), down: down === undefined || down === null ? null : bodyOf(down, 'down'), functions };
}

function bodyOf(body: unknown, name: string): ParsedBody {
  if (typeof body === 'function') return 'code';
  return list(body, name).map((statement) => {
    if (typeof statement === 'string') return { text: statement, line: 1 };
    const { text, line = 1 } = record(statement);
    const counted = typeof line === 'number' && Number.isSafeInteger(line) && line > 0;
    if (typeof text !== 'string' || !counted) throw invalid(`@code.plugin.statement:${name}`);
    return { text, line };
  });
}

function optionalFunction(value: unknown, name: string): MigrationFunction | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'function') throw invalid(`@code.notFunction:${name}`);
  return value as MigrationFunction;
}

function transactionOf(value: unknown): 'auto' | 'none' {
  if (value === undefined || value === 'auto' || value === 'none') return value ?? 'auto';
  throw invalid('@code.transaction');
}

function list(value: unknown, name: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(`@code.notList:${name}`);
  return value;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return holds ? (value as Readonly<Record<string, unknown>>) : {};
}

function twice(names: readonly string[]): void {
  const again = names.find((name, at) => names.indexOf(name) < at);
  if (again !== undefined) throw invalid(`@code.plugin.twice:${again}`);
}
