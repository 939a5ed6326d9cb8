import * as vscode from 'vscode';
import { COMMANDS } from '../constants/commands';
import { Refusal } from '../services/refusal';
import type { Services } from '../services/services';
import type { Command } from './command';
import { compareVersions } from './compare-versions';
import { compareWithDatabase } from './compare-with-database';
import { copyVersionName } from './copy-version-name';
import { exportVersionCommand } from './export-version';
import { importVersionCommand } from './import-version';
import { newProject } from './new-project';
import { openChangelog } from './open-changelog';
import { openConfiguration } from './open-configuration';
import { openDatabase } from './open-database';
import { openSchema } from './open-schema';
import { refresh } from './refresh';
import { requestOf } from './request';
import { revealVersion } from './reveal-version';
import { rollBack } from './roll-back';
import { showLog } from './show-log';

const ALL: readonly Command[] = [
  newProject,
  exportVersionCommand,
  importVersionCommand,
  rollBack,
  compareVersions,
  compareWithDatabase,
  openSchema,
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
