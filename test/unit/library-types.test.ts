import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type * as literals from '../../src/core/dialect/literal';
import type * as migrations from '../../src/core/migration/types';
import type * as code from '../../src/core/migration/user-code';
import type * as schema from '../../src/core/schema/model';
import type * as library from '../../src/workflow/library';
import type * as embedded from '../../src/workflow/migrate/embedded';
import type * as workflow from '../../src/workflow/migrate/types';
import type * as declared from '../../types/kuzu-migrate';

/** Every type that the package declares, beside ours that it stands for: the compiler holds both sides of each against each other. */
interface Twins {
  DatabaseOption: [declared.DatabaseOption, library.DatabaseOption];
  StatusOptions: [Plain<declared.StatusOptions>, Plain<library.StatusOptions>];
  MigrateOptions: [Plain<declared.MigrateOptions>, Plain<library.MigrateOptions>];
  EmbeddedMigration: [declared.EmbeddedMigration, embedded.EmbeddedMigration];
  ReportedError: [declared.ReportedError, library.ReportedError];
  MigrationReport: [declared.MigrationReport, library.MigrationReport];
  MigrateReport: [declared.MigrateReport, library.MigrateReport];
  MigrationState: [declared.MigrationState, migrations.MigrationState];
  MigrationStatus: [declared.MigrationStatus, workflow.StatusEntry];
  StatusReport: [declared.StatusReport, library.StatusReport];
  EngineName: [declared.EngineName, schema.EngineName];
  Dialect: [declared.Dialect, code.DatabaseReader['dialect']];
  LiteralValue: [declared.LiteralValue, literals.LiteralValue];
  MigrationCell: [declared.MigrationCell, code.MigrationCell];
  MigrationRow: [declared.MigrationRow, code.MigrationRow];
  MigrationParameters: [declared.MigrationParameters, code.MigrationParameters];
  DatabaseReader: [declared.DatabaseReader, code.DatabaseReader];
  MigrationDatabase: [declared.MigrationDatabase, code.MigrationDatabase];
  MigrationFunction: [declared.MigrationFunction, code.MigrationFunction];
  MigrationModule: [declared.MigrationModule, code.MigrationModule];
  PluginStatement: [declared.PluginStatement, code.PluginStatement];
  PluginMigration: [declared.PluginMigration, code.PluginMigration];
  PluginKindInput: [declared.PluginKindInput, code.PluginKindInput];
  PluginKind: [declared.PluginKind, code.PluginKind];
  CheckedMigration: [declared.CheckedMigration, code.CheckedMigration];
  PluginCheckInput: [declared.PluginCheckInput, code.PluginCheckInput];
  PluginFinding: [declared.PluginFinding, code.PluginFinding];
  PluginCheck: [declared.PluginCheck, code.PluginCheck];
  Plugin: [declared.Plugin, code.Plugin];
}

/** The package declares no more of a signal than it needs, so that it compiles without the types of Node. */
type Plain<T> = Omit<T, 'signal'>;
type Fits<From, To> = [From] extends [To] ? true : false;
/** The keys, too: two types with other optional members fit each other. */
type Same<A, B> = Fits<[A, B, Keys<A>, Keys<B>], [B, A, Keys<B>, Keys<A>]>;
type Keys<T> = T extends string | number | bigint | boolean | null | readonly unknown[] ? never : keyof T;
type Different = {
  [Name in keyof Twins]: Same<Twins[Name][0], Twins[Name][1]> extends true ? never : Name;
}[keyof Twins];

const differences: Different extends never ? 0 : Different = 0;
const migrate: Fits<
  typeof library.migrate,
  (options?: Plain<declared.MigrateOptions>) => Promise<declared.MigrateReport>
> = true;
const status: Fits<typeof library.status, (options?: Plain<declared.StatusOptions>) => Promise<declared.StatusReport>> =
  true;
const values: Same<keyof typeof library, keyof typeof declared> = true;
const signal: Fits<AbortSignal, declared.CancelSignal> = true;

describe('the declarations of the package', () => {
  const text = readFileSync(
    path.join(process.env.KUZU_MIGRATE_ROOT ?? process.cwd(), 'types/kuzu-migrate.d.ts'),
    'utf8',
  );

  it('agree with the code, as the compiler finds', () => {
    assert.deepEqual([differences, migrate, status, values, signal], [0, true, true, true, true]);
  });

  it('are held against the code one and all', () => {
    const own = readFileSync(
      path.join(process.env.KUZU_MIGRATE_ROOT ?? process.cwd(), 'test/unit/library-types.test.ts'),
      'utf8',
    );
    const names = [...text.matchAll(/^export (?:interface|type|function) (\w+)/gm)].map(([, name]) => name ?? '');
    assert.ok(names.length > 20);
    assert.deepEqual(
      names.filter((name) => !own.includes(`declared.${name}`) && !['migrate', 'status'].includes(name)),
      [],
    );
  });

  it('import nothing, and say of each export what it is', () => {
    assert.doesNotMatch(text, /\bimport\b(?! \{ migrate \})|\brequire\(|reference (?:types|path)/);
    const lines = text.split('\n');
    const bare = lines.filter(
      (line, at) => /^export (?:interface|type|function) /.test(line) && !/\*\/$/.test(lines[at - 1] ?? ''),
    );
    assert.deepEqual(bare, []);
  });
});
