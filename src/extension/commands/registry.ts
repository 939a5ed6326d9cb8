import * as vscode from 'vscode';
import { COMMANDS } from '../constants/commands';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import { adoptDriftCommand } from './adopt-drift';
import { applyAll } from './apply-all';
import { applyUpTo } from './apply-up-to';
import { baselineCommand } from './baseline';
import { buildSchemaCommand } from './build-schema';
import { checkDrift } from './check-drift';
import { checkMigrationsCommand } from './check-migrations';
import type { Command } from './command';
import { compareCommand } from './compare';
import { compareVersions } from './compare-versions';
import { compareWithApplied } from './compare-with-applied';
import { compareWithDatabase } from './compare-with-database';
import { copyObjectName } from './copy-object-name';
import { copyVersionName } from './copy-version-name';
import { createMigrationCommand } from './create-migration';
import { dryRun } from './dry-run';
import { exportVersionCommand } from './export-version';
import { generateMigration } from './generate-migration';
import { goToDefinition } from './go-to-definition';
import { importVersionCommand } from './import-version';
import { lintMigrationsCommand } from './lint-migrations';
import { newProject } from './new-project';
import { openChangelog } from './open-changelog';
import { openConfiguration } from './open-configuration';
import { openDatabase } from './open-database';
import { openDdl } from './open-ddl';
import { openSchema } from './open-schema';
import { openScript } from './open-script';
import { redo } from './redo';
import { refresh } from './refresh';
import { repairCommand } from './repair';
import { requestOf } from './request';
import { revealVersion } from './reveal-version';
import { revertDriftCommand } from './revert-drift';
import { rollBack } from './roll-back';
import { rollBackMigrations } from './roll-back-migrations';
import { showDrift } from './show-drift';
import { showHistory } from './show-history';
import { showLog } from './show-log';
import { showSchema } from './show-schema';

const ALL: readonly Command[] = [
  newProject,
  createMigrationCommand,
  applyAll,
  applyUpTo,
  rollBackMigrations,
  redo,
  dryRun,
  repairCommand,
  baselineCommand,
  checkMigrationsCommand,
  lintMigrationsCommand,
  buildSchemaCommand,
  generateMigration,
  checkDrift,
  showDrift,
  adoptDriftCommand,
  revertDriftCommand,
  showHistory,
  openScript,
  compareWithApplied,
  exportVersionCommand,
  importVersionCommand,
  rollBack,
  compareCommand,
  compareVersions,
  compareWithDatabase,
  openSchema,
  showSchema,
  goToDefinition,
  openDdl,
  copyObjectName,
  openDatabase,
  openChangelog,
  openConfiguration,
  revealVersion,
  copyVersionName,
  refresh,
  showLog,
];

/** Registers every command behind one wrapper, which knows trust, errors and cancellation. */
export function registerCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...ALL.map((command) =>
      vscode.commands.registerCommand(COMMANDS[command.name], (...args: unknown[]) => {
        return services.messages.guard(async () => {
          if (command.needsEngine && !vscode.workspace.isTrusted) throw new Refusal('ui.untrusted');
          return command.run(services, requestOf(args, services.projects));
        });
      }),
    ),
  );
}
