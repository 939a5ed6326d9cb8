import type { Dialect } from '../../core/dialect/dialect';
import { MigrateError } from '../../core/errors';
import type { MigrationKind } from '../../core/migration/kind';
import { parseScript } from '../../core/script/parse';
import type { Section } from '../../core/script/script';
import type { ParsedBody } from '../../engine/code/protocol';
import type { CodeDatabase, CodeHost, PluginClient } from '../../engine/code/types';
import type { RunOptions } from '../../engine/driver';
import type { Context } from '../context';
import { EMBEDDED_PREFIX, embeddedElsewhere } from './embedded';
import { withShownErrors } from './shown-error';

/** How code of any kind is run: with the database as it may reach it. */
export type RunCode = (database: CodeDatabase, options: RunOptions) => Promise<void>;

const CODE_ENDINGS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

/** Scripts of statements. The kinds that come with the tool use the same interface as those of plugins. */
export function scriptKind(dialect: Dialect): MigrationKind<RunCode> {
  return {
    name: dialect,
    endings: dialect === 'sql' ? ['.sql'] : ['.cypher'],
    parse: async ({ text, role }) => {
      const { up, down, problems, requires, ignores } = parseScript(text, dialect, role);
      return {
        up: { kind: 'statements', section: role === 'down' && down ? down : up },
        requires,
        ignores,
        ...(down ? { down: { kind: 'statements' as const, section: down } } : {}),
        problems,
        close: async () => undefined,
      };
    },
  };
}

/** Migrations in TypeScript and JavaScript. */
export function codeKind(host: CodeHost): MigrationKind<RunCode> {
  return {
    name: 'code',
    endings: CODE_ENDINGS,
    parse: async ({ file, text }) => {
      const module = await host.load(file, { source: text });
      const body = (direction: 'up' | 'down') => ({
        kind: 'code' as const,
        transaction: module.transaction,
        run: async (database: CodeDatabase, options: RunOptions) => {
          await module.call(direction, database, options);
          // Before the transaction is committed: it tells of calls that were not awaited.
          await module.close();
        },
      });
      return {
        up: body('up'),
        ...(module.hasDown ? { down: body('down') } : {}),
        problems: [],
        close: () => module.close(),
      };
    },
  };
}

/** One kind of a plugin. */
export function pluginKind(plugin: PluginClient, ending: string): MigrationKind<RunCode> {
  return {
    name: `${plugin.name} ${ending}`,
    endings: [ending],
    parse: async ({ file, text, dialect }) => {
      const parsed = await plugin.parse(ending, file, text, dialect);
      const body = (direction: 'up' | 'down', made: ParsedBody) =>
        made === 'code'
          ? {
              kind: 'code' as const,
              transaction: parsed.transaction,
              run: async (database: CodeDatabase, options: RunOptions) => {
                await parsed.call(direction, database, options);
                await parsed.close();
              },
            }
          : { kind: 'statements' as const, section: sectionOf(made, parsed.transaction) };
      return {
        up: body('up', parsed.up),
        ...(parsed.down ? { down: body('down', parsed.down) } : {}),
        problems: [],
        close: () => parsed.close(),
      };
    },
  };
}

/**
 * The kind that reads a file: that of the longest ending, and of equal ones the last, so that a plugin may take over.
 * @throws MigrateError MIGRATION_KIND_UNKNOWN for a file whose plugin is not there, MIGRATION_EMBEDDED for a function of
 *   an application that is not the one that asks
 */
export function kindFor(kinds: readonly MigrationKind<RunCode>[], file: string): MigrationKind<RunCode> {
  if (file.startsWith(EMBEDDED_PREFIX)) {
    const own = kinds.find(({ name }) => name === 'embedded');
    if (!own) throw embeddedElsewhere(file);
    return own;
  }
  const lower = file.toLowerCase();
  const lengthOf = ({ endings }: MigrationKind<RunCode>) =>
    Math.max(0, ...endings.filter((ending) => lower.endsWith(ending.toLowerCase())).map(({ length }) => length));
  const longest = Math.max(0, ...kinds.map(lengthOf));
  const found = longest > 0 ? kinds.findLast((kind) => lengthOf(kind) === longest) : undefined;
  if (!found) throw new MigrateError('MIGRATION_KIND_UNKNOWN', { file }, { where: { file } });
  return found;
}

function sectionOf(statements: Exclude<ParsedBody, 'code'>, transaction: 'auto' | 'none'): Section {
  return {
    statements: statements.map(({ text, line }) => ({
      text,
      start: 0,
      end: text.length,
      line,
      column: 1,
      ignores: [],
    })),
    transaction,
    preconditions: [],
    renames: [],
    // On a line of its own: a statement may end with a comment.
    text: statements.map(({ text }) => `${text}\n;\n`).join(''),
  };
}

/** The kinds of a project: ours, and those of its plugins. */
export interface Kinds {
  readonly all: readonly MigrationKind<RunCode>[];
  /** Endings that only plugins know. */
  readonly extraEndings: readonly string[];
  readonly plugins: readonly PluginClient[];
  close(): Promise<void>;
}

/**
 * Loads the plugins of a project; code runs in a process of its own, which starts when there is some.
 * @throws MigrateError PLUGIN_FAILED
 */
export async function openKinds({ project, codeHost, embedded }: Context, dialect: Dialect): Promise<Kinds> {
  const host = codeHost();
  try {
    const plugins = [];
    // Migrations that an application brings with it are read by no plugin.
    for (const file of embedded ? [] : project.plugins) plugins.push(await host.plugin(file));
    const extra = plugins.flatMap((plugin) => plugin.kinds.map((ending) => pluginKind(plugin, ending)));
    return {
      all: [scriptKind(dialect), codeKind(host), ...(embedded ? [embedded.kind] : []), ...extra].map((kind) =>
        withShownErrors(kind, project.dir),
      ),
      extraEndings: extra.flatMap(({ endings }) => endings),
      plugins,
      close: () => host.dispose(),
    };
  } catch (error) {
    await host.dispose();
    throw error;
  }
}
