import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { MigrateError } from '../core/errors';
import type { HistoryTables } from '../core/migration/types';
import type { EngineName } from '../core/schema/model';

export const CONFIG_FILE = 'kuzu-migrate.json';

export interface DatabaseConfig {
  readonly path: string;
  readonly engine?: EngineName;
  readonly protected?: boolean;
  readonly readOnly?: boolean;
  readonly memoryMB?: number;
}

/** `kuzu-migrate.json` as written, before defaults and `${env:X}`; schemas/kuzu-migrate.schema.json is its twin. */
export interface Config {
  readonly engine?: EngineName;
  readonly default?: string;
  readonly databases: Readonly<Record<string, DatabaseConfig>>;
  readonly migrations?: string;
  readonly versions?: string;
  readonly ddl?: string;
  readonly checks?: string;
  readonly queries?: string;
  readonly backups?: { readonly dir?: string; readonly keep?: number };
  readonly backupBefore?: 'always' | 'risky' | 'never';
  readonly historyTable?: string;
  readonly plugins?: readonly string[];
}

const DEFAULT_TABLES: HistoryTables = {
  history: 'migration_history',
  version: 'schema_version',
  event: 'migration_event',
};

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string' && value.length > 0;
const flag: Check = (value) => typeof value === 'boolean';
const count =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least;
const engine: Check = (value) => value === 'kuzu' || value === 'ladybug' || value === 'duckdb';
const record: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts: Check = (value) => Array.isArray(value) && value.every(text);

const TOP: Readonly<Record<string, Check>> = {
  $schema: text,
  engine,
  default: text,
  databases: record,
  migrations: text,
  versions: text,
  ddl: text,
  checks: text,
  queries: text,
  backups: record,
  backupBefore: (value) => value === 'always' || value === 'risky' || value === 'never',
  historyTable: (value) => typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value),
  plugins: texts,
};
const DATABASE: Readonly<Record<string, Check>> = {
  path: text,
  engine,
  protected: flag,
  readOnly: flag,
  memoryMB: count(64),
};
const BACKUPS: Readonly<Record<string, Check>> = { dir: text, keep: count(1) };

/**
 * Reads JSON with comments and trailing commas.
 * @throws MigrateError CONFIG_INVALID with line and column of the first thing that is wrong.
 */
export function parseConfig(source: string, file: string): Config {
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true });
  const fail = (offset: number, detail: string) => {
    const before = source.slice(0, offset).split('\n');
    const where = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return new MigrateError('CONFIG_INVALID', { file: `${file}:${where.line}:${where.column}`, detail }, { where });
  };
  const [syntax] = errors;
  if (syntax) throw fail(syntax.offset, printParseErrorCode(syntax.error));
  if (tree?.type !== 'object') throw fail(0, '@detail.notAnObject');
  const check = (node: Node | undefined, shape: Readonly<Record<string, Check>>) => {
    for (const property of node?.children ?? []) {
      const [key, value] = property.children ?? [];
      const right = shape[String(key?.value)];
      if (!right) throw fail(property.offset, `@detail.unknownKey:${key?.value}`);
      if (value && !right(plain(value))) throw fail(value.offset, `@detail.badValue:${key?.value}`);
    }
  };
  check(tree, TOP);
  const databases = findNodeAtLocation(tree, ['databases']);
  if (!databases) throw fail(tree.offset, '@detail.noDatabases');
  for (const entry of databases.children ?? []) {
    const body = entry.children?.[1];
    if (body?.type !== 'object') throw fail(entry.offset, `@detail.badValue:${entry.children?.[0]?.value}`);
    check(body, DATABASE);
    if (!findNodeAtLocation(body, ['path'])) throw fail(body.offset, '@detail.noPath');
  }
  check(findNodeAtLocation(tree, ['backups']), BACKUPS);
  const config = plain(tree) as Config;
  if (config.default !== undefined && !(config.default in config.databases)) {
    throw fail(findNodeAtLocation(tree, ['default'])?.offset ?? 0, `@detail.unknownDefault:${config.default}`);
  }
  return config;
}

function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [children?.[0]?.value, plainOf(children?.[1])]),
  );
}

function plainOf(node: Node | undefined): unknown {
  return node === undefined ? undefined : plain(node);
}

/** The names of the tables that keep the history; `historyTable` renames all three, so that they never meet others. */
export function historyTables({ historyTable }: Pick<Config, 'historyTable'>): HistoryTables {
  const history = historyTable ?? DEFAULT_TABLES.history;
  if (history === DEFAULT_TABLES.history) return DEFAULT_TABLES;
  return { history, version: `${history}_version`, event: `${history}_event` };
}

/**
 * Replaces `${env:NAME}` by the variable's value.
 * @throws MigrateError CONFIG_ENV_MISSING
 */
export function expandEnv(value: string, env: Readonly<Record<string, string | undefined>>, file: string): string {
  return value.replace(/\$\{env:(\w+)\}/g, (_whole, name: string) => {
    const found = env[name];
    if (found === undefined) throw new MigrateError('CONFIG_ENV_MISSING', { file, name }, { where: { file } });
    return found;
  });
}
